import type { Random } from '../build/random.js';

/** One value of the standard normal distribution (Box and Muller). */
export function normal(random: Random): number {
  return Math.sqrt(-2 * Math.log(1 - random.next())) * Math.cos(2 * Math.PI * random.next());
}

/** A series of counts: `shape` of the round, 0 … 1 as a rule, times 1,000, with noise of that share of 1,000, on top of 5,000. */
export function noisySeries(random: Random, n: number, noise: number, shape: (round: number) => number): number[] {
  return Array.from({ length: n }, (_, round) => Math.round(5000 + 1000 * (shape(round) + noise * normal(random))));
}

/** Few distinct values, so with ties in all patterns. */
export function tiedSeries(random: Random, n: number): number[] {
  const distinct = 1 + random.int(n);
  return Array.from({ length: n }, () => random.int(distinct) - 2);
}

/** `carried` of each value goes on to the next one; variance 1, no trend. */
export function autocorrelatedSeries(random: Random, n: number, carried: number): number[] {
  const values = [normal(random)];
  while (values.length < n) {
    values.push(carried * values[values.length - 1] + Math.sqrt(1 - carried ** 2) * normal(random));
  }
  return values;
}

export const rounds = (n: number): number[] => Array.from({ length: n }, (_, round) => round);
