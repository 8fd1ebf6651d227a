import { expect, test } from 'vitest';
import { evenly } from '#src/trend/evenly.js';
import { trendOf, withAdjusted } from '#src/trend/trend.js';

test('evenly keeps the ends, and all where there are few', () => {
  expect(evenly(4, 10)).toEqual([0, 1, 2, 3]);
  const kept = evenly(2001, 5);
  expect(kept).toEqual([0, 500, 1000, 1500, 2000]);
  const many = evenly(12_345, 500);
  expect(new Set(many).size).toBe(500);
  expect([many[0], many.at(-1)]).toEqual([0, 12_344]);
});

test('a trend is per interval, however long the series', () => {
  for (const length of [2, 7, 400, 3000]) {
    const count = Array.from({ length }, (_, at) => 10 + 3 * at);
    const trend = trendOf(
      count,
      count.map((n) => 100 * n),
      0.01,
    );
    expect(trend.countPerInterval).toBeCloseTo(3, 9);
    expect(trend.bytesPerInterval).toBeCloseTo(300, 9);
    expect(trend.adjustedPValue).toBe(length >= 6 ? 0.01 : null);
    expect(withAdjusted(trend, 0.5).adjustedPValue).toBe(length >= 6 ? 0.5 : null);
    expect(trend.shape).toBe(length >= 5 ? 'linear' : 'undetermined');
  }
});
