import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { theilSen } from '#src/trend/theil-sen.js';
import { createRandom } from '../build/random.js';
import { plainTail } from './plain-score.js';
import { normal, rounds, tiedSeries } from './random-series.js';

function plainMedian(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return (sorted[(sorted.length - 1) >> 1] + sorted[sorted.length >> 1]) / 2;
}

/** All pairs, all ranks, and all orders of n values for the level. */
function plainLine(values: readonly number[], positions: readonly number[], wanted: number) {
  const pairs = rounds(values.length).flatMap((later) => rounds(later).map((earlier) => [earlier, later]));
  const slopes = pairs.map(([i, j]) => (values[j] - values[i]) / (positions[j] - positions[i])).sort((a, b) => a - b);
  const levelOf = (rank: number) => 1 - 2 * plainTail(rounds(values.length), slopes.length - 2 * rank + 2);
  const ranks = rounds(Math.ceil(slopes.length / 2)).map((index) => index + 1);
  const rank = ranks.findLast((candidate) => levelOf(candidate) >= wanted) ?? 1;
  const slope = plainMedian(slopes);
  return {
    slope,
    intercept: plainMedian(values.map((value, at) => value - slope * positions[at])),
    low: slopes[rank - 1],
    high: slopes.at(-rank),
    level: expect.closeTo(levelOf(rank), 12),
  };
}

test('line, interval and level are those of the definition', () => {
  const random = createRandom(31);
  for (let round = 0; round < 60; round++) {
    const n = 2 + random.int(5);
    const values = random.chance(0.5) ? tiedSeries(random, n) : rounds(n).map(() => normal(random));
    const positions = rounds(n).map((at) => 3 * at + random.next());
    const level = random.pick([0.5, 0.9, 0.95]);
    expect(theilSen(values, { positions, level })).toEqual(plainLine(values, positions, level));
    expect(theilSen(values)).toEqual(plainLine(values, rounds(n), 0.95));
  }
});

describe('the level', () => {
  test.each([
    [2, 0],
    [3, 2 / 3],
    [4, 11 / 12],
    [5, 59 / 60],
    [6, 359 / 360],
  ])('of %d values is %d at most', (n, most) => {
    expect(theilSen(rounds(n), { level: 1 }).level).toBeCloseTo(most, 12);
  });

  test('is at least the one asked for from five values on, and the interval no wider than that takes', () => {
    for (let n = 5; n < 60; n++) {
      const { level } = theilSen(rounds(n), { level: 0.95 });
      expect(level).toBeGreaterThanOrEqual(0.95);
      expect(level).toBeLessThan(n < 10 ? 0.985 : 0.97);
    }
  });

  test.each([
    [5, 59 / 60],
    [8, 0.96885],
    [20, 0.95],
  ])('of %d values is how often the interval has the slope in it', (n, level) => {
    const random = createRandom(32 + n);
    let covered = 0;
    for (let round = 0; round < 2000; round++) {
      const { low, high } = theilSen(rounds(n).map((at) => 3 * at + 5 * normal(random)));
      if (low <= 3 && 3 <= high) covered++;
    }
    expect(theilSen(rounds(n)).level).toBeCloseTo(level, 2);
    // Three standard deviations of a share of 2,000, and the error of the approximation from ten values on.
    const allowed = 3 * Math.sqrt((level * (1 - level)) / 2000) + (n < 10 ? 0 : 0.005);
    expect(Math.abs(covered / 2000 - level)).toBeLessThan(allowed);
  });

  test('is the least there is where counts tie', () => {
    const random = createRandom(40);
    let covered = 0;
    for (let round = 0; round < 2000; round++) {
      const { low, high } = theilSen(rounds(6).map((at) => 3 * at + random.int(3)));
      if (low <= 3 && 3 <= high) covered++;
    }
    expect(covered / 2000).toBeGreaterThan(0.9833 - 0.009);
  });
});

test('the interval has 0 in it where a wrong order might be chance, and leaves it out where values always rise', () => {
  expect(theilSen([10, 12, 11, 14, 17, 16])).toEqual({ slope: 4 / 3, intercept: 10, low: -1, high: 3, level: 59 / 60 });
  const { low, slope, high } = theilSen([10, 11, 13, 14, 17, 18]);
  expect([low, slope, high]).toEqual([1, 5 / 3, 2]);
});

test('a wild value does not take the line along', () => {
  const values = rounds(12).map((round) => 100 + 7 * round);
  expect(theilSen(values.with(5, 1e9))).toMatchObject({ slope: 7, intercept: 100 });
});

test('autocorrelation makes the interval wider, not the line another', () => {
  const random = createRandom(33);
  const values = rounds(40).map((at) => at + 10 * normal(random));
  const [plain, wide] = [theilSen(values), theilSen(values, { varianceFactor: 4 })];
  expect(wide.slope).toBe(plain.slope);
  expect(wide.high - wide.low).toBeGreaterThan(1.6 * (plain.high - plain.low));
  expect(wide.level).toBeGreaterThanOrEqual(0.95);
});

test('the line moves and stretches with the values and positions', () => {
  const series = fc.array(fc.integer({ min: -1000, max: 1000 }), { minLength: 2, maxLength: 30 });
  const amount = fc.integer({ min: 1, max: 64 });
  fc.assert(
    fc.property(series, amount, amount, (values, scale, shift) => {
      const line = theilSen(values);
      const moved = theilSen(values.map((value) => scale * value + shift));
      const near = (expected: number) => expect.closeTo(expected, 8);
      expect(moved).toMatchObject({ slope: near(scale * line.slope), intercept: near(scale * line.intercept + shift) });
      expect(moved).toMatchObject({ low: near(scale * line.low), high: near(scale * line.high), level: line.level });
      const stretched = theilSen(values, { positions: values.map((_, at) => scale * at) });
      expect(stretched).toMatchObject({ slope: near(line.slope / scale), intercept: near(line.intercept) });
    }),
    { seed: 8, numRuns: 300 },
  );
});

test('too few and too many values are refused', () => {
  expect(() => theilSen([1])).toThrow('series: found 1 values, expected 2 to 2000');
  expect(() => theilSen(rounds(2001))).toThrow('series: found 2001 values, expected 2 to 2000');
  expect(() => theilSen([1, 2], { positions: [1, 1] })).toThrow('positions: found 1 after 1');
  expect(theilSen(rounds(2000))).toMatchObject({ slope: 1, intercept: 0, low: 1, high: 1 });
});
