import { tieSizes } from './order-statistics.js';
import { scoreOf, scoreTail } from './score.js';
import { EXACT_UP_TO } from './score-distribution.js';
import { checkSeries } from './series.js';

/** The result of a one-sided test for a rising trend. */
export interface RisingTest {
  /** Rising pairs less falling ones, -n(n - 1)/2 … n(n - 1)/2. */
  readonly s: number;
  /** P(S ≥ s) in a series without a trend. Small values speak for a rise; a fall has p near 1. */
  readonly p: number;
  /** Whether p is exact or the normal approximation. */
  readonly exact: boolean;
}

/**
 * Mann–Kendall test for a rising trend (Mann, "Nonparametric Tests Against Trend", 1945): how likely at least this many more
 * rising than falling pairs are if every order of the values is equally likely. It asks nothing of the noise
 * but independence: no distribution, no scale, outliers count as one value each.
 *
 * Exact for n ≤ 9, with ties: S is compared with its distribution over all distinct orders of the very values
 * (`score-distribution.ts`). From n = 10 on by the normal approximation, corrected for ties and continuity. It errs on the
 * safe side far out: ten values that always rise have p = 0.000042 instead of 0.0000003.
 *
 * A series of equal values has p = 1, and so have an empty one and one of a single value: nothing speaks for a rise.
 * The least p there is without ties is 1/n!: three values cannot reach 0.05, four can with 0.0417.
 * Throws a RangeError for values that are not finite, and for more than `MOST_VALUES`. Costs O(n²).
 */
export function mannKendall(values: readonly number[]): RisingTest {
  checkSeries(values);
  const s = scoreOf(values);
  return { s, p: scoreTail(tieSizes(values), s), exact: values.length <= EXACT_UP_TO };
}
