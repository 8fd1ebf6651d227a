import { describe, expect, it } from 'vitest';
import type { WasteKind } from '#src/base/waste-types.js';
import { findSlicedStrings } from '#src/waste/sliced-strings.js';
import type { PlainEdge, PlainNode } from '../build/plain-snapshot.js';
import { foundBy, withPlain } from './waste-scene.js';

/** A long string, two slices of it that the root holds, and what else there is: nodes from 4 on. */
async function found(further: readonly PlainNode[], edges: readonly PlainEdge[], size = 10_000): Promise<WasteKind> {
  const nodes: PlainNode[] = [
    { type: 'synthetic', name: '', id: 1, selfSize: 0 },
    { type: 'string', name: 'whole', id: 3, selfSize: size },
    { type: 'sliced string', name: '(sliced string)', id: 5, selfSize: 32 },
    { type: 'sliced string', name: '(sliced string)', id: 7, selfSize: 32 },
    ...further,
  ];
  const slices = [2, 3].flatMap((slice): PlainEdge[] => [
    { from: 0, type: 'element', nameOrIndex: slice, to: slice },
    { from: slice, type: 'internal', nameOrIndex: 'parent', to: 1 },
  ]);
  const [kind] = await withPlain({ nodes, edges: [...slices, ...edges] }, foundBy(findSlicedStrings));
  return kind;
}

describe('a string that slices keep', () => {
  it('counts once, less what a slice shows at least, and is never certain', async () => {
    expect(await found([], [])).toMatchObject({ count: 1, reclaimable: 0, atMost: 10_000 - 13 });
  });

  it('counts where others refer to it weakly, and not where anything else holds it', async () => {
    const held: PlainEdge = { from: 0, type: 'property', nameOrIndex: 'text', to: 1 };
    expect(await found([], [{ ...held, type: 'weak' }])).toMatchObject({ count: 1 });
    expect(await found([], [held])).toMatchObject({ count: 0, items: [] });
  });

  it('counts for what the longest slice leaves, where the file has lengths', async () => {
    const length: PlainNode[] = [
      { type: 'number', name: 'int', id: 9, selfSize: 0 },
      { type: 'string', name: '1500', id: 11, selfSize: 0 },
    ];
    const edges: PlainEdge[] = [
      { from: 2, type: 'internal', nameOrIndex: 'length', to: 4 },
      { from: 4, type: 'internal', nameOrIndex: 'value', to: 5 },
    ];
    expect(await found(length, edges)).toMatchObject({ count: 1, atMost: 8500 });
    expect(await found(length, edges, 5900)).toMatchObject({ count: 0 });
  });

  it('is not worth a word below a kilobyte', async () => {
    expect(await found([], [], 1000)).toMatchObject({ count: 0 });
  });
});
