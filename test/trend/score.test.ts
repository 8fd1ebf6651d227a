import { expect, test } from 'vitest';
import { tieSizes } from '#src/trend/order-statistics.js';
import { approximateTail, scoreOf, scoreTail, scoreVariance } from '#src/trend/score.js';
import { exactTail } from '#src/trend/score-distribution.js';
import { createRandom } from '../build/random.js';
import { orders, plainScore } from './plain-score.js';
import { tiedSeries } from './random-series.js';

test('S is rising pairs less falling ones', () => {
  const random = createRandom(4);
  for (let round = 0; round < 100; round++) {
    const values = tiedSeries(random, 1 + random.int(30));
    expect(scoreOf(values)).toBe(plainScore(values));
  }
});

test('its variance is that over all orders', () => {
  const random = createRandom(5);
  for (let round = 0; round < 20; round++) {
    const values = tiedSeries(random, 2 + random.int(5));
    const squares = [...orders(values)].map((order) => plainScore(order) ** 2);
    const mean = squares.reduce((sum, square) => sum + square, 0) / squares.length;
    expect(scoreVariance(tieSizes(values))).toBeCloseTo(mean, 10);
  }
});

test('the approximation is within a hundredth of the exact tail of nine values', () => {
  const sizes = new Array(9).fill(1);
  for (let s = -36; s <= 36; s += 2) {
    expect(Math.abs(approximateTail(s, scoreVariance(sizes)) - exactTail(sizes, s)), `${s}`).toBeLessThan(0.01);
  }
});

test('nine values go the exact way, ten the other', () => {
  expect(scoreTail(new Array(9).fill(1), 36)).toBe(1 / 362_880);
  expect(scoreTail(new Array(10).fill(1), 45)).toBe(approximateTail(45, 125));
});

test('without variance only S = 0 can be', () => {
  expect([-1, 0, 1].map((s) => approximateTail(s, 0))).toEqual([1, 1, 0]);
});
