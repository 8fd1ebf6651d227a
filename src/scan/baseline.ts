import type { RuleResult } from '../base/scan-types.js';
import { Firings, percentileOf, type ThresholdRule } from './rules.js';

const WARM_UP = 60;
const SIZE = 360;

/**
 * Samples that later ones are compared with: so many behind so many of warm-up, or those of another run. Cost: one sort, and 8 bytes a sample.
 */
export class Baseline {
  readonly #warmUp: number;
  readonly #values: Float64Array;
  #seen = 0;
  #size = 0;
  #sorted: Float64Array | undefined;

  constructor(warmUp = WARM_UP, size = SIZE) {
    this.#warmUp = warmUp;
    this.#values = new Float64Array(size);
  }

  /** The samples of a run that has been, at least one. */
  static of(values: readonly number[]): Baseline {
    const baseline = new Baseline(0, values.length);
    for (const value of values) baseline.take(value);
    return baseline;
  }

  /** Whether a sample is of the baseline itself, or of the warm-up, and has been taken up. */
  take(value: number): boolean {
    if (this.#size === this.#values.length) return false;
    if (this.#seen++ < this.#warmUp) return true;
    this.#values[this.#size++] = value;
    if (this.#size === this.#values.length) this.#sorted = this.#values.toSorted();
    return true;
  }

  /** A percentile as a share of 1; NaN until the baseline is full. */
  percentile(share: number): number {
    return this.#sorted === undefined ? Number.NaN : percentileOf(this.#sorted, this.#sorted.length, share);
  }

  /** P95 + α·σ, σ being the sample standard deviation. */
  threshold(alpha: number): number {
    const sorted = this.#sorted;
    if (sorted === undefined) return Number.NaN;
    const mean = sorted.reduce((sum, value) => sum + value, 0) / sorted.length;
    const squares = sorted.reduce((sum, value) => sum + (value - mean) ** 2, 0);
    return this.percentile(0.95) + alpha * Math.sqrt(squares / Math.max(1, sorted.length - 1));
  }
}

/** The seed's threshold P95 + α·σ of a baseline that stays as it is. Fires on the third sample in a row that passes it, and on those that follow. */
export class FrozenThreshold implements ThresholdRule {
  readonly name = 'frozen';
  readonly #thresholdNow: () => number;
  readonly #firings = new Firings('frozen');
  #above = 0;
  #threshold = Number.NaN;

  constructor(baseline: Baseline, alpha = 1.5) {
    this.#thresholdNow = () => baseline.threshold(alpha);
  }

  /** For samples behind the baseline. */
  add(ts: number, value: number): void {
    if (Number.isNaN(this.#threshold)) this.#threshold = this.#thresholdNow();
    this.#above = value > this.#threshold ? this.#above + 1 : 0;
    if (this.#above >= 3) this.#firings.add({ ts, value, threshold: this.#threshold });
  }

  get result(): RuleResult {
    return this.#firings.result(this.#threshold);
  }
}

/** What makes a report worth writing, in the seed: a value above the 99th percentile of the baseline. */
export const ABOVE_P99 = 'P99 of the baseline';

export class AboveP99 implements ThresholdRule {
  readonly name = ABOVE_P99;
  readonly #baseline: Baseline;
  readonly #firings = new Firings(ABOVE_P99);
  #threshold = Number.NaN;
  #last = Number.NaN;

  constructor(baseline: Baseline) {
    this.#baseline = baseline;
  }

  /** For samples behind the baseline. */
  add(ts: number, value: number): void {
    if (Number.isNaN(this.#threshold)) this.#threshold = this.#baseline.percentile(0.99);
    this.#last = value;
    if (value > this.#threshold) this.#firings.add({ ts, value, threshold: this.#threshold });
  }

  get result(): RuleResult {
    return { ...this.#firings.result(this.#threshold), isAboveNow: this.#last > this.#threshold };
  }
}
