import { describe, expect, test } from 'vitest';
import { AboveP99, Baseline, FrozenThreshold } from '#src/scan/baseline.js';
import { RollingThreshold } from '#src/scan/rolling-threshold.js';
import { RiseAMinute, type ThresholdRule, TwoLimits } from '#src/scan/rules.js';
import { createRandom } from '../build/random.js';

/** P95 with linear interpolation, and α times the sample standard deviation. */
function plainThreshold(values: readonly number[], alpha: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  const at = 0.95 * (sorted.length - 1);
  const [low, high] = [sorted[Math.floor(at)], sorted[Math.ceil(at)]];
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1);
  return low + (at - Math.floor(at)) * (high - low) + alpha * Math.sqrt(variance);
}

function firedOn(rule: ThresholdRule, values: readonly number[], objects?: readonly number[]): number[] {
  for (const [at, value] of values.entries()) rule.add(at, value, objects?.[at]);
  return rule.result.samples.map(({ ts }) => ts);
}

describe('the seed’s rolling threshold', () => {
  test('equals P95 + α·σ over the window, the newest sample among it, and is none before that is full', () => {
    const random = createRandom(3);
    for (let round = 0; round < 30; round++) {
      const window = 2 + random.int(20);
      const alpha = [0.5, 1.5, 3][random.int(3)];
      const base = 5e8;
      const values = Array.from({ length: 100 }, () => base + random.int(round % 2 === 0 ? 10 : 1e8));
      const rule = new RollingThreshold(alpha, { samples: window });
      const fired: number[] = [];
      for (const [at, value] of values.entries()) {
        rule.add(at, value);
        const expected = at + 1 < window ? undefined : plainThreshold(values.slice(at + 1 - window, at + 1), alpha);
        const { threshold } = rule.result;
        if (expected === undefined) expect(threshold).toBeUndefined();
        else expect(Math.abs((threshold ?? 0) - expected), `round ${round}, sample ${at}`).toBeLessThan(1e-9 * base);
        if (expected !== undefined && value > expected) fired.push(at);
      }
      expect(rule.result.samples.map(({ ts }) => ts)).toEqual(fired.slice(0, 10));
    }
  });

  test('may look back a time instead, as its text says: what is older is no longer in it', () => {
    const random = createRandom(5);
    for (let round = 0; round < 30; round++) {
      const [ms, alpha] = [1000 + random.int(5000), 0.5];
      const rule = new RollingThreshold(alpha, { ms });
      let ts = 0;
      const seen: { ts: number; value: number }[] = [];
      // More than the first room of a window, in some rounds.
      for (let at = 0; at < 3000; at++) {
        ts += random.int(round % 3 === 0 ? 4 : 200);
        const value = 1e8 + random.int(1e6);
        seen.push({ ts, value });
        rule.add(ts, value);
        if (at % 97 !== 0) continue;
        const inside = seen.filter((one) => one.ts >= ts - ms).map((one) => one.value);
        const { threshold } = rule.result;
        if (inside.length === seen.length) expect(threshold).toBeUndefined();
        else
          expect(
            Math.abs((threshold ?? 0) - plainThreshold(inside, alpha)),
            `round ${round}, sample ${at}`,
          ).toBeLessThan(1);
      }
    }
  });

  test('never fires on a steady ramp, which is why it is no test for a leak', () => {
    const ramp = Array.from({ length: 5000 }, (_, at) => 1e8 + 1e5 * at);
    for (const alpha of [0.5, 1.5, 3]) expect(firedOn(new RollingThreshold(alpha, { samples: 360 }), ramp)).toEqual([]);
    expect(firedOn(new RollingThreshold(0.1, { samples: 360 }), ramp).length).toBe(10);
  });
});

describe('a baseline', () => {
  const values = [10, 12, 11, 13, 9, 10, 12, 11, 10, 12];
  const later = [20, 20, 10, 20, 20, 20, 20, 10, 20];

  test('is what comes behind the warm-up; its threshold fires on the third in a row above it', () => {
    const baseline = new Baseline(2, 10);
    const rule = new FrozenThreshold(baseline, 1.5);
    const fired: number[] = [];
    for (const [at, value] of [500, 400, ...values, ...later].entries()) {
      if (baseline.take(value)) continue;
      const before = rule.result.fired;
      rule.add(at, value);
      if (rule.result.fired > before) fired.push(at);
    }
    expect(fired).toEqual([17, 18]);
    expect(rule.result.threshold).toBeCloseTo(plainThreshold(values, 1.5), 12);
    expect(rule.result.fired).toBe(2);
  });

  test('may be that of another run', () => {
    const rule = new FrozenThreshold(Baseline.of(values), 1.5);
    expect(firedOn(rule, later)).toEqual([5, 6]);
    expect(rule.result.threshold).toBeCloseTo(plainThreshold(values, 1.5), 12);
  });

  test('says by its 99th percentile whether the newest value is out of the ordinary', () => {
    const hundred = Array.from({ length: 101 }, (_, at) => at);
    const rule = new AboveP99(Baseline.of(hundred));
    expect(firedOn(rule, [99, 99.5, 100])).toEqual([1, 2]);
    expect(rule.result).toMatchObject({ threshold: 99, isAboveNow: true });
    rule.add(3, 98);
    expect(rule.result).toMatchObject({ fired: 2, isAboveNow: false });
  });
});

describe('the two limits', () => {
  const MB = 1 << 20;
  const values = [0, 6, 12, 12, 18, 19].map((megabytes) => megabytes * MB);

  test('are 5 MB and 1,000 objects from one sample to the next', () => {
    const objects = [0, 1001, 2002, 2002, 3002, 5000];
    expect(firedOn(new TwoLimits(1), values, objects)).toEqual([1, 2]);
    expect(firedOn(new TwoLimits(2), values, objects)).toEqual([2]);
  });

  test('are bytes alone where nobody counts objects, and the name says which', () => {
    expect(firedOn(new TwoLimits(1), values)).toEqual([1, 2, 4]);
    const counting = new TwoLimits(2);
    counting.add(0, 0, 7);
    expect([new TwoLimits(1).name, counting.name]).toEqual([
      '5 MB in one cycle',
      '5 MB and 1,000 objects in two cycles',
    ]);
  });
});

test('a rise a minute counts the time between samples, and periods in a row', () => {
  const rule = new RiseAMinute('6 bytes a minute', 6, 2);
  const series: [seconds: number, value: number][] = [
    [0, 0],
    [10, 2],
    [20, 4],
    [30, 5],
    [60, 9],
    [60, 100],
    [70, 102],
  ];
  for (const [seconds, value] of series) rule.add(1000 * seconds, value);
  expect(rule.result.samples.map(({ ts }) => ts)).toEqual([20_000, 70_000].slice(0, rule.result.fired));
});
