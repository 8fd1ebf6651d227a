import { describe, expect, test } from 'vitest';
import type { HeapTrend } from '#src/base/scan-types.js';
import { BytesSource } from '#src/read/source.js';
import { HeapWatch } from '#src/scan/heap-watch.js';
import { trendsOf } from '#src/scan/trend-layer.js';
import { telemetryFrom } from '#src/telemetry/index.js';
import { createRandom } from '../build/random.js';

const MB = 1 << 20;
const START = 1_795_410_000_000;

async function trendOf(lines: readonly string[]): Promise<HeapTrend> {
  const watch = new HeapWatch();
  const open = () => new BytesSource(Buffer.from(lines.join('\n')));
  const telemetry = await telemetryFrom(open, { observe: watch.observe });
  const [trend, ...others] = trendsOf({ source: 'a.jsonl', telemetry, watch });
  expect(others).toEqual([]);
  return trend;
}

/** A heap that is filled and collected again and again, a sample a second, and what is left grows as `level` says. */
function saw(seconds: number, level: (second: number) => number, seed = 1): string[] {
  const random = createRandom(seed);
  let used = level(0);
  return Array.from({ length: seconds }, (_, second) => {
    used += random.int(3 * MB);
    if (used > level(second) + 25 * MB) used = level(second) + random.int(MB / 4);
    const memoryUsage = { rss: 9e7, heapTotal: 8e7, heapUsed: used, external: 1, arrayBuffers: 1 };
    return JSON.stringify({ ts: START + 1000 * second, pid: 1, memoryUsage, heapStatistics: { heap_size_limit: 4e9 } });
  });
}

