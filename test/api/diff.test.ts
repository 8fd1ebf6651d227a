import { type ClassDiff, diffSnapshots, openSnapshot } from 'heapsleuth';
import { describe, expect, test } from 'vitest';
import { analyseSnapshot } from '#src/analysis/index.js';
import { diffClasses } from '#src/diff/class-diff.js';
import { readSnapshot } from '#src/read/reader.js';
import { BytesSource } from '#src/read/source.js';
import { Arena } from '#src/wasm/arena.js';
import { randomGraph } from '../build/random-graph.js';
import { toJson, toProfile } from '../build/snapshot-builder.js';
import { type DevtoolsAnalysis, devtoolsFromProfile, isFailed } from '../oracle/devtools.js';
import { devtoolsOf } from './devtools-columns.js';
import { scratchFolder, writeWithNode } from './snapshot-files.js';

const PAIRS = 300;
const byKey = (a: { key: string }, b: { key: string }) => (a.key < b.key ? -1 : 1);

/** The columns that DevTools has, by key. */
function figures(diffs: readonly ClassDiff[]) {
  return diffs
    .map(({ key, newCount, deletedCount, allocatedSize, freedSize }) => ({
      key,
      addedCount: newCount,
      removedCount: deletedCount,
      addedSize: allocatedSize,
      removedSize: freedSize,
    }))
    .sort(byKey);
}

function devtoolsFigures(base: DevtoolsAnalysis, current: DevtoolsAnalysis) {
  return current.diffFrom(base).map(({ addedIds: _, removedIds: __, ...row }) => row);
}

describe('diffSnapshots', () => {
  const [first, second, third] = writeWithNode(scratchFolder(), 'series', 3);

  test.each([
    ['one step', first, second],
    ['two steps', first, third],
    ['backwards', third, first],
  ])('of a running process, %s, equals the comparison of DevTools', async (_, base, current) => {
    const diffs = await diffSnapshots(base, current);
    expect(figures(diffs)).toEqual(devtoolsFigures(await devtoolsOf(base), await devtoolsOf(current)));
    expect(diffs.length).toBeGreaterThan(3);
  });

  test('finds what the process allocated and let go, and how much more it retains', async () => {
    const diffs = await diffSnapshots(first, second);
    const orders = diffs.find(({ name }) => name === 'Order') as ClassDiff;
    expect(orders).toMatchObject({ newCount: 20, deletedCount: 0, countDelta: 20 });
    expect(diffs.find(({ name }) => name === '{x, y}')).toMatchObject({ newCount: 0, deletedCount: 10 });
    for (const row of diffs) {
      expect(row.countDelta).toBe(row.newCount - row.deletedCount);
      expect(row.sizeDelta).toBe(row.allocatedSize - row.freedSize);
      expect(row.retainedSizeDelta).toBe(row.retainedSizeCurrent - row.retainedSizeBase);
    }
    const deltas = diffs.map(({ sizeDelta }) => sizeDelta);
    expect(deltas).toEqual(deltas.toSorted((a, b) => b - a));
    const snapshot = await openSnapshot(second);
    const retained = snapshot.classes().find(({ name }) => name === 'Order')?.retainedSize;
    snapshot.close();
    expect(orders.retainedSizeCurrent).toBe(retained);
  });

  test('of a snapshot with itself is empty', async () => {
    expect(await diffSnapshots(second, second)).toEqual([]);
  });
});

test(`${PAIRS} pairs of random graphs differ as DevTools says`, async () => {
  const arenas = [await Arena.create(), await Arena.create()];
  const analyse = async (arena: Arena, plain: ReturnType<typeof randomGraph>) => {
    arena.reset();
    return analyseSnapshot(arena, await readSnapshot(() => new BytesSource(toJson(plain)), arena));
  };
  let rows = 0;
  for (let seed = 0; seed < PAIRS; seed++) {
    const [before, after] = [randomGraph(seed), randomGraph(seed + PAIRS)];
    const [base, current] = [await devtoolsFromProfile(toProfile(before)), await devtoolsFromProfile(toProfile(after))];
    if (isFailed(base) || isFailed(current)) continue;
    const found = diffClasses(
      ...([arenas[0], await analyse(arenas[0], before)] as const),
      ...([arenas[1], await analyse(arenas[1], after)] as const),
    );
    expect(figures(found), `seed ${seed}`).toEqual(devtoolsFigures(base, current));
    rows += found.length;
  }
  expect(rows).toBeGreaterThan(5 * PAIRS);
});
