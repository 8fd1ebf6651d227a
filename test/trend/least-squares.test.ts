import { expect, test } from 'vitest';
import { fitConstant, fitLine } from '#src/trend/least-squares.js';
import { createRandom } from '../build/random.js';
import { normal, rounds } from './random-series.js';

test('a line is found again', () => {
  expect(fitLine([0, 1, 2, 5], [3, 5, 7, 13])).toEqual({ intercept: 3, slope: 2, rss: 0 });
  expect(fitLine([1, 2, 3], [1, 2, 6])).toMatchObject({ intercept: -2, slope: 2.5, rss: expect.closeTo(1.5, 12) });
  expect(fitLine([4, 4], [1, 3])).toEqual({ intercept: 2, slope: 0, rss: 2 });
});

test('no other line leaves less', () => {
  const random = createRandom(61);
  for (let round = 0; round < 50; round++) {
    const x = rounds(8).map((at) => at + random.next());
    const y = x.map(() => normal(random));
    const { intercept, slope, rss } = fitLine(x, y);
    const left = (a: number, b: number) => x.reduce((sum, value, at) => sum + (y[at] - a - b * value) ** 2, 0);
    expect(rss).toBeCloseTo(left(intercept, slope), 10);
    for (const [a, b] of [
      [0.01, 0],
      [-0.01, 0],
      [0, 0.01],
      [0, -0.01],
      [0.01, -0.01],
    ]) {
      expect(left(intercept + a, slope + b)).toBeGreaterThan(rss);
    }
  }
});

test('small changes of large sizes are not lost', () => {
  const y = [0, 2, 4, 6].map((value) => 2e15 + value);
  expect(fitLine([0, 1, 2, 3], y)).toMatchObject({ slope: 2, rss: 0 });
  expect(fitConstant(y)).toEqual({ level: 2e15 + 3, rss: 20 });
});
