import { fitConstant } from './least-squares.js';

/** One level up to a change point, another one from there on. */
export interface FittedStep {
  readonly before: number;
  readonly after: number;
  /** Index of the first value of the second level, 1 … n - 1. */
  readonly at: number;
  readonly rss: number;
}

/** Gains that differ by less are equal, and differ by what sums of doubles leave. */
const ROUNDING = 1e-12;

/**
 * The change point that leaves the least squares, among all n - 1; the first of equally good ones. Needs two values.
 * A split into n₁ and n₂ values takes n₁·n₂/n · (difference of means)² off the squares of the constant fit, so running sums find
 * it in one pass. They are of deviations from the mean: see `fitLine`.
 */
export function fitStep(y: readonly number[]): FittedStep {
  const n = y.length;
  const { level } = fitConstant(y);
  let [best, at, sum] = [0, 1, 0];
  for (let split = 1; split < n; split++) {
    sum += y[split - 1] - level;
    // The deviations of the second part add up to -sum.
    const gain = (sum * sum * n) / (split * (n - split));
    if (gain > best * (1 + ROUNDING)) [best, at] = [gain, split];
  }
  const [first, second] = [fitConstant(y.slice(0, at)), fitConstant(y.slice(at))];
  return { before: first.level, after: second.level, at, rss: first.rss + second.rss };
}
