import { readFileSync } from 'node:fs';
import { analyze, type Baseline, baselineOf, compareBaseline } from 'heapsleuth';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Analysis } from '#src/base/types.js';
import { markBySignature } from '#src/gate/compare-baseline.js';
import { judgeAnalysis } from '#src/gate/judge.js';
import { baselineJson, comparisonJson } from '#src/report/gate-json.js';
import { SCHEMAS } from '#src/report/schemas.js';
import { seriesFile } from '../cli/run-cli.js';
import { schemaViolations } from '../report/schema-check.js';
import { sampleAnalysis, sampleSuspect } from './analyses.js';

describe('a baseline', () => {
  test('has the figures of the first snapshot, growth an interval, and what it leaves out at most', () => {
    const all = baselineOf(sampleAnalysis());
    expect(all.heap).toEqual({ size: 100_000, nodes: 1000, growth: 10_000 });
    expect(all.classes).toEqual([
      { name: 'Leak', count: 100, selfSize: 2400, retainedSize: 100_000, countGrowth: 50, growth: 50_000 },
      { name: 'Session', count: 100, selfSize: 2400, retainedSize: 100_000, countGrowth: 0, growth: 0 },
      { name: 'Still', count: 7, selfSize: 168, retainedSize: 7000, countGrowth: 0, growth: 0 },
    ]);
    expect(all.unlisted).toEqual({ count: 0, retainedSize: 0, countGrowth: 0, growth: 0 });
    const few = baselineOf(sampleAnalysis(), { top: 1 });
    expect(few.classes.map(({ name }) => name)).toEqual(['Leak']);
    expect(few.unlisted).toEqual({ count: 100, retainedSize: 100_000, countGrowth: 0, growth: 0 });
  });

  test('is a document of its schema, a line for each suspect and class, and says the same each time', () => {
    const text = baselineJson(baselineOf(sampleAnalysis()));
    const value = JSON.parse(text);
    expect(schemaViolations(SCHEMAS.baseline, value)).toEqual([]);
    expect(value).toEqual(baselineOf(sampleAnalysis()));
    expect(text.split('\n').filter((line) => line.includes('"name"'))).toHaveLength(3);
    expect(baselineJson(baselineOf(sampleAnalysis()))).toBe(text);
  });

  test('wants a snapshot', () => {
    expect(() => baselineOf({ schemaVersion: 1, snapshots: [] })).toThrow(RangeError);
  });
});

