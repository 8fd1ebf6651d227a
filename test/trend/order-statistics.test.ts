import { describe, expect, test } from 'vitest';
import { averageRanks, median, medianOfSorted, tieSizes } from '#src/trend/order-statistics.js';
import { createRandom } from '../build/random.js';
import { tiedSeries } from './random-series.js';

test('the median is the middle value or the mean of two, and leaves its input alone', () => {
  const values = [10, 9, 100, -1];
  expect(median(values)).toBe(9.5);
  expect(median([10, 9, 100])).toBe(10);
  expect(medianOfSorted([1, 2, 4])).toBe(2);
  expect(values).toEqual([10, 9, 100, -1]);
  expect(median([])).toBeNaN();
});

test('ties are counted by ascending value', () => {
  expect(tieSizes([3, 1, 3, 10, 2, 3])).toEqual([1, 1, 3, 1]);
  expect(tieSizes([])).toEqual([]);
});

describe('average ranks', () => {
  test('are shared by equal values', () => {
    expect(averageRanks([30, 10, 30, 20])).toEqual([3.5, 1, 3.5, 2]);
    expect(averageRanks([7, 7, 7])).toEqual([2, 2, 2]);
  });

  test('are one more than how many are smaller, and half of the others that are equal', () => {
    const random = createRandom(1);
    for (let round = 0; round < 200; round++) {
      const values = tiedSeries(random, 1 + random.int(12));
      const expected = values.map((value) => {
        const smaller = values.filter((other) => other < value).length;
        return smaller + (values.filter((other) => other === value).length + 1) / 2;
      });
      expect(averageRanks(values)).toEqual(expected);
    }
  });
});
