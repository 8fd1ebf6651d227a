import { describe, expect, it } from 'vitest';
import type { WasteKind } from '#src/base/waste-types.js';
import { findEmptyCollections } from '#src/waste/empty-collections.js';
import { findSparseTables } from '#src/waste/sparse-tables.js';
import type { PlainEdge, PlainNode, PlainSnapshot } from '../build/plain-snapshot.js';
import { foundBy, withPlain } from './waste-scene.js';

interface TableDraft {
  readonly collection: 'Map' | 'Set';
  readonly capacity: number;
  /** Entries that show their keys, and places of deleted ones. */
  readonly shown?: number;
  readonly holes?: number;
  readonly pointer?: 4 | 8;
}

/** As many collections as asked for, all of them alike, each with a table of its own. */
function tables({ collection, capacity, shown = 0, holes = 0, pointer = 8 }: TableDraft, count = 1): PlainSnapshot {
  const words = collection === 'Map' ? 3 : 2;
  const nodes: PlainNode[] = [{ type: 'synthetic', name: '', id: 1, selfSize: 0 }];
  const edges: PlainEdge[] = [];
  const add = (from: number, type: string, nameOrIndex: string | number, node: Omit<PlainNode, 'id'>) => {
    nodes.push({ ...node, id: 2 * nodes.length + 1 });
    edges.push({ from, type, nameOrIndex, to: nodes.length - 1 });
    return nodes.length - 1;
  };
  const holder = add(0, 'element', 0, { type: 'object', name: 'Holder', selfSize: 8 + pointer });
  // Compressed pointers show in sizes that 8 does not divide.
  if (pointer === 4) add(holder, 'property', 'odd', { type: 'object', name: 'Odd', selfSize: 12 });
  const key = add(holder, 'property', 'key', { type: 'string', name: 'key', selfSize: 16 });
  const hole = add(holder, 'internal', 'hole', { type: 'hidden', name: 'system / Hole', selfSize: 0 });
  for (let left = count; left > 0; left--) {
    const object = add(holder, 'element', left, { type: 'object', name: collection, selfSize: 4 * pointer });
    const selfSize = pointer * (2 + 3 + (capacity / 2) * (1 + 2 * words));
    const table = add(object, 'internal', 'table', { type: 'array', name: '', selfSize });
    for (let entry = 0; entry < shown + holes; entry++) {
      const to = entry < shown ? key : hole;
      for (let word = 0; word < words - 1; word++) {
        const place = 3 + capacity / 2 + entry * words + word;
        edges.push({ from: table, type: 'internal', nameOrIndex: String(place), to });
      }
    }
  }
  return { nodes, edges };
}

async function only(draft: TableDraft, find: typeof findSparseTables, count?: number): Promise<WasteKind> {
  const [kind] = await withPlain(tables(draft, count), foundBy(find));
  return kind;
}

describe('sparse tables', () => {
  it('are certain as far as deleted entries show', async () => {
    const kind = await only({ collection: 'Map', capacity: 64, shown: 24, holes: 40 }, findSparseTables);
    // At most 24 entries: 32 places do, and no fewer.
    expect(kind).toMatchObject({ count: 1, reclaimable: 8 * 16 * 7 });
    expect(kind).not.toHaveProperty('atMost');
  });

  it('are an upper bound where places are not seen to be free', async () => {
    const kind = await only({ collection: 'Set', capacity: 64, shown: 10, holes: 5 }, findSparseTables);
    // A quarter of the places is taken at least, or V8 had made the table smaller: 16 do.
    expect(kind).toMatchObject({ count: 1, reclaimable: 0, atMost: 8 * 24 * 5 });
  });

  it('of a heap with compressed pointers are half as large', async () => {
    const kind = await only({ collection: 'Set', capacity: 64, shown: 10, pointer: 4 }, findSparseTables);
    expect(kind).toMatchObject({ count: 1, atMost: 4 * 24 * 5 });
  });

  it('are none with more than half of their places taken, with the least size, or with one that is not of V8', async () => {
    for (const draft of [
      { collection: 'Map', capacity: 64, shown: 33 },
      { collection: 'Map', capacity: 4 },
      { collection: 'Map', capacity: 48, shown: 1 },
    ] as const) {
      expect(await only(draft, findSparseTables), String(draft.capacity)).toMatchObject({ count: 0, items: [] });
    }
  });
});

describe('empty collections', () => {
  it('with a table that has room may have entries of numbers: an upper bound', async () => {
    const kind = await only({ collection: 'Set', capacity: 4 }, findEmptyCollections, 10);
    expect(kind).toMatchObject({ count: 10, reclaimable: 0, atMost: 10 * (32 + 120) });
  });

  it('with the table that has no room are certain, and the table is not theirs', async () => {
    const kind = await only({ collection: 'Map', capacity: 0 }, findEmptyCollections, 12);
    expect(kind).toMatchObject({ count: 12, reclaimable: 12 * 32 });
    expect(kind).not.toHaveProperty('atMost');
  });

  it('are left out where there are nine, where one entry shows, and where there is room for eight', async () => {
    for (const [draft, count] of [
      [{ collection: 'Set', capacity: 4 }, 9],
      [{ collection: 'Set', capacity: 4, shown: 1 }, 20],
      [{ collection: 'Set', capacity: 8 }, 20],
    ] as const) {
      expect(await only(draft, findEmptyCollections, count)).toMatchObject({ count: 0, items: [] });
    }
  });
});

it('a table that an iterator keeps too is neither', async () => {
  const plain = tables({ collection: 'Map', capacity: 4 }, 10);
  const iterators = plain.edges.filter(({ nameOrIndex }) => nameOrIndex === 'table').map(({ to }) => to);
  for (const [at, table] of iterators.entries()) {
    plain.edges.push({ from: 1, type: 'element', nameOrIndex: 1000 + at, to: table });
  }
  expect(iterators).toHaveLength(10);
  const [kind] = await withPlain(plain, foundBy(findEmptyCollections));
  expect(kind).toMatchObject({ count: 0, items: [] });
});
