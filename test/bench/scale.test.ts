import { describe, expect, test } from 'vitest';
// @ts-expect-error: the benchmarks are plain JavaScript
import { resultTable, summarize } from '../../bench/results.js';
// @ts-expect-error: see above
import { drawCurve } from '../../bench/scale/curve.js';
// @ts-expect-error: see above
import { scaleFiles } from '../../bench/scale/files.js';
// @ts-expect-error: see above
import { judge } from '../../bench/scale/goals.js';

const GB = 1e9;

type Run = { name: string; wallMs?: number; cpuMs?: number; peakBytes?: number; error?: string };
type Verdict = { name: string; seen: string; figure?: number; holds?: boolean };

/** Results of a file: a heapsleuth of 1 s and 1 GB, and what the case is about. */
function file(...others: Run[]): Run[] {
  const own = { name: 'heapsleuth', wallMs: 1000, cpuMs: 1500, peakBytes: GB };
  return others.some(({ name }) => name === own.name) ? others : [own, ...others];
}

const EVEN = { timeSpread: 1.1, memorySpread: 1.1 };

function verdictOn(goal: string, files: Record<string, Run[]>, curve = EVEN): Verdict {
  const verdicts: Verdict[] = judge({ results: new Map(Object.entries(files)), curve });
  const found = verdicts.filter(({ name }) => name.startsWith(goal));
  expect(found.length, goal).toBe(1);
  return found[0];
}

describe('the curve', () => {
  const point = (nodeCount: number, wallMs: number, peakBytes: number, onCurve = true) => ({
    nodeCount,
    wallMs,
    peakBytes,
    onCurve,
  });

  test('compares each file with the cheapest node, in time and in memory', () => {
    const { points, timeSpread, memorySpread } = drawCurve([
      point(1e6, 300, 200e6),
      point(4e6, 800, 480e6),
      point(10e6, 2500, 1000e6),
    ]);
    expect(points.map(({ nsPerNode }: { nsPerNode: number }) => nsPerNode)).toEqual([300, 200, 250]);
    expect(points.map(({ bytesPerNode }: { bytesPerNode: number }) => bytesPerNode)).toEqual([200, 120, 100]);
    expect(points.map(({ timeRatio }: { timeRatio: number }) => timeRatio)).toEqual([1.5, 1, 1.25]);
    expect(points.map(({ memoryRatio }: { memoryRatio: number }) => memoryRatio)).toEqual([2, 1.2, 1]);
    expect([timeSpread, memorySpread]).toEqual([1.5, 2]);
  });

  test('shows what is off it without counting it', () => {
    const { points, timeSpread } = drawCurve([
      point(1e6, 300, 1),
      point(2e6, 400, 1),
      point(1e6, 100, 1, false),
      point(1e6, 800, 1, false),
    ]);
    expect(timeSpread).toBe(1.5);
    expect(points.map(({ timeRatio }: { timeRatio: number }) => timeRatio)).toEqual([1.5, 1, 0.5, 4]);
  });

  test('has no spread of one point or none', () => {
    expect(drawCurve([point(1e6, 300, 1)]).timeSpread).toBeNaN();
    expect(drawCurve([])).toEqual({ points: [], timeSpread: Number.NaN, memorySpread: Number.NaN });
  });
});

describe('a goal of a benchmark that is a program of its own', () => {
  const judged = (others: object, goal: string): Verdict | undefined =>
    (judge({ results: new Map(), curve: EVEN, ...others }) as Verdict[]).find(({ name }) => name.startsWith(goal));

  test.each([
    [1 / 20, true],
    [1 / 19, false],
  ])('takes %f of the time again', (share, holds) => {
    const cache = { results: [{ name: 'analyze()', share }] };
    expect(judged({ cache }, 'the same file again: analyze()')).toMatchObject({ figure: share, holds });
    expect(judged({ cache }, 'the same file again: openSnapshot()')).toMatchObject({ holds: undefined });
  });

  test.each([
    [0.9, 4, true],
    [0.89, 5, false],
  ])('keeps cores busy for %f and peaks at %i of 4 GB', (busy, peak, holds) => {
    const batch = { busy, budget: 4 * GB, runs: [{ peakBytes: GB }, { peakBytes: peak * GB }] };
    expect(judged({ batch }, 'a batch of 50: CPU time')).toMatchObject({ figure: busy, holds });
    expect(judged({ batch }, 'a batch of 50: peak memory')).toMatchObject({ figure: peak / 4, holds });
  });

  test('stays open where the program cannot run', () => {
    expect(judged({}, 'a batch of 50: CPU time')).toMatchObject({ seen: 'not measured', holds: undefined });
  });
});

