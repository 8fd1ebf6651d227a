import { aiccOf, type ModelName, noiseFloor, scoreOfFit } from './fit-score.js';
import { fitConstant, fitLine } from './least-squares.js';
import { fitSaturation } from './saturating-fit.js';
import { checkSeries, positionsOf } from './series.js';
import { fitStep } from './step-fit.js';
import { medianSlope } from './theil-sen.js';

/** What a series looks like. Values in its own units, slopes and τ by the units of the positions. */
export type Shape =
  /** Fewer than five values fit any shape. */
  | { readonly shape: 'undetermined' }
  | { readonly shape: 'constant'; readonly level: number }
  | {
      readonly shape: 'linear';
      readonly slope: number;
      /** Value of the line at position 0. */
      readonly intercept: number;
      /** How far the first value lies below the line, where it has been left out as warm-up; else 0. */
      readonly offset: number;
      /** Whether the last third rises at half the slope or more: a cache that is full by then does not. */
      readonly stillRising: boolean;
    }
  /** a + b(1 − e^(−t/τ)): a, b and τ, with t counted from the first position. */
  | { readonly shape: 'saturating'; readonly start: number; readonly rise: number; readonly tau: number }
  /** Two levels; `at` is the index of the first value of the second one. */
  | { readonly shape: 'step'; readonly before: number; readonly after: number; readonly at: number };

/** How well one model does. Lower is better in both columns. */
export interface ModelScore {
  readonly model: ModelName;
  /** Decides: see `fit-score.ts`. */
  readonly score: number;
  /** Akaike's criterion, corrected for short series; absent where the correction divides by 0 or less. */
  readonly aicc: number | undefined;
}

export interface ShapeChoice {
  readonly fit: Shape;
  /** All models that were fitted, simplest first. */
  readonly models: readonly ModelScore[];
}

const FEWEST_FOR_LINEAR = 5;
const FEWEST_FOR_CURVES = 6;

interface Candidate {
  readonly model: ModelName;
  readonly rss: number;
  readonly fit: Shape;
}

/**
 * The shape of a series: constant, linear, saturating or a step. Linear needs five values, the last two six; with fewer
 * than five it is undetermined. The least score wins, and of equal ones the simplest model.
 *
 * A line may leave out the first value ("linear behind the first"): the first round of a program compiles and loads, and
 * the jump it makes bends a leak into what looks like a saturating curve. It must still rise in the last third, or any step
 * behind the first value would be such a line.
 *
 * How often it is right, of 2,000 series each with normal noise of 5 % (10 %) of the whole rise:
 *
 * | n | line | line, first value off | τ = 1 | τ = 2 | τ = 3 | step anywhere | noise alone | sawtooth |
 * | --- | --- | --- | --- | --- | --- | --- | --- | --- |
 * | 5 | 100 (100) | 100 (100) | – | – | – | – | 92 | 100 (100) |
 * | 6 | 100 (97) | 95 (78) | 96 (87) | 92 (66) | 64 (40) | 89 (83) | 90 | 100 (100) |
 * | 7 | 100 (97) | 98 (83) | 97 (91) | 96 (79) | 86 (52) | 91 (86) | 92 | 100 (100) |
 * | 8 | 100 (97) | 99 (85) | 99 (92) | 99 (88) | 96 (68) | 93 (88) | 94 | 100 (100) |
 * | 12 | 100 (99) | 100 (89) | 100 (98) | 100 (98) | 100 (96) | 96 (93) | 96 | 100 (100) |
 *
 * With five values a cache that fills can only be called linear, and `stillRising` is the one thing that tells it from a leak: 4 % of
 * caches with τ = 1 have it with 5 % noise, 64 % with τ = 2. Leaks have it in 97 % with 10 % noise, in 91 % for n = 12.
 * Throws a RangeError for values that are not finite, more than `MOST_VALUES`, or unfit positions. Costs about 80 passes, and
 * n²/18 slopes for the last third.
 */
export function shapeOf(values: readonly number[], positions?: readonly number[]): ShapeChoice {
  checkSeries(values);
  const x = positionsOf(values, positions);
  if (values.length < FEWEST_FOR_LINEAR) return { fit: { shape: 'undetermined' }, models: [] };
  const candidates = [constant(values), line(values, x)];
  if (values.length >= FEWEST_FOR_CURVES) {
    candidates.push(saturating(values, x), step(values), ...lineBehindFirst(values, x));
  }
  const floor = noiseFloor(values);
  const scored = candidates.map(({ model, rss, fit }) => {
    const noise = Math.max(rss / values.length, floor);
    const score = scoreOfFit(model, noise, values.length);
    return { fit, row: { model, score, aicc: aiccOf(model, noise, values.length) } };
  });
  const best = scored.reduce((least, candidate) => (candidate.row.score < least.row.score ? candidate : least));
  return { fit: best.fit, models: scored.map(({ row }) => row) };
}

function constant(y: readonly number[]): Candidate {
  const { level, rss } = fitConstant(y);
  return { model: 'constant', rss, fit: { shape: 'constant', level } };
}

function line(y: readonly number[], x: readonly number[]): Candidate {
  const { slope, intercept, rss } = fitLine(x, y);
  const stillRising = risesInLastThird(y, x, slope);
  return { model: 'linear', rss, fit: { shape: 'linear', slope, intercept, offset: 0, stillRising } };
}

function saturating(y: readonly number[], x: readonly number[]): Candidate {
  const { rss, ...parameters } = fitSaturation(y, x);
  return { model: 'saturating', rss, fit: { shape: 'saturating', ...parameters } };
}

function step(y: readonly number[]): Candidate {
  const { rss, ...parameters } = fitStep(y);
  return { model: 'step', rss, fit: { shape: 'step', ...parameters } };
}

/** None where the line does not rise to the end. */
function lineBehindFirst(y: readonly number[], x: readonly number[]): Candidate[] {
  const { slope, intercept, rss } = fitLine(x.slice(1), y.slice(1));
  if (!risesInLastThird(y, x, slope)) return [];
  const offset = intercept + slope * x[0] - y[0];
  const fit = { shape: 'linear', slope, intercept, offset, stillRising: true } as const;
  return [{ model: 'linear behind the first', rss, fit }];
}

/** By the median slope over the last third of the rounds, at least two: one outlier at the end is no plateau. */
function risesInLastThird(y: readonly number[], x: readonly number[], slope: number): boolean {
  const from = y.length - 1 - Math.ceil(y.length / 3);
  return slope > 0 && medianSlope(y.slice(from), x.slice(from)) >= slope / 2;
}
