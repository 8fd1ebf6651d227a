import { describe, expect, test } from 'vitest';
import { fitSaturation } from '#src/trend/saturating-fit.js';
import { createRandom } from '../build/random.js';
import { normal, rounds } from './random-series.js';

const curve = (start: number, rise: number, tau: number) => (time: number) =>
  start + rise * (1 - Math.exp(-time / tau));

describe('a curve is found again', () => {
  test.each([
    [6, 0.6],
    [6, 2],
    [8, 3],
    [12, 1],
    [100, 25],
  ])('of %d values with τ = %d', (n, tau) => {
    const fit = fitSaturation(rounds(n).map(curve(-20, 300, tau)), rounds(n));
    expect(fit.tau / tau).toBeCloseTo(1, 4);
    expect(fit.start).toBeCloseTo(-20, 1);
    expect(fit.rise / 300).toBeCloseTo(1, 4);
    expect(fit.rss).toBeLessThan(1e-3);
  });

  test('also one that falls, at positions that are seconds', () => {
    const positions = [1000, 1060, 1130, 1200, 1260, 1330, 1400];
    const y = positions.map((position) => curve(500, -80, 90)(position - 1000));
    const { start, rise, tau } = fitSaturation(y, positions);
    expect([start, rise, tau].map(Math.round)).toEqual([500, -80, 90]);
  });
});

test('τ ends at half the span for what hardly bends, and at two fifths of a round for what bends at once', () => {
  expect(fitSaturation(rounds(9), rounds(9)).tau).toBeCloseTo(4, 3);
  expect(fitSaturation([0, 9, 9, 9, 9, 9], rounds(6)).tau).toBeCloseTo(0.4, 4);
});

test('no τ of a fine grid leaves less', () => {
  const random = createRandom(81);
  for (let round = 0; round < 400; round++) {
    // Noise alone has two valleys now and then, in long series above all.
    const n = random.pick([6, 8, 12, 40]);
    const form = curve(0, random.pick([0, 5]), 1 + 3 * random.next());
    const y = rounds(n).map((at) => form(at) + normal(random));
    const { rss } = fitSaturation(y, rounds(n));
    for (let tau = 0.4; tau <= (n - 1) / 2; tau *= 1.05) expect(leastSquares(y, tau)).toBeGreaterThan(rss * (1 - 1e-6));
  }
});

/** What the best curve with this τ leaves: a and b from the two normal equations. */
function leastSquares(y: readonly number[], tau: number): number {
  const basis = y.map((_, at) => 1 - Math.exp(-at / tau));
  const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
  const n = y.length;
  const [s1, s2] = [sum(basis), sum(basis.map((value) => value ** 2))];
  const [t1, t2] = [sum(y), sum(basis.map((value, at) => value * y[at]))];
  const b = (n * t2 - s1 * t1) / (n * s2 - s1 ** 2);
  const a = (t1 - b * s1) / n;
  return sum(y.map((value, at) => (value - a - b * basis[at]) ** 2));
}
