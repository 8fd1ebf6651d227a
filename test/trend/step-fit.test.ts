import { expect, test } from 'vitest';
import { fitStep } from '#src/trend/step-fit.js';
import { createRandom } from '../build/random.js';
import { normal, rounds } from './random-series.js';

function squaresOf(values: readonly number[]): number {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
}

test('the change point leaves less than any other', () => {
  const random = createRandom(71);
  for (let round = 0; round < 200; round++) {
    const n = 2 + random.int(14);
    const [change, height] = [random.int(n), 4 * random.next()];
    const y = rounds(n).map((at) => 1e9 + (at < change ? 0 : height) + normal(random));
    const left = rounds(n - 1).map((at) => squaresOf(y.slice(0, at + 1)) + squaresOf(y.slice(at + 1)));
    const { at, rss } = fitStep(y);
    expect(rss).toBeCloseTo(Math.min(...left), 5);
    expect(left[at - 1]).toBeCloseTo(rss, 5);
  }
});

test('both levels are means', () => {
  expect(fitStep([10, 12, 10, 12, 200, 210])).toEqual({ before: 11, after: 205, at: 4, rss: 54 });
  expect(fitStep([1, 9])).toEqual({ before: 1, after: 9, at: 1, rss: 0 });
});

test('of equally good change points it is the first', () => {
  expect(fitStep([5, 5, 5, 5])).toEqual({ before: 5, after: 5, at: 1, rss: 0 });
  expect(fitStep([0, 1, 0])).toMatchObject({ at: 1 });
});
