import { describe, expect, test } from 'vitest';
import { warmUpOf } from '#src/trend/warm-up.js';
import { createRandom } from '../build/random.js';
import { normal, rounds } from './random-series.js';

/** Totals of 50 MB that grow by 100 kB a round, the first rounds by as many megabytes more. */
function totals(n: number, first: readonly number[] = [], noise: () => number = () => 0): number[] {
  let level = 50e6;
  return rounds(n).map((round) => {
    if (round > 0) level += 1e5 + 1e6 * (first[round - 1] ?? 0);
    return Math.round(level + noise());
  });
}

describe('by default', () => {
  test.each([
    [0, 0],
    [1, 0],
    [5, 0],
    [6, 1],
    [7, 1],
    [20, 1],
  ])('of %d snapshots that grow evenly %d are dropped', (n, drop) => {
    expect(warmUpOf(totals(n))).toEqual({ drop, because: 'default' });
  });

  test('so are they where nothing changes, and where the first round alone is another', () => {
    for (const n of [6, 7, 8, 12]) {
      expect(warmUpOf(new Array(n).fill(9e6))).toEqual({ drop: 1, because: 'default' });
      expect(warmUpOf(totals(n, [5]))).toEqual({ drop: 1, because: 'default' });
    }
  });
});

test('a few bytes more or less in a heap that does not change are no change point', () => {
  const totals = [9e6, 9e6, 9e6 + 2, 9e6, 9e6, 9e6, 9e6, 9e6];
  expect(warmUpOf(totals)).toEqual({ drop: 1, because: 'default' });
  expect(warmUpOf(totals.with(0, 9e6 - 100).with(1, 9e6 - 100))).toEqual({ drop: 2, because: 'change point' });
});

describe('an early change point', () => {
  test.each([
    [7, [5, 2], 2],
    [8, [5, 2], 2],
    [9, [8, 4, 2], 3],
    [12, [8, 4, 2], 3],
    [12, [8, 4, 2, 1], 4],
    [12, [0, 4], 2],
    [9, [5, -3], 2],
  ])('of %d snapshots with first rounds of %j extends it to %d', (n, first, drop) => {
    expect(warmUpOf(totals(n, first))).toEqual({ drop, because: 'change point' });
  });

  test.each([
    [6, 1],
    [7, 2],
    [8, 2],
    [9, 3],
    [11, 3],
    [12, 4],
    [30, 10],
  ])('of %d snapshots never drops more than %d, however long it takes', (n, drop) => {
    const slow = rounds(n).map((round) => (round < n / 2 ? 9 - (9 * round) / n : 0));
    expect(warmUpOf(totals(n, slow)).drop).toBeLessThanOrEqual(drop);
    const first = new Array(drop).fill(9);
    expect(warmUpOf(totals(n, first)).drop).toBe(drop);
  });

  test('later than a third is none: that is a step of the series', () => {
    expect(warmUpOf(totals(12, [0, 0, 0, 0, 0, 0, 9]))).toEqual({ drop: 1, because: 'default' });
  });

  test('is found in noise, and seldom where there is none', () => {
    const random = createRandom(51);
    let [found, mistaken] = [0, 0];
    for (let round = 0; round < 500; round++) {
      const noise = () => 2e4 * normal(random);
      if (warmUpOf(totals(8, [1, 0.6], noise)).drop === 2) found++;
      if (warmUpOf(totals(8, [], noise)).because === 'change point') mistaken++;
    }
    // Measured on 1,000 series of these proportions: 98 % or more, and 3 %, standard deviation 4 of 500.
    expect(found).toBeGreaterThan(485);
    expect(mistaken).toBeLessThan(28);
  });
});

describe('a request', () => {
  test.each([
    [0, 8],
    [3, 8],
    [7, 8],
    [0, 0],
    [1, 2],
  ])('of %d is taken as it is for %d snapshots', (requested, n) => {
    expect(warmUpOf(totals(n, [5, 5]), requested)).toEqual({ drop: requested, because: 'requested' });
  });

  test.each([-1, 1.5, 8, 9, Number.NaN])('of %d for eight snapshots is refused', (requested) => {
    const message = `warm-up: found ${requested}, expected a whole number below 8, the snapshots there are`;
    expect(() => warmUpOf(totals(8), requested)).toThrow(new RangeError(message));
  });
});