describe('a heap over time', () => {
  test('is looked at where collections have left it, not where it is full', async () => {
    const trend = await trendOf(saw(3600, (second) => 50 * MB + (second / 3600) * 30 * MB));
    expect(trend).toMatchObject({ metric: 'v8.heap_used', basis: 'low points', shape: 'linear', isRising: true });
    expect(trend.points).toBeGreaterThan(100);
    expect((trend.slope?.median ?? 0) / MB).toBeGreaterThan(29);
    expect((trend.slope?.median ?? 0) / MB).toBeLessThan(31);
    expect(trend.hoursToLimit).toBeCloseTo((4e9 - trend.end) / (trend.slope?.median ?? 1), 9);
  });

  test('does not rise because it swings, warms up or steps up once', async () => {
    const level: Readonly<Record<string, (second: number) => number>> = {
      flat: () => 50 * MB,
      'warm-up': (second) => 50 * MB - 20 * MB * Math.exp(-second / 100),
      step: (second) => (second < 1800 ? 50 * MB : 70 * MB),
      falling: (second) => 80 * MB - (second / 3600) * 20 * MB,
    };
    for (const [name, of] of Object.entries(level)) {
      for (let seed = 0; seed < 10; seed++) {
        const trend = await trendOf(saw(3600, of, seed));
        expect(trend.isRising, `${name}, seed ${seed}`).toBe(false);
        expect(trend.hoursToLimit).toBeNull();
      }
    }
  });

  test('tells when it went from one level to another', async () => {
    const { changePoint, shape } = await trendOf(saw(3600, (second) => (second < 1800 ? 50 * MB : 70 * MB)));
    expect(shape).toBe('step');
    expect(Math.abs((changePoint?.ts ?? 0) - START - 1_800_000)).toBeLessThan(60_000);
    expect(Math.round((changePoint?.before ?? 0) / MB)).toBe(50);
    expect(Math.round((changePoint?.after ?? 0) / MB)).toBe(70);
    expect((await trendOf(saw(3600, () => 50 * MB))).changePoint).toBeNull();
  });

  test('with too few points has no trend', async () => {
    expect(await trendOf(saw(4, () => MB))).toMatchObject({
      pValue: null,
      slope: null,
      isRising: false,
      shape: 'undetermined',
    });
  });

  test('has no slope over time where there are no times that tell', async () => {
    const leak = saw(3600, (second) => 50 * MB + (second / 3600) * 30 * MB);
    const timed = await trendOf(leak);
    const once = await trendOf(leak.map((line) => line.replace(/"ts":\d+/, `"ts":${START}`)));
    expect(once).toMatchObject({ hasTimes: false, isRising: true, hoursToLimit: null });
    expect((once.slope?.median ?? 0) * once.points).toBeGreaterThan(20 * MB);
    expect((once.slope?.median ?? 0) * once.points).toBeLessThan(40 * MB);
    const missing = await trendOf(leak.map((line, at) => (at === 99 ? line.replace(/"ts":\d+,/, '') : line)));
    expect(missing.slope?.median).toBeCloseTo(timed.slope?.median ?? 0, -5);
    expect(missing.hoursToLimit).not.toBeNull();
  });

  test('has no limit where that is said to be 0', async () => {
    const leak = saw(3600, (second) => 50 * MB + (second / 3600) * 30 * MB);
    const trend = await trendOf(leak.map((line) => line.replace('4000000000', '0')));
    expect(trend).toMatchObject({ isRising: true, limit: null, hoursToLimit: null });
  });

  test('does not rise while it fills up for the first time', async () => {
    const filling = (step: number) =>
      Array.from({ length: 60 }, (_, at) => {
        const memoryUsage = { rss: 9e7, heapTotal: 8e7, heapUsed: 10 * MB + at * step, external: 1, arrayBuffers: 1 };
        return JSON.stringify({ ts: START + 10_000 * at, pid: 1, memoryUsage });
      });
    expect(await trendOf(filling(MB / 2))).toMatchObject({ basis: 'samples', isRising: false, hoursToLimit: null });
    expect(await trendOf(filling(MB))).toMatchObject({ basis: 'samples', isRising: true });
    const days = filling(MB / 2).map((line, at) => line.replace(/"ts":\d+/, `"ts":${START + at * 3_600_000}`));
    expect((await trendOf(days)).isRising).toBe(true);
  });

  test('is followed by its low points where full collections are counted, and nobody says what they leave', async () => {
    const leak = saw(3600, (second) => 50 * MB + (second / 3600) * 30 * MB);
    const counted = leak.map((line, at) => JSON.stringify({ ...JSON.parse(line), gc: { major: Math.floor(at / 9) } }));
    expect(await trendOf(counted)).toMatchObject({ basis: 'low points', isRising: true });
    const none = leak.map((line) => JSON.stringify({ ...JSON.parse(line), gc: { major: 0 } }));
    expect(await trendOf(none)).toMatchObject({ basis: 'full collections', points: 0 });
  });

  test('is known best from full collections', async () => {
    const line = (ms: number, live: number) =>
      `[7:0x1]    ${ms} ms: Mark-Compact 90.0 (99.0) -> ${live.toFixed(1)} (99.0) MB, 3.5 / 0.00 ms  (average mu = 1.000) x`;
    const trend = await trendOf(Array.from({ length: 30 }, (_, at) => line(60_000 * at, 20 + at)));
    expect(trend).toMatchObject({ basis: 'full collections', points: 27, warmUp: 3, isRising: true, start: 23 * MB });
    expect((trend.slope?.median ?? 0) / MB).toBeCloseTo(60, 6);
  });

  test('does not rise between full collections that are counted, and few', async () => {
    // As a service that keeps nothing looks in its first minutes: small collections leave what has got old, two full ones all but nothing.
    const sampled = (second: number, used: number) => ({
      ...{ ts: START + 1000 * second, pid: 1 },
      memoryUsage: { rss: 9e7, heapTotal: 8e7, heapUsed: used, external: 1, arrayBuffers: 1 },
      heapStatistics: { heap_size_limit: 4e9 },
    });
    const used = (second: number) => (5 + (second % 4) + (second < 30 ? second : second - 30) / 10) * MB;
    const samples = Array.from({ length: 120 }, (_, second) => sampled(second, used(second)));
    const uncounted = await trendOf(samples.map((sample) => JSON.stringify(sample)));
    expect(uncounted).toMatchObject({ basis: 'low points', isRising: true });
    const counted = samples.map((sample, second) => ({
      ...sample,
      gc: { major: 1 + Number(second >= 30), live: 5 * MB },
    }));
    const trend = await trendOf(counted.map((sample) => JSON.stringify(sample)));
    expect(trend).toMatchObject({ basis: 'full collections', points: 2, pValue: null, isRising: false });
  });

  test('of Go is the least between two collections', async () => {
    const line = (second: number, collections: number, megabytes: number) =>
      JSON.stringify({
        ts: START + 1000 * second,
        memstats: { HeapAlloc: megabytes * MB, NumGC: collections, HeapObjects: 5 },
      });
    const lines = Array.from({ length: 100 }, (_, at) =>
      line(at, Math.floor(at / 5), 20 + Math.floor(at / 5) + (at % 5)),
    );
    const trend = await trendOf(lines);
    expect(trend).toMatchObject({ metric: 'go.heap_alloc', basis: 'collections', isRising: true, limit: null });
    expect(trend.start).toBe(21 * MB);
  });

  test('says which of the other rules fired; rises between collections are none', async () => {
    const rulesOf = async (level: (second: number) => number) =>
      new Map((await trendOf(saw(3600, level))).rules.map((rule) => [rule.rule, rule.fired]));
    const flat = await rulesOf(() => 50 * MB);
    expect([...flat.keys()]).toEqual([
      ...['rolling', '5 MB in one cycle', '5 MB in two cycles', 'frozen', 'P99 of the baseline'],
      ...['5 MB a second in 3 periods', '100 MB a minute'],
    ]);
    expect([flat.get('5 MB a second in 3 periods'), flat.get('100 MB a minute'), flat.get('rolling')]).toEqual([
      0, 0, 0,
    ]);
    const collected = Array.from({ length: 30 }, (_, at) => {
      return `[7:0x1]    ${1000 * at} ms: Mark-Compact 900.0 (999.0) -> ${20 + 10 * at}.0 (999.0) MB, 3.5 / 0.00 ms  (x) x`;
    });
    const steep = new Map((await trendOf(collected)).rules.map((rule) => [rule.rule, rule.fired]));
    expect(steep.get('5 MB a second in 3 periods')).toBe(27);
    expect(steep.get('100 MB a minute')).toBe(29);
  });
});
