export type ModelName = 'constant' | 'linear' | 'saturating' | 'step' | 'linear behind the first';

/** What is estimated from the values, with the variance of the noise as one of them. */
const PARAMETERS: Readonly<Record<ModelName, number>> = {
  constant: 2,
  linear: 3,
  saturating: 4,
  step: 4,
  'linear behind the first': 4,
};

/**
 * What a model must earn over the constant one, in units of n·ln(variance of the noise). A step pays more than a curve with as
 * many parameters: its change point is chosen among n - 1, which fits noise better than a smooth parameter does.
 */
const CHARGES: Readonly<Record<ModelName, number>> = {
  constant: 0,
  linear: 6,
  saturating: 10,
  step: 12,
  'linear behind the first': 12,
};

/**
 * n·ln(σ²) + charge, the criterion that decides; `noise` is σ², the mean squared residual.
 *
 * AICc, the usual one, is reported beside it but does not decide, because it cannot for n = 5 to 7. Its correction
 * 2k(k + 1)/(n - k - 1) is 40 for four parameters at n = 6: a curve must leave 1/148 of a line's squares to be preferred,
 * and with noise of 5 % a cache with τ of two rounds is called linear nine times in ten. At n = 5 a line needs R² > 0.98 to be
 * preferred to a constant. Long series have the opposite fault: charged 2 a parameter, one constant series in six is called linear.
 *
 * The charges here are about those of AICc at n = 8 to 9, kept for all n. They were chosen by simulation such that for n = 5 … 12 noise
 * around a constant is called constant in 90 % of series or more (89 % at n = 6), and lines with 10 % noise linear in 95 % or more.
 */
export function scoreOfFit(model: ModelName, noise: number, n: number): number {
  return n * Math.log(noise) + CHARGES[model];
}

/**
 * Akaike's information criterion for least squares, corrected for short series (Hurvich & Tsai, "Regression and time series model
 * selection in small samples", 1989); undefined where n is not above the number of parameters + 1.
 */
export function aiccOf(model: ModelName, noise: number, n: number): number | undefined {
  const k = PARAMETERS[model];
  if (n <= k + 1) return undefined;
  return n * Math.log(noise) + 2 * k + (2 * k * (k + 1)) / (n - k - 1);
}

/** Of the range of values that are not counted in whole units: what is smaller is not looked at. */
const FINEST = 1e-6;
/** Of the largest value: what summing doubles may leave. */
const ROUNDING = 1e-12;

/**
 * The least variance that a residual is taken to have. A model that fits without any error would have score -∞, and of two such
 * models the order would be that of their rounding errors. Whole numbers (objects, bytes) are rounded to units, and rounding
 * alone makes a variance of 1/12; a fit closer than that is luck, so all such models count as equally good and the simplest
 * one wins. Other values have no unit to tell: a millionth of their range.
 */
export function noiseFloor(values: readonly number[]): number {
  const [least, most] = [Math.min(...values), Math.max(...values)];
  const unit = values.every(Number.isInteger) ? 1 / 12 : (FINEST * (most - least)) ** 2;
  return Math.max(unit, (ROUNDING * Math.max(-least, most)) ** 2);
}
