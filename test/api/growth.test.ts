import { type Analysis, analyze, type ClassGrowth, type Growth, type SnapshotReport } from 'heapsleuth';
import { beforeAll, describe, expect, test } from 'vitest';
import type { DevtoolsAnalysis } from '../oracle/devtools.js';
import { devtoolsOf } from './devtools-columns.js';
import { scratchFolder, writeWithNode } from './snapshot-files.js';

const STEPS = 4;
const FIGURES = ['count', 'selfSize', 'retainedSize'] as const;

/** Members and self size of every class when `snapshot` takes the interfaces of `last`, as DevTools does to compare. */
function classesUnder(
  snapshot: DevtoolsAnalysis,
  last: DevtoolsAnalysis,
): Map<string, { count: number; size: number }> {
  const aggregates = snapshot.engine.aggregatesForDiff(last.engine.interfaceDefinitions());
  const rows = Object.entries(aggregates) as [string, { ids: number[]; selfSizes: number[] }][];
  return new Map(
    rows.map(([key, { ids, selfSizes }]) => [
      key,
      { count: ids.length, size: selfSizes.reduce((sum, size) => sum + size, 0) },
    ]),
  );
}

describe('growth over a series', () => {
  let files: string[];
  let analysis: Analysis;
  let growth: Growth;

  beforeAll(async () => {
    files = writeWithNode(scratchFolder(), 'growth', STEPS);
    analysis = await analyze(files);
    growth = analysis.growth as Growth;
  });

  test('counts and self sizes are those of each snapshot under the interfaces of the last', async () => {
    const devtools = await Promise.all(files.map(devtoolsOf));
    const expected = devtools.map((snapshot) => classesUnder(snapshot, devtools[STEPS - 1]));
    const keys = new Set(expected.flatMap((classes) => [...classes.keys()]));
    const rows = new Map(growth.classes.map((row) => [row.key, row]));
    expect(keys.size).toBeGreaterThan(100);
    for (const key of keys) {
      const counts = expected.map((classes) => classes.get(key)?.count ?? 0);
      const sizes = expected.map((classes) => classes.get(key)?.size ?? 0);
      const row = rows.get(key);
      if (row) expect({ count: row.count, selfSize: row.selfSize }, key).toEqual({ count: counts, selfSize: sizes });
      else expect([new Set(counts).size, new Set(sizes).size], key).toEqual([1, 1]);
    }
    expect([...rows.keys()].filter((key) => !keys.has(key))).toEqual([]);
  });

  test('the last snapshot keeps its own classes', () => {
    const { classes } = analysis.snapshots[STEPS - 1] as SnapshotReport;
    let compared = 0;
    for (const { key, count, selfSize, retainedSize } of classes) {
      const row = growth.classes.find((candidate) => candidate.key === key);
      if (row === undefined) continue;
      expect(FIGURES.map((figure) => row[figure][STEPS - 1])).toEqual([count, selfSize, retainedSize]);
      compared++;
    }
    expect(compared).toBeGreaterThan(5);
  });

  test('deltas, totals and rising steps follow from the figures', () => {
    expect(growth.snapshots).toEqual([0, 1, 2, 3]);
    expect(growth.classCount).toBe(growth.classes.length);
    for (const row of growth.classes) {
      for (const [figure, deltas, total] of [
        ['count', row.countDeltas, row.totalCountDelta],
        ['selfSize', row.selfSizeDeltas, row.totalSelfSizeDelta],
        ['retainedSize', row.retainedSizeDeltas, row.totalRetainedSizeDelta],
      ] as const) {
        const values = row[figure] as number[];
        expect(deltas).toEqual(values.slice(1).map((value, step) => value - values[step]));
        expect(total).toBe(values[STEPS - 1] - values[0]);
      }
      expect(row.risingSteps).toBe(row.countDeltas.filter((delta) => delta > 0).length);
    }
  });

  test('what the process piled up ranks above V8 own families', () => {
    const rank = (name: string) => growth.classes.findIndex((row) => row.name === name);
    const orders = growth.classes[rank('Order')] as ClassGrowth;
    expect(orders).toMatchObject({ countDeltas: [20, 40, 60], risingSteps: 3 });
    expect(rank('Order')).toBeLessThan(rank('Array'));
    expect(growth.classes.find(({ name }) => name === '{x, y}')).toMatchObject({ countDeltas: [-10, -10, -10] });
  });

  test('each report is the one of the file alone', async () => {
    for (const [at, file] of files.entries()) expect((await analyze(file)).snapshots).toEqual([analysis.snapshots[at]]);
  });

  test('top limits the classes of a report, not their number', async () => {
    const { snapshots } = await analyze(files[0], { top: 3 });
    const [report] = snapshots as [SnapshotReport];
    const [whole] = analysis.snapshots as [SnapshotReport];
    expect(report.classes).toEqual(whole.classes.slice(0, 3));
    expect(report.classCount).toBe(whole.classCount);
    expect(report.classCount).toBeGreaterThan(50);
  });

  test('an empty list is an empty analysis', async () => {
    expect(await analyze([])).toEqual({ schemaVersion: 1, snapshots: [] });
  });
});