describe('a run beside its baseline', () => {
  const base = baselineOf(sampleAnalysis());

  test('is not worse than itself', () => {
    const same = compareBaseline(sampleAnalysis(), base);
    expect(same).toMatchObject({ isWorse: false, heap: [], classes: [], notes: [] });
    expect(same.suspects).toMatchObject([{ state: 'known', before: 50_000, now: 50_000 }]);
  });

  test.each([
    ['new', [sampleSuspect('other', { signature: 'b'.repeat(40) })], true],
    ['known', [sampleSuspect('cache keeps Leak')], false],
    ['gone', [], false],
    ['faster', [faster(70_000)], true],
    ['slower', [faster(10_000)], false],
  ])('tells a suspect that is %s', (state, suspects, isWorse) => {
    const changes = compareBaseline(sampleAnalysis(suspects), base);
    expect(changes.suspects.map((one) => one.state)).toContain(state);
    expect(changes.isWorse).toBe(isWorse);
  });

  test('what is new and unlikely, or suppressed, is told and no reason to fail', () => {
    const unlikely = sampleSuspect('other', { signature: 'b'.repeat(40), confidence: 0.3 });
    const suppressed = { ...faster(90_000), suppressed: { reason: 'r', expires: '2027-01-01' } };
    const { isWorse, suspects } = compareBaseline(sampleAnalysis([unlikely, suppressed]), base);
    expect(isWorse).toBe(false);
    expect(suspects.map(({ state }) => state)).toEqual(['new', 'faster']);
    const plan = { failOn: 'new', today: '2026-01-01', baseline: base } as const;
    const fresh = sampleSuspect('other', { signature: 'b'.repeat(40), confidence: 0.6 });
    expect(judgeAnalysis(sampleAnalysis([unlikely]), plan).fails).toBe(false);
    expect(judgeAnalysis(sampleAnalysis([fresh]), plan).report.failures).toEqual(['1 new suspect']);
    expect(markBySignature([fresh, suppressed], base).map((one) => one.baseline)).toEqual(['new', 'known']);
  });

  test('figures differ by more than the tolerance, and by more than the floor', () => {
    const half: Baseline = {
      ...base,
      heap: { size: 50_000, nodes: 1000, growth: 1 },
      classes: base.classes.map((row) => ({ ...row, growth: 1000, countGrowth: 2, retainedSize: 90_000 })),
    };
    const worse = (floor: number, tolerance: number) => {
      const { heap, classes } = compareBaseline(sampleAnalysis(), half, { floor, tolerance });
      return [...heap, ...classes].filter((one) => one.isWorse).map(({ what, figure }) => `${what}.${figure}`);
    };
    expect(worse(1000, 0.1)).toEqual([
      'heap.size',
      'heap.growth',
      'Leak.growth',
      'Leak.countGrowth',
      'Leak.retainedSize',
      'Session.retainedSize',
    ]);
    expect(worse(1000, 1.5)).toEqual(['heap.growth', 'Leak.growth', 'Leak.countGrowth']);
    expect(worse(1e6, 0.1)).toEqual([]);
    expect(worse(400_000, 0.1)).toEqual(['Leak.growth', 'Leak.countGrowth']);
  });

  test('what shrank before, and now grows by less than the floor, is the same', () => {
    const shrinking = { ...base, classes: base.classes.map((row) => ({ ...row, growth: -40_000, countGrowth: -40 })) };
    const { classes } = compareBaseline(sampleAnalysis(), shrinking, { floor: 510_000 });
    expect(classes).toEqual([]);
    const figures = compareBaseline(sampleAnalysis(), shrinking, { floor: 490_000 }).classes;
    expect(figures.map(({ what, figure }) => [what, figure])).toEqual([
      ['Leak', 'growth'],
      ['Leak', 'countGrowth'],
    ]);
  });

  test('a class that is not listed is as large as those may be that are not', () => {
    const few = baselineOf(sampleAnalysis(), { top: 1 });
    expect(compareBaseline(sampleAnalysis(), few).classes).toEqual([]);
    const none = { ...few, classes: [], unlisted: { count: 1000, retainedSize: 10, countGrowth: 10, growth: 10 } };
    const { classes } = compareBaseline(sampleAnalysis(), none, { floor: 1000 });
    expect(classes.map(({ what, figure, before }) => [what, figure, before])).toEqual([
      ['Leak', 'growth', 10],
      ['Leak', 'countGrowth', 10],
      ['Leak', 'retainedSize', 10],
      ['Session', 'retainedSize', 10],
      ['Still', 'retainedSize', 10],
    ]);
  });

  test('one snapshot shows no growth, which is said', () => {
    const [snapshot] = sampleAnalysis().snapshots;
    const alone: Analysis = { schemaVersion: 1, snapshots: [snapshot] };
    const { notes, suspects, isWorse } = compareBaseline(alone, base);
    expect(notes).toEqual([
      'one snapshot shows no growth: only sizes are compared',
      'no suspects were sought: they are not compared',
    ]);
    expect([suspects, isWorse]).toEqual([[], false]);
    expect(compareBaseline(sampleAnalysis(), baselineOf(alone)).notes).toEqual([
      'the baseline has one snapshot: growth is not compared',
    ]);
  });

  test('is a document of its schema', () => {
    const document = JSON.parse(comparisonJson(compareBaseline(sampleAnalysis([faster(70_000)]), base)));
    expect(schemaViolations(SCHEMAS.comparison, document)).toEqual([]);
    expect(document).toMatchObject({ kind: 'comparison', isWorse: true, suspects: [{ state: 'faster' }] });
  });
});

describe('the demo series', () => {
  const runs: Record<string, Analysis> = {};
  beforeAll(async () => {
    const of = (steps: readonly number[]) => analyze(steps.map(seriesFile), { top: 1e6 });
    runs.whole = await of([1, 2, 3, 4, 5, 6, 7, 8]);
    runs.half = await of([1, 2, 3, 4]);
    runs.fast = await of([1, 3, 5, 7]);
    runs.one = await of([8]);
  });

  test('half of it leaks as fast as all of it', () => {
    const { suspects, isWorse } = compareBaseline(runs.half, baselineOf(runs.whole));
    expect(suspects).toMatchObject([{ state: 'known' }]);
    expect(isWorse).toBe(false);
    expect(compareBaseline(runs.whole, baselineOf(runs.half))).toMatchObject({ isWorse: false, heap: [] });
  });

  test('every other snapshot has twice the growth an interval', () => {
    const { suspects, heap, isWorse } = compareBaseline(runs.fast, baselineOf(runs.half));
    expect(suspects).toMatchObject([{ state: 'faster', isWorse: true }]);
    expect(heap).toContainEqual(expect.objectContaining({ figure: 'growth', isWorse: true }));
    expect(isWorse).toBe(true);
  });

  test('its baseline has no path and no value of a string', () => {
    const text = baselineJson(baselineOf(runs.whole));
    expect(text).toContain('InvoiceServer.inFlight keeps RequestContext');
    expect(text).not.toMatch(/\/\S|\.heapsnapshot|req-\d/);
    const source = readFileSync(seriesFile(1)).length;
    expect(text.length).toBeLessThan(source / 20);
  });
});

function faster(bytesPerInterval: number) {
  const suspect = sampleSuspect('cache keeps Leak');
  const growth = suspect.growth && { ...suspect.growth, bytesPerInterval };
  return { ...suspect, growth };
}
