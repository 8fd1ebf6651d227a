import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { mannKendall } from '#src/trend/mann-kendall.js';
import { createRandom } from '../build/random.js';
import { plainScore, plainTail } from './plain-score.js';
import { normal, rounds, tiedSeries } from './random-series.js';

/** Of growth-and-ranking 3, to two digits: always rising, and with one inversion. */
const TABLE = [
  [3, '0.17', '0.50'],
  [4, '0.042', '0.17'],
  [5, '0.0083', '0.042'],
  [6, '0.0014', '0.0083'],
  [7, '0.00020', '0.0014'],
  [8, '0.000025', '0.00020'],
] as const;

describe('p for a rise', () => {
  test.each(TABLE)('of %d values that always rise, and of such with one inversion', (n, rising, inverted) => {
    const values = rounds(n).map((round) => 10 + round ** 2);
    const [all, allButOne] = [values, [values[1], values[0], ...values.slice(2)]].map(mannKendall);
    expect([all.p.toPrecision(2), allButOne.p.toPrecision(2)]).toEqual([rising, inverted]);
    // One order of n! has no inversion, n - 1 have one.
    const factorial = rounds(n).reduce((product, round) => product * (round + 1), 1);
    expect([all.p, allButOne.p]).toEqual([1 / factorial, n / factorial]);
    expect([all.s, allButOne.s]).toEqual([(n * (n - 1)) / 2, (n * (n - 1)) / 2 - 2]);
    expect([all.exact, allButOne.exact]).toEqual([true, true]);
  });

  test('equals the share of orders that rise as much, with ties', () => {
    const random = createRandom(11);
    for (let round = 0; round < 120; round++) {
      const values = tiedSeries(random, 2 + random.int(6));
      const s = plainScore(values);
      expect(mannKendall(values), `${values}`).toEqual({ s, p: expect.closeTo(plainTail(values, s), 12), exact: true });
    }
  });

  test('is 1 where all values are equal, and where there is none or one', () => {
    for (const n of [0, 1, 2, 5, 9, 10, 1000]) {
      expect(mannKendall(new Array(n).fill(7))).toEqual({ s: 0, p: 1, exact: n < 10 });
    }
  });

  test('is near 1 for a fall', () => {
    expect(mannKendall([5, 4, 3, 2, 1])).toEqual({ s: -10, p: 1, exact: true });
    expect(mannKendall(rounds(20).reverse()).p).toBeGreaterThan(0.99999);
  });

  test('from ten values on is approximate: corrected for ties and continuity', () => {
    // S = 45, variance 10·9·25/18 = 125: P(Z ≥ 44/√125).
    expect(mannKendall(rounds(10))).toEqual({ s: 45, p: expect.closeTo(4.1515351663e-5, 14), exact: false });
    // Five pairs of equal values: S = 40, variance 125 - 5·(2·1·9)/18 = 120: P(Z ≥ 39/√120).
    const stairs = rounds(10).map((round) => round >> 1);
    expect(mannKendall(stairs)).toEqual({ s: 40, p: expect.closeTo(1.8528860736e-4, 14), exact: false });
  });

  test('is at most 0.05 for no more than 5 % of series of noise', () => {
    const random = createRandom(12);
    for (const n of [5, 8, 12, 30]) {
      let found = 0;
      for (let round = 0; round < 1000; round++) {
        if (mannKendall(rounds(n).map(() => normal(random))).p <= 0.05) found++;
      }
      // 50 expected at most, standard deviation 6.9.
      expect(found, `n = ${n}`).toBeLessThan(71);
      expect(found, `n = ${n}`).toBeGreaterThan(20);
    }
  });
});

describe('S and p', () => {
  const series = fc.array(fc.integer({ min: -50, max: 50 }), { minLength: 2, maxLength: 40 });
  const settings = { seed: 7, numRuns: 300 };

  test('stay the same under maps that keep the order', () => {
    fc.assert(
      fc.property(series, fc.integer({ min: 1, max: 1000 }), fc.integer(), (values, scale, shift) => {
        expect(mannKendall(values.map((value) => scale * value + shift))).toEqual(mannKendall(values));
        expect(mannKendall(values.map((value) => value ** 3))).toEqual(mannKendall(values));
        expect(mannKendall(values.map((value) => Math.exp(value / 10)))).toEqual(mannKendall(values));
      }),
      settings,
    );
  });

  test('turn round with the series', () => {
    fc.assert(
      fc.property(series, (values) => {
        expect(mannKendall(values.toReversed()).s + mannKendall(values).s).toBe(0);
        expect(mannKendall(values.map((value) => -value)).s + mannKendall(values).s).toBe(0);
      }),
      settings,
    );
  });
});

test('what is no series is refused', () => {
  expect(() => mannKendall([1, Number.NaN])).toThrow('series: found NaN at 1, expected a finite number');
  expect(() => mannKendall(rounds(2001))).toThrow('series: found 2001 values, expected 0 to 2000');
});
