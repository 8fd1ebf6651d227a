import { normalTail } from './normal-tail.js';
import { EXACT_UP_TO, exactTail } from './score-distribution.js';

/** S of Mann (1945) and Kendall: pairs that rise less pairs that fall. Costs n²/2 comparisons. */
export function scoreOf(values: readonly number[]): number {
  let score = 0;
  for (let later = 1; later < values.length; later++) {
    const value = values[later];
    for (let earlier = 0; earlier < later; earlier++)
      score += Number(values[earlier] < value) - Number(values[earlier] > value);
  }
  return score;
}

/** Variance of S without a trend, for values with these numbers of equal ones (Kendall, Rank Correlation Methods, 1975). */
export function scoreVariance(sizes: readonly number[]): number {
  const weight = (count: number) => count * (count - 1) * (2 * count + 5);
  const n = sizes.reduce((sum, size) => sum + size, 0);
  return (weight(n) - sizes.reduce((sum, size) => sum + weight(size), 0)) / 18;
}

/**
 * P(S ≥ s) by the normal approximation. S moves in steps of 2, ties or not, since rising and falling pairs add up to the same
 * number in every order: half a step, 1, is the correction for continuity. Without variance only S = 0 can be.
 */
export function approximateTail(s: number, variance: number): number {
  return variance > 0 ? normalTail((s - 1) / Math.sqrt(variance)) : Number(s <= 0);
}

/**
 * P(S ≥ s) without a trend, by the way that goes with the number of values. `varianceFactor` is for autocorrelated
 * series, and only the approximation knows it.
 */
export function scoreTail(sizes: readonly number[], s: number, varianceFactor = 1): number {
  const n = sizes.reduce((sum, size) => sum + size, 0);
  return n <= EXACT_UP_TO ? exactTail(sizes, s) : approximateTail(s, varianceFactor * scoreVariance(sizes));
}
