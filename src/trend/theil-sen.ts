import { median, medianOfSorted } from './order-statistics.js';
import { scoreTail } from './score.js';
import { checkSeries, positionsOf } from './series.js';

export interface TheilSenOptions {
  /** Where the values lie: strictly ascending. Default 0 … n - 1, which makes slopes "a round". */
  readonly positions?: readonly number[];
  /** Confidence that the interval should have; default 0.95. */
  readonly level?: number;
  /** From `hamedRao`, for autocorrelated series: widens the interval where n ≥ 10. Default 1. */
  readonly varianceFactor?: number;
}

/** A line that outliers do not bend. Slopes are in units of the values per unit of the positions. */
export interface TheilSenLine {
  readonly slope: number;
  /** Value of the line at position 0. */
  readonly intercept: number;
  /** Ends of the slope's confidence interval, both inside. */
  readonly low: number;
  readonly high: number;
  /** The confidence that `low … high` has: at least the one asked for where the series is long enough to give it. */
  readonly level: number;
}

/**
 * Theil–Sen line: slope is the median of the slopes of all pairs (Theil, 1950), intercept the median of what it
 * leaves of the values. Up to 29 % of the values may be anything without taking the slope with them.
 *
 * The interval is Sen's ("Estimates of the Regression Coefficient Based on Kendall's Tau", 1968), from the r-th smallest to the
 * r-th largest pairwise slope. It misses the true slope on one side only if fewer than r of the N pairs fall once that slope is taken
 * off, so only if S ≥ N - 2(r - 1): the level is 1 - 2·P(S ≥ N - 2r + 2), with the distribution of Mann–Kendall, exact for
 * n ≤ 9. It is the one without ties even where counts tie: were the ties of the noise broken at random, S would have that
 * distribution, and the interval misses no more often than it would then, since its ends belong to it. So with ties the level is the
 * least it has.
 *
 * The widest interval, r = 1, has level 1 - 2/n!, and more cannot be had; `level` says what there is.
 * n = 2: 0 (one slope says nothing of its error), 3: 0.667, 4: 0.917, 5: 0.983, 6: 0.997. Five values reach 0.95.
 *
 * Throws a RangeError for fewer than 2 or more than `MOST_VALUES` values. Costs O(n² log n) time and 4n² bytes: all slopes, sorted.
 */
export function theilSen(values: readonly number[], options: TheilSenOptions = {}): TheilSenLine {
  checkSeries(values, 2);
  const positions = positionsOf(values, options.positions);
  const slopes = sortedSlopes(values, positions);
  const slope = medianOfSorted(slopes);
  const { rank, level } = intervalRank(values.length, options.level ?? 0.95, options.varianceFactor ?? 1);
  return {
    slope,
    intercept: median(values.map((value, at) => value - slope * positions[at])),
    low: slopes[rank - 1],
    high: slopes[slopes.length - rank],
    level,
  };
}

/** The slope alone, of values that are known to be a series of at least 2. */
export function medianSlope(values: readonly number[], positions: readonly number[]): number {
  return medianOfSorted(sortedSlopes(values, positions));
}

function sortedSlopes(values: readonly number[], positions: readonly number[]): Float64Array {
  const n = values.length;
  const slopes = new Float64Array((n * (n - 1)) / 2);
  let at = 0;
  for (let later = 1; later < n; later++) {
    for (let earlier = 0; earlier < later; earlier++) {
      slopes[at++] = (values[later] - values[earlier]) / (positions[later] - positions[earlier]);
    }
  }
  return slopes.sort();
}

/** The largest r whose interval still has the level that is wanted, else 1; and the level that it has. */
function intervalRank(n: number, wanted: number, varianceFactor: number): { rank: number; level: number } {
  const pairs = (n * (n - 1)) / 2;
  const untied = new Array<number>(n).fill(1);
  const levelOf = (rank: number) => 1 - 2 * scoreTail(untied, pairs - 2 * rank + 2, varianceFactor);
  let [rank, tooLarge] = [1, Math.ceil(pairs / 2) + 1];
  // The level falls as r grows, so halving finds the last one that will do.
  while (tooLarge - rank > 1) {
    const middle = (rank + tooLarge) >> 1;
    if (levelOf(middle) >= wanted) rank = middle;
    else tooLarge = middle;
  }
  return { rank, level: Math.max(0, levelOf(rank)) };
}
