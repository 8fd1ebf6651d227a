import { expect, test } from 'vitest';
import { tieSizes } from '#src/trend/order-statistics.js';
import { EXACT_UP_TO, exactTail } from '#src/trend/score-distribution.js';
import { createRandom } from '../build/random.js';
import { plainTail } from './plain-score.js';
import { tiedSeries } from './random-series.js';

test('it is the distribution over all orders of the values, whatever ties they have', () => {
  const random = createRandom(3);
  const patterns = new Set<string>();
  for (let round = 0; round < 60; round++) {
    const values = tiedSeries(random, 1 + random.int(6));
    const sizes = tieSizes(values);
    patterns.add(sizes.join());
    const most = (values.length * (values.length - 1)) / 2;
    for (let s = -most - 1; s <= most + 1; s++) {
      expect(exactTail(sizes, s), `${values} ${s}`).toBeCloseTo(plainTail(values, s), 14);
    }
  }
  expect(patterns.size).toBeGreaterThan(20);
});

test('nine values without ties: one order of 362,880 always rises, eight more have one inversion', () => {
  const untied = new Array(EXACT_UP_TO).fill(1);
  expect(exactTail(untied, 36)).toBe(1 / 362_880);
  expect(exactTail(untied, 34)).toBe(9 / 362_880);
  expect(exactTail(untied, 37)).toBe(0);
  expect(exactTail(untied, -36)).toBe(1);
});

test('the order of groups of equal values does not matter', () => {
  for (let s = -20; s <= 20; s++) expect(exactTail([3, 1, 2], s)).toBe(exactTail([1, 2, 3], s));
});

test('S lies about 0 evenly: P(S ≥ s) = P(S ≤ -s)', () => {
  const sizes = [2, 1, 4, 1];
  for (let s = -20; s <= 20; s++) expect(exactTail(sizes, s)).toBeCloseTo(1 - exactTail(sizes, 1 - s), 14);
});
