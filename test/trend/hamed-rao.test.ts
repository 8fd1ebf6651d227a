import { expect, test } from 'vitest';
import { hamedRao } from '#src/trend/hamed-rao.js';
import { mannKendall } from '#src/trend/mann-kendall.js';
import { averageRanks, median } from '#src/trend/order-statistics.js';
import { createRandom } from '../build/random.js';
import { autocorrelatedSeries, rounds } from './random-series.js';

/** The factor as the paper has it, step by step; not below 1. Rounding makes equal residuals equal. */
function plainFactor(values: readonly number[]): number {
  const n = values.length;
  const slope = median(rounds(n).flatMap((i) => rounds(i).map((j) => (values[i] - values[j]) / (i - j))));
  const ranks = averageRanks(values.map((value, at) => Number((value - slope * at).toFixed(8))));
  const mean = (n + 1) / 2;
  const covariance = (lag: number) =>
    rounds(n - lag).reduce((sum, at) => sum + (ranks[at] - mean) * (ranks[at + lag] - mean), 0);
  let sum = 0;
  for (let lag = 1; lag < n; lag++) {
    const correlation = covariance(lag) / covariance(0);
    if (Math.abs(correlation) * Math.sqrt(n) > 1.959964) sum += (n - lag) * (n - lag - 1) * (n - lag - 2) * correlation;
  }
  return Math.max(1, 1 + (2 / (n * (n - 1) * (n - 2))) * sum);
}

test('the factor is that of the definition', () => {
  const random = createRandom(21);
  let corrected = 0;
  for (let round = 0; round < 100; round++) {
    const n = 10 + random.int(50);
    const values = autocorrelatedSeries(random, n, 0.8).map((value, at) => Math.round(20 * value + at));
    const { varianceFactor } = hamedRao(values);
    expect(varianceFactor).toBeCloseTo(plainFactor(values), 10);
    if (varianceFactor > 1) corrected++;
  }
  expect(corrected).toBeGreaterThan(30);
});

test('S stays, and p moves towards one half', () => {
  const values = autocorrelatedSeries(createRandom(1), 60, 0.9).map((value, at) => value + at / 10);
  const [plain, corrected] = [mannKendall(values), hamedRao(values)];
  expect(corrected.s).toBe(plain.s);
  expect(corrected.varianceFactor).toBeGreaterThan(1.5);
  expect(corrected.p).toBeGreaterThan(plain.p);
  expect(corrected.p).toBeLessThan(0.5);
});

test('negative correlation does not make the test more eager', () => {
  const sawtooth = rounds(40).map((round) => 100 * (round % 2) + round);
  expect(hamedRao(sawtooth)).toEqual({ ...mannKendall(sawtooth), varianceFactor: 1 });
});

test('a line without noise has no correlation to correct, whatever rounding leaves', () => {
  for (const slope of [1, 0.1, 1 / 3, 1e9 / 7]) {
    const line = rounds(25).map((round) => 1e6 + slope * round);
    expect(hamedRao(line)).toEqual({ ...mannKendall(line), varianceFactor: 1 });
  }
  expect(hamedRao(new Array(12).fill(0))).toEqual({ s: 0, p: 1, exact: false, varianceFactor: 1 });
});

test('up to nine values it is the plain test', () => {
  const values = [1, 2, 3, 3, 4, 6, 5, 7, 8];
  expect(hamedRao(values)).toEqual({ ...mannKendall(values), varianceFactor: 1 });
});

/** How many of 400 series of 100 values without a trend have p ≤ 0.05, by the plain and by the corrected test. */
function falseAlarms(carried: number): { plain: number; corrected: number } {
  const random = createRandom(22);
  let [plain, corrected] = [0, 0];
  for (let round = 0; round < 400; round++) {
    const values = autocorrelatedSeries(random, 100, carried);
    if (mannKendall(values).p <= 0.05) plain++;
    if (hamedRao(values).p <= 0.05) corrected++;
  }
  return { plain, corrected };
}

test('false alarms of autocorrelated series fall by a quarter or more, those of independent ones stay below 5 %', () => {
  // Measured on 2,000 series: 22 % and 14 %, so 88 and 57 of 400; standard deviations 8 and 7.
  const carried = falseAlarms(0.6);
  expect(carried.plain).toBeGreaterThan(60);
  expect(carried.corrected).toBeLessThan(0.75 * carried.plain);
  // 20 expected, standard deviation 4.4.
  const independent = falseAlarms(0);
  expect(independent.corrected).toBeLessThanOrEqual(independent.plain);
  expect(independent.plain).toBeLessThan(34);
  expect(independent.corrected).toBeGreaterThan(5);
});
