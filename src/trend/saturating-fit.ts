import { type FittedLine, fitLine } from './least-squares.js';

/** a + b(1 − e^(−t/τ)), t counted from the first position. */
export interface FittedSaturation {
  /** a: value at the first position. */
  readonly start: number;
  /** b: from there to the level that it tends to. */
  readonly rise: number;
  /** τ, in units of the positions: after it 63 % of the rise are behind, after three of it 95 %. */
  readonly tau: number;
  readonly rss: number;
}

/** A curve this fast, in mean distances of the values, has 92 % of its rise behind at the second one: that is a step. */
const FASTEST = 0.4;
/** A curve this slow, in spans of the series, ends at 86 % of its rise; slower ones are hardly bent and pass for lines. */
const SLOWEST = 0.5;
/** Points on the logarithmic grid; a factor of 1.1 apart for n = 6, 1.2 for n = 60. */
const GRID = 24;
/** Golden sections: the bracket shrinks to 1e-5 of it, which is more than data can tell. */
const SECTIONS = 24;
const GOLDEN = (Math.sqrt(5) - 1) / 2;

/**
 * Least-squares fit of a saturating curve. With τ given the rest is a line in 1 − e^(−t/τ), so only τ is searched for, and within
 * bounds (variable projection: Golub & Pereyra, 1973): the best of a grid in log τ, then golden sections between its neighbours.
 * The grid is there because residuals of noisy series can have two valleys.
 *
 * The upper bound is what keeps apart lines and curves. Without one any line is also a curve that has only just begun,
 * and noise decides between them; a series that has not got near its plateau does not show that there is one.
 *
 * Costs about 75 line fits. `positions` ascend; needs three values.
 */
export function fitSaturation(y: readonly number[], positions: readonly number[]): FittedSaturation {
  const elapsed = positions.map((position) => position - positions[0]);
  const span = elapsed[elapsed.length - 1];
  const lineAt = (logTau: number): FittedLine => {
    const tau = Math.exp(logTau);
    return fitLine(
      elapsed.map((time) => -Math.expm1(-time / tau)),
      y,
    );
  };
  const logTau = minimum((at) => lineAt(at).rss, Math.log((FASTEST * span) / (y.length - 1)), Math.log(SLOWEST * span));
  const { intercept, slope, rss } = lineAt(logTau);
  return { start: intercept, rise: slope, tau: Math.exp(logTau), rss };
}

/** Where `cost` is least between `low` and `high`. */
function minimum(cost: (at: number) => number, low: number, high: number): number {
  const pointAt = (index: number) => low + ((high - low) * index) / GRID;
  let [best, leastCost] = [0, Number.POSITIVE_INFINITY];
  for (let index = 0; index <= GRID; index++) {
    const found = cost(pointAt(index));
    if (found < leastCost) [best, leastCost] = [index, found];
  }
  return goldenSection(cost, pointAt(Math.max(0, best - 1)), pointAt(Math.min(GRID, best + 1)));
}

/** Kiefer's search (1953), for one valley between `low` and `high`. */
function goldenSection(cost: (at: number) => number, low: number, high: number): number {
  for (let section = 0; section < SECTIONS; section++) {
    const [left, right] = [high - GOLDEN * (high - low), low + GOLDEN * (high - low)];
    if (cost(left) < cost(right)) high = right;
    else low = left;
  }
  return (low + high) / 2;
}
