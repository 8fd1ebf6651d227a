import { describe, expect, test } from 'vitest';
import type { HeapTrend } from '#src/base/scan-types.js';
import { BytesSource } from '#src/read/source.js';
import { HeapWatch } from '#src/scan/heap-watch.js';
import { trendsOf } from '#src/scan/trend-layer.js';
import { telemetryFrom } from '#src/telemetry/index.js';

const START = 1_795_410_000_000;
const MINUTE = 60_000;

async function trendOf(lines: readonly string[]): Promise<HeapTrend> {
  const watch = new HeapWatch();
  const telemetry = await telemetryFrom(() => new BytesSource(Buffer.from(lines.join('\n'))), {
    observe: watch.observe,
  });
  const [trend] = trendsOf({ source: 'a', telemetry, watch });
  return trend;
}

/** A sample a minute of a heap, with more of what V8 says. */
function v8(
  samples: readonly { readonly used: number; readonly total: number; readonly detached?: number }[],
): string[] {
  return samples.map(({ used, total, detached = 0 }, at) =>
    JSON.stringify({
      ts: START + at * MINUTE,
      pid: 1,
      memoryUsage: { rss: 2 * total, heapTotal: total, heapUsed: used, external: 1, arrayBuffers: 1 },
      heapStatistics: { heap_size_limit: 1000, number_of_detached_contexts: detached },
    }),
  );
}

function go(samples: readonly Readonly<Record<string, number>>[]): string[] {
  return samples.map((memstats, at) => JSON.stringify({ ts: START + at * MINUTE, cmdline: ['x'], memstats }));
}

