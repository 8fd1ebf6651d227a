/** What two families of detectors say about those that neither of them found. */
export interface MissedEstimate {
  /** N̂: all there are, found or not. No whole number as a rule. */
  readonly total: number;
  /** Of these, found by neither. */
  readonly missed: number;
  /** Of N̂, and so of `missed` too: its root is the standard error. */
  readonly variance: number;
}

/**
 * How many there are beyond what was found, from how much two searches agree: N̂ = (n₁ + 1)(n₂ + 1) / (m + 1) - 1 (Chapman, "Some properties of
 * the hypergeometric distribution with applications to zoological sample censuses", 1951), with the variance (n₁ + 1)(n₂ + 1)(n₁ - m)(n₂ - m) /
 * ((m + 1)²(m + 2)) (Seber, "The effects of trap response on tag recapture estimates", Biometrics 26, 1970). Both are free of bias as soon as
 * n₁ + n₂ ≥ N.
 *
 * `first` and `second`: found by either family; `both`: found by the two of them. The families have to be independent: where both see the same
 * easy ones, the estimate is too low, and it never speaks of what neither could see. With nothing in common it is rather the least there is,
 * and a family that found nothing says nothing: `missed` is 0 then.
 *
 * Throws a RangeError for what are no such counts. Cost: O(1).
 */
export function estimateMissed(first: number, second: number, both: number): MissedEstimate {
  for (const count of [first, second, both]) checkCount(count, Number.MAX_SAFE_INTEGER);
  checkCount(both, Math.min(first, second));
  const pairs = (first + 1) * (second + 1);
  const total = pairs / (both + 1) - 1;
  const found = first + second - both;
  return {
    total,
    // (n₁ - m)(n₂ - m) / (m + 1) in exact numbers, so below 0 by rounding only.
    missed: Math.max(0, total - found),
    variance: (pairs * (first - both) * (second - both)) / ((both + 1) ** 2 * (both + 2)),
  };
}

function checkCount(count: number, most: number): void {
  if (!Number.isInteger(count) || count < 0 || count > most) {
    throw new RangeError(`found by detectors: found ${count}, expected a whole number from 0 to ${most}`);
  }
}
