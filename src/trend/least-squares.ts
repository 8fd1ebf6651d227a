/** A line through points, and what it leaves. */
export interface FittedLine {
  /** Value at position 0. */
  readonly intercept: number;
  readonly slope: number;
  /** Sum of the squared residuals. */
  readonly rss: number;
}

/**
 * Least-squares line of `y` against `x`, which has as many values and at least two different ones; with all x equal, the
 * constant line. Sums are taken of deviations from the means and residuals one by one: sizes of a heap are large next to
 * their changes, and sums of plain squares would lose those. Costs three passes.
 */
export function fitLine(x: readonly number[], y: readonly number[]): FittedLine {
  const [meanX, meanY] = [meanOf(x), meanOf(y)];
  let [squares, products] = [0, 0];
  for (let at = 0; at < x.length; at++) {
    squares += (x[at] - meanX) ** 2;
    products += (x[at] - meanX) * (y[at] - meanY);
  }
  const slope = squares > 0 ? products / squares : 0;
  let rss = 0;
  for (let at = 0; at < x.length; at++) rss += (y[at] - meanY - slope * (x[at] - meanX)) ** 2;
  return { intercept: meanY - slope * meanX, slope, rss };
}

/** The mean, and the sum of the squared deviations from it. */
export function fitConstant(y: readonly number[]): { level: number; rss: number } {
  const level = meanOf(y);
  return { level, rss: y.reduce((sum, value) => sum + (value - level) ** 2, 0) };
}

function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