describe('figures of a heap', () => {
  test('of V8: room below the limit and what is free, differences and rates', async () => {
    const trend = await trendOf(
      v8([
        { used: 100, total: 300 },
        { used: 250, total: 350 },
        { used: 220, total: 400 },
      ]),
    );
    expect(trend.pressure).toEqual({ ofLimit: 0.22, ofGoal: null, live: null, unused: 180 });
    expect(trend.difference).toEqual({ used: 120, inUse: 100, collections: null, prefers: 'used' });
    expect(trend.rates).toEqual([
      { metric: 'v8.heap_used', perMinute: 60 },
      { metric: 'v8.rss', perMinute: 100 },
    ]);
    expect(trend.longestPause).toBeNull();
  });

  test('of Go: nearness to the next collection, and what is live of its goal', async () => {
    const memstats = { HeapAlloc: 30, HeapInuse: 50, HeapSys: 90, Sys: 100, NextGC: 40, NumGC: 3, HeapObjects: 7 };
    const trend = await trendOf(go([memstats, { ...memstats, HeapAlloc: 36, HeapInuse: 60, Mallocs: 9 }]));
    expect(trend.pressure).toEqual({ ofLimit: null, ofGoal: 0.9, live: 20, unused: 24 });
    // No collection between the two samples: what is in use says more than what was allocated.
    expect(trend.difference).toEqual({ used: 6, inUse: 10, collections: 0, prefers: 'inUse' });
  });

  test('of a log of collections: how many full ones there were, and the longest pause', async () => {
    const line = (ms: number, kind: string, pause: number) =>
      `[9:0x1]  ${ms} ms: ${kind} 20.0 (50.0) -> 10.0 (50.0) MB, ${pause} / 0.00 ms  (average mu = 0.9)`;
    const trend = await trendOf([
      line(100, 'Scavenge', 1.5),
      line(200, 'Mark-Compact', 2500.25),
      line(300, 'Mark-Compact', 12),
    ]);
    expect(trend.longestPause).toBe(2500.25);
    expect(trend.difference.collections).toBe(2);
    const pauses = await trendOf([
      'gc 1 @0.040s 6%: 0.5+90+0.25 ms clock, 0.07+0.09/0.02/0.1+0.006 ms cpu, 10->10->9 MB, 10 MB goal, 0 MB stacks, 0 MB globals, 2 P',
      'gc 2 @0.080s 6%: 0.5+10+3.25 ms clock, 0.07+0.09/0.02/0.1+0.006 ms cpu, 10->10->9 MB, 10 MB goal, 0 MB stacks, 0 MB globals, 2 P',
    ]);
    expect(pauses.longestPause).toBe(3.75);
    expect(pauses.difference.collections).toBe(1);
  });

  test('detached contexts that become more and more are a trend, a few that come and go are none', async () => {
    const heap = { used: 100, total: 200 };
    const growing = Array.from({ length: 60 }, (_, at) => ({ ...heap, detached: Math.floor(at / 4) }));
    expect((await trendOf(v8(growing))).detachedContexts).toMatchObject({ first: 0, last: 14, isRising: true });
    const steady = Array.from({ length: 60 }, (_, at) => ({ ...heap, detached: at % 3 }));
    expect((await trendOf(v8(steady))).detachedContexts).toMatchObject({ isRising: false });
    const two = Array.from({ length: 60 }, (_, at) => ({ ...heap, detached: at < 30 ? 0 : 2 }));
    expect((await trendOf(v8(two))).detachedContexts).toMatchObject({ first: 0, last: 2, isRising: false });
  });

  test('are from the very first sample to the last one, however many there are', async () => {
    const trend = await trendOf(v8(Array.from({ length: 10_000 }, (_, at) => ({ used: 1000 + at, total: 20_000 }))));
    expect(trend.difference.used).toBe(9999);
    expect(trend.rates[0]).toEqual({ metric: 'v8.heap_used', perMinute: 1 });
  });

  test('of a program that has made so much, and keeps it, do not rise', async () => {
    const heap = { used: 100, total: 5e7 };
    const filled = Array.from({ length: 60 }, (_, at) => ({
      ...{ used: 100, total: 5e7 + Math.min(at, 20) * 1e6 },
      detached: Math.min(at, 20),
    }));
    expect(await trendOf(v8(filled))).toMatchObject({
      residentRises: false,
      detachedContexts: { first: 0, last: 20, isRising: false },
    });
    const rising = Array.from({ length: 60 }, (_, at) => ({ ...heap, total: heap.total + at * 1e6 }));
    expect((await trendOf(v8(rising))).residentRises).toBe(true);
    const byALittle = Array.from({ length: 60 }, (_, at) => ({ ...heap, total: heap.total + at * 1e4 }));
    expect((await trendOf(v8(byALittle))).residentRises).toBe(false);
  });

  test('objects that nobody counts are in no rule', async () => {
    const line = (at: number) =>
      `gc ${at + 1} @${at}s 6%: 0.5+90+0.25 ms clock, 0.07+0.09/0.02/0.1+0.006 ms cpu, 10->10->9 MB, 10 MB goal, 2 P`;
    const { rules } = await trendOf(Array.from({ length: 10 }, (_, at) => line(at)));
    expect(rules.map(({ rule }) => rule).filter((name) => name.includes('objects'))).toEqual([]);
    expect(rules.map(({ rule }) => rule)).toContain('5 MB in two cycles');
  });

  test('objects a minute are compared behind collections only', async () => {
    const sample = (at: number, objects: number) => ({
      HeapAlloc: 30,
      NextGC: 40,
      NumGC: Math.floor(at / 2),
      HeapObjects: objects,
    });
    const swinging = Array.from({ length: 12 }, (_, at) => sample(at, at % 2 === 0 ? 1000 : 900_000));
    const rising = Array.from({ length: 12 }, (_, at) => sample(at, 1000 + at * 250_000));
    const firedIn = async (samples: typeof rising) =>
      (await trendOf(go(samples))).rules.find(({ rule }) => rule === '200,000 objects a minute')?.fired;
    expect(await firedIn(swinging)).toBe(0);
    expect(await firedIn(rising)).toBe(4);
  });
});
