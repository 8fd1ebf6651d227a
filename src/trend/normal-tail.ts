/** From here on the fraction is the faster way; below it loses digits. */
const FRACTION_FROM = 2.5;
/** Enough for 15 digits at `FRACTION_FROM`, and more than enough above. */
const FRACTION_DEPTH = 120;

/**
 * P(Z ≥ z) of the standard normal distribution, to 12 digits or more of the probability itself, however small: the
 * p-values of a clear trend are sorted and multiplied, so an error of 1e-8 that is harmless in the middle is not in the tail.
 * Below 2.5 by the series of the middle part (Marsaglia, "Evaluating the Normal Distribution", 2004), above by
 * Laplace's continued fraction (Abramowitz & Stegun 26.2.14). At z > 38 the result is 0.
 */
export function normalTail(z: number): number {
  if (z < 0) return 1 - normalTail(-z);
  const density = Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI);
  return z < FRACTION_FROM ? 0.5 - density * middleSeries(z) : density / laplaceFraction(z);
}

/** z + z³/3 + z⁵/(3·5) + z⁷/(3·5·7) + …: all terms positive, so nothing cancels. */
function middleSeries(z: number): number {
  let [sum, term] = [z, z];
  for (let odd = 3; term > sum * Number.EPSILON; odd += 2) {
    term *= (z * z) / odd;
    sum += term;
  }
  return sum;
}

/** z + 1/(z + 2/(z + 3/(z + …))), from the inside out. */
function laplaceFraction(z: number): number {
  let fraction = z;
  for (let depth = FRACTION_DEPTH; depth > 0; depth--) fraction = z + depth / fraction;
  return fraction;
}