describe('a goal', () => {
  const goal = '3.5 M nodes: time of DevTools';

  test.each([
    [20_000, 20, true],
    [19_900, 19.9, false],
  ])('of a peer at %i ms is met or missed', (wallMs, figure, holds) => {
    expect(verdictOn(goal, { '3m': file({ name: 'devtools', wallMs }) })).toMatchObject({ figure, holds });
  });

  test('stays open where the peer was not run, or failed', () => {
    expect(verdictOn(goal, {})).toMatchObject({ seen: 'not measured', holds: undefined });
    expect(verdictOn(goal, { '3m': file() })).toMatchObject({ seen: 'not measured', holds: undefined });
    const failed = file({ name: 'devtools', error: 'out of memory' });
    expect(verdictOn(goal, { '3m': failed })).toMatchObject({ seen: 'devtools failed', holds: undefined });
  });

  test('is missed where heapsleuth failed', () => {
    const failed = file({ name: 'heapsleuth', error: 'too large' }, { name: 'devtools', wallMs: 1 });
    expect(verdictOn(goal, { '3m': failed })).toMatchObject({ seen: 'heapsleuth failed', holds: false });
    expect(verdictOn('40 M nodes: peak', { '40m': failed })).toMatchObject({ holds: false });
    expect(verdictOn('1 to 40 M nodes: time', { '1m': file(), '40m': failed })).toMatchObject({ holds: false });
  });

  test('of the floor limits our time', () => {
    const floor = (wallMs: number) => ({ '3m': file({ name: 'floor', wallMs }) });
    expect(verdictOn('3.5 M nodes: our time', floor(400))).toMatchObject({ figure: 2.5, holds: true });
    expect(verdictOn('3.5 M nodes: our time', floor(390)).holds).toBe(false);
  });

  test('of the spread needs all files, unless part of them misses it', () => {
    const spread = '1 to 40 M nodes: memory';
    const part = { '1m': file(), '3m': file() };
    const all = { ...part, '10m': file(), '20m': file(), '40m': file() };
    const wide = { timeSpread: 1, memorySpread: 1.6 };
    expect(verdictOn(spread, all)).toMatchObject({ figure: 1.1, holds: true });
    expect(verdictOn(spread, all, wide)).toMatchObject({ figure: 1.6, holds: false });
    expect(verdictOn(spread, part)).toMatchObject({ seen: '1.10 × so far', holds: undefined });
    expect(verdictOn(spread, part, wide)).toMatchObject({ figure: 1.6, holds: false });
  });

  test('of memory is counted in bytes, and one of thrashing in CPU time', () => {
    const run = (peakBytes: number, cpuMs: number) => ({
      '100m': file({ name: 'heapsleuth', wallMs: 1000, cpuMs, peakBytes }),
    });
    expect(verdictOn('100 M nodes: peak', run(14 * GB, 0))).toMatchObject({ seen: '14.00 GB', holds: true });
    expect(verdictOn('100 M nodes: peak', run(14.1 * GB, 0)).holds).toBe(false);
    expect(verdictOn('100 M nodes: CPU', run(GB, 800)).holds).toBe(true);
    expect(verdictOn('100 M nodes: CPU', run(GB, 700)).holds).toBe(false);
  });

  test('is about what is measured', () => {
    const keys = new Set(scaleFiles.map(({ key }: { key: string }) => key));
    const results = new Map(
      [...keys].map((key) => [
        key,
        file(...['devtools', 'v8-heap-parser', 'floor'].map((name) => ({ name, wallMs: 1, peakBytes: 1 }))),
      ]),
    );
    const cache = { results: ['analyze()', 'openSnapshot()'].map((name) => ({ name, share: 0.01 })) };
    const batch = { busy: 1, budget: 1, runs: [{ peakBytes: 1 }] };
    const verdicts: Verdict[] = judge({ results, curve: EVEN, cache, batch });
    expect(verdicts.length).toBeGreaterThan(13);
    expect(verdicts.filter(({ figure }) => figure === undefined)).toEqual([]);
  });
});

describe('the results of a file', () => {
  const run = (wallMs: number, output = '') => ({
    wallMs,
    cpuMs: wallMs,
    peakBytes: wallMs * 10,
    majorFaults: 0,
    output,
  });

  test('are medians, compared with the first contender that finished', () => {
    const [failed, base, other] = summarize([
      { name: 'a', runs: [], error: 'no' },
      { name: 'b', runs: [run(300, '{"nodeCount":7}'), run(100), run(200)] },
      { name: 'c', runs: [run(400), run(600)] },
    ]);
    expect(failed).toEqual({ name: 'a', error: 'no' });
    expect(base).toMatchObject({ name: 'b', wallMs: 200, wallRatio: 1, nodeCount: 7 });
    expect(other).toMatchObject({ name: 'c', wallMs: 500, wallRatio: 2.5, peakRatio: 2.5, nodeCount: Number.NaN });
  });

  test('show a failure below the others, and stand alone where all failed', () => {
    const failure = { name: 'a', runs: [], error: 'too large' };
    const table: string = resultTable(summarize([failure, { name: 'b', runs: [run(100)] }]));
    expect(table.split('\n')).toEqual([
      expect.stringContaining('× b'),
      expect.stringMatching(/^b /),
      'a failed: too large',
    ]);
    expect(resultTable(summarize([failure]))).toBe('a failed: too large');
  });
});
