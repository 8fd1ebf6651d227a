import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { estimateMissed } from '#src/scan/capture-recapture.js';
import { rounds } from '../trend/random-series.js';

function choose(n: number, k: number): number {
  return rounds(k).reduce((product, at) => (product * (n - at)) / (at + 1), 1);
}

/** How likely two independent searches have so many in common. */
function agreement(all: number, first: number, second: number): { both: number; share: number }[] {
  return rounds(Math.min(first, second) + 1)
    .filter((both) => second - both <= all - first)
    .map((both) => ({
      both,
      share: (choose(first, both) * choose(all - first, second - both)) / choose(all, second),
    }));
}

test.each([
  [100, 150, 20, 725.2380952380952, 158_610_400 / 9702],
  [10, 8, 5, 15.5, 5.892857142857143],
  [4, 3, 0, 19, 120],
  [7, 7, 7, 7, 0],
  [5, 0, 0, 5, 0],
  [0, 0, 0, 0, 0],
])('%d and %d found, %d of them twice: %d in all, with variance %d', (first, second, both, total, variance) => {
  const estimate = estimateMissed(first, second, both);
  expect(estimate.total).toBeCloseTo(total, 10);
  expect(estimate.variance).toBeCloseTo(variance, 7);
  expect(estimate.missed).toBeCloseTo(total - (first + second - both), 10);
});

test('missed is what either found alone, multiplied, over what both found and one', () => {
  const count = fc.nat({ max: 10_000 });
  fc.assert(
    fc.property(count, count, count, (first, second, both) => {
      const { total, missed } = estimateMissed(first + both, second + both, both);
      expect(missed).toBeGreaterThanOrEqual(0);
      expect(Math.abs(missed - (first * second) / (both + 1))).toBeLessThan(1e-9 * (1 + total));
    }),
    { seed: 1951 },
  );
});

describe('over all that two independent searches can come to', () => {
  test.each([
    [10, 6, 5],
    [12, 9, 3],
    [20, 12, 15],
  ])('of %d, %d and %d found, neither total nor variance is biased', (all, first, second) => {
    const outcomes = agreement(all, first, second).map(({ both, share }) => ({
      share,
      ...estimateMissed(first, second, both),
    }));
    const mean = (of: (outcome: (typeof outcomes)[number]) => number) =>
      outcomes.reduce((sum, outcome) => sum + outcome.share * of(outcome), 0);
    expect(outcomes.length).toBeGreaterThan(2);
    expect(mean(() => 1)).toBeCloseTo(1, 12);
    expect(mean(({ total }) => total)).toBeCloseTo(all, 9);
    const spread = mean(({ total }) => (total - all) ** 2);
    expect(spread).toBeGreaterThan(0.1);
    expect(mean(({ variance }) => variance)).toBeCloseTo(spread, 9);
  });

  test('of more than both together can see, the total is too low', () => {
    const outcomes = agreement(30, 4, 5);
    const mean = outcomes.reduce((sum, { both, share }) => sum + share * estimateMissed(4, 5, both).total, 0);
    expect(mean).toBeGreaterThan(10);
    expect(mean).toBeLessThan(29);
  });
});

test('counts that are none, and more in common than either found, are refused', () => {
  expect(() => estimateMissed(3, 5, 4)).toThrow(
    new RangeError('found by detectors: found 4, expected a whole number from 0 to 3'),
  );
  for (const wrong of [-1, 0.5, Number.NaN]) expect(() => estimateMissed(wrong, 5, 0)).toThrow(RangeError);
});
