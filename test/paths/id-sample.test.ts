import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { compareIds, hashOf, type IdSample, sampleIds } from '#src/paths/id-sample.js';
import { processVerdict } from '#src/trend/series-order.js';
import { scratchFolder, writeWithNode } from '../api/snapshot-files.js';
import type { PlainSnapshot } from '../build/plain-snapshot.js';
import { tellFile, tellPlain } from './told-snapshot.js';

const HOLDERS = fileURLToPath(new URL('programs/holders.cjs', import.meta.url));

async function sampleOf(file: string): Promise<IdSample> {
  const { arena, view, labels } = await tellFile(file);
  return sampleIds(view, arena.view(labels.ofStrings));
}

async function samplePlain(plain: PlainSnapshot): Promise<IdSample> {
  const { arena, view, labels } = await tellPlain(plain);
  return sampleIds(view, arena.view(labels.ofStrings));
}

/** A root and objects with these ids. */
function heapOf(ids: readonly number[], name = 'Foo'): PlainSnapshot {
  return {
    nodes: [
      { type: 'synthetic', name: '', id: 1, selfSize: 0 },
      ...ids.map((id) => ({ type: 'object', name, id, selfSize: 8 })),
    ],
    edges: ids.map((_, at) => ({ from: 0, type: 'element', nameOrIndex: at, to: at + 1 })),
  };
}

function handMade(level: number, entries: readonly (readonly [id: number, kind: number])[]): IdSample {
  return {
    level,
    ids: Float64Array.from(entries, ([id]) => id),
    kinds: Uint32Array.from(entries, ([, kind]) => kind),
    largest: entries.at(-1)?.[0] ?? 0,
  };
}

/** Odd ids from 1 on that a level takes. */
function idsOfLevel(level: number, count: number): number[] {
  const found: number[] = [];
  for (let id = 1; found.length < count; id += 2) if (hashOf(id) % 2 ** level === 0) found.push(id);
  return found;
}

describe('samples of real snapshots', () => {
  const folder = scratchFolder();

  test('two of one process agree in all common ids, and all new ones are above', async () => {
    const [first, second] = writeWithNode(folder, 'one', 2);
    const [earlier, later] = [await sampleOf(first), await sampleOf(second)];
    const found = compareIds(earlier, later);
    expect(found.common).toBeGreaterThan(1000);
    expect(found.added).toBeGreaterThan(0);
    expect(found).toMatchObject({ equal: found.common, addedBelow: 0 });
    expect(later.largest).toBeGreaterThan(earlier.largest);
    expect(compareIds(earlier, earlier)).toEqual({
      common: earlier.ids.length,
      equal: earlier.ids.length,
      added: 0,
      addedBelow: 0,
    });
  });

  test('two of different programs disagree in many', async () => {
    const [first] = writeWithNode(folder, 'program', 1);
    const second = join(folder, 'other.heapsnapshot');
    execFileSync(process.execPath, [HOLDERS, second]);
    const { common, equal, added, addedBelow } = compareIds(await sampleOf(first), await sampleOf(second));
    expect(common).toBeGreaterThan(1000);
    expect(equal / common).toBeLessThan(0.9);
    const counts = { common, equal, added, addedBelowPreviousMaximum: addedBelow };
    expect(processVerdict(counts).verdict).toBe('different');
  });

  test('two runs of one program, after more work in one of them, are not taken for one process', async () => {
    const [first] = writeWithNode(folder, 'run-1', 1);
    const later = writeWithNode(folder, 'run-2', 3)[2];
    const { common, equal, added, addedBelow } = compareIds(await sampleOf(first), await sampleOf(later));
    expect(common).toBeGreaterThan(1000);
    expect(equal / common).toBeLessThan(0.99);
    const counts = { common, equal, added, addedBelowPreviousMaximum: addedBelow };
    expect(processVerdict(counts).verdict).not.toBe('same');
  });
});

describe('what a sample takes', () => {
  test('all odd ids of a small heap, ascending, and no even ones', async () => {
    const found = await samplePlain(heapOf([9, 4, 7, 2 ** 32 + 5, 12, 3]));
    expect(found).toMatchObject({ level: 0, largest: 2 ** 32 + 5 });
    expect([...found.ids]).toEqual([1, 3, 7, 9, 2 ** 32 + 5]);
    expect(new Set(found.kinds).size).toBe(2);
  });

  test('of a large heap those whose hash ends in zeros, at most 8,192', async () => {
    const ids = Array.from({ length: 40_000 }, (_, at) => 3 + 2 * at);
    const found = await samplePlain(heapOf(ids));
    const expected = [1, ...ids].filter((id) => hashOf(id) % 2 ** found.level === 0);
    expect([...found.ids]).toEqual(expected);
    expect(found.level).toBe(3);
    expect(expected.length).toBeLessThanOrEqual(8192);
    expect([1, ...ids].filter((id) => hashOf(id) % 2 ** (found.level - 1) === 0).length).toBeGreaterThan(8192);
    expect(found.largest).toBe(80_001);
  });

  test('a type or a name makes another kind', async () => {
    const [foo, bar] = [await samplePlain(heapOf([3])), await samplePlain(heapOf([3], 'Bar'))];
    expect(compareIds(foo, bar)).toEqual({ common: 2, equal: 1, added: 0, addedBelow: 0 });
    const closures = heapOf([3]);
    closures.nodes[1].type = 'closure';
    expect(compareIds(foo, await samplePlain(closures))).toMatchObject({ common: 2, equal: 1 });
  });
});

describe('comparing samples', () => {
  test('counts common, equal and new ids, and those below the earlier maximum', () => {
    const earlier = handMade(0, [
      [1, 10],
      [5, 20],
      [9, 30],
      [21, 40],
    ]);
    const later = handMade(0, [
      [1, 10],
      [7, 50],
      [9, 31],
      [21, 40],
      [23, 60],
      [25, 60],
    ]);
    expect(compareIds(earlier, later)).toEqual({ common: 3, equal: 2, added: 3, addedBelow: 1 });
    expect(compareIds(handMade(0, []), later)).toEqual({ common: 0, equal: 0, added: 6, addedBelow: 0 });
    expect(compareIds(earlier, handMade(0, []))).toEqual({ common: 0, equal: 0, added: 0, addedBelow: 0 });
  });

  test('looks at those ids alone that both samples take', () => {
    const all = idsOfLevel(0, 4000);
    const few = all.filter((id) => hashOf(id) % 4 === 0);
    const everything = handMade(
      0,
      all.map((id) => [id, 7]),
    );
    const sample = handMade(
      2,
      few.map((id) => [id, 7]),
    );
    const same = { common: few.length, equal: few.length, added: 0, addedBelow: 0 };
    expect(few.length).toBeGreaterThan(900);
    expect(compareIds(everything, sample)).toEqual(same);
    expect(compareIds(sample, everything)).toEqual(same);
  });
});
