import type { RuleResult } from '../base/scan-types.js';

/** A rule that looks at a series sample by sample, beside the trend. */
export interface ThresholdRule {
  readonly name: string;
  add(ts: number, value: number, objects: number | undefined): void;
  readonly result: RuleResult;
}

type FiredSample = RuleResult['samples'][number];

const MOST_TOLD = 10;

/** The samples that a rule fired on, as far as they are told. */
export class Firings {
  readonly #rule: string;
  readonly #samples: FiredSample[] = [];
  #fired = 0;

  constructor(rule: string) {
    this.#rule = rule;
  }

  add(sample: FiredSample): void {
    this.#fired++;
    if (this.#samples.length < MOST_TOLD) this.#samples.push(sample);
  }

  result(threshold?: number): RuleResult {
    return {
      ...{ rule: this.#rule, fired: this.#fired, samples: this.#samples },
      ...(threshold !== undefined && Number.isFinite(threshold) && { threshold }),
    };
  }
}

/** A percentile as a share of 1, interpolated between neighbours (NumPy's default). `sorted` ascending, of `size` values. */
export function percentileOf(sorted: Float64Array, size: number, share: number): number {
  const at = share * (size - 1);
  const low = Math.floor(at);
  const high = Math.min(low + 1, size - 1);
  return sorted[low] + (at - low) * (sorted[high] - sorted[low]);
}

/** The seed's two limits: 5 MB and 1,000 objects, both passed from one cycle to the next. */
const TWO_LIMITS = { bytes: 5 << 20, objects: 1000 };

/**
 * Fires when both have grown by more than the limits since the sample before, in so many cycles in a row: the seed's comment says two, its code
 * one. Where nobody counts objects, bytes alone decide, and the name says so.
 */
export class TwoLimits implements ThresholdRule {
  readonly #cycles: number;
  readonly #firings = new Firings('');
  #countsObjects = false;
  #before: number | undefined;
  #objectsBefore: number | undefined;
  #inRow = 0;

  constructor(cycles: 1 | 2) {
    this.#cycles = cycles;
  }

  get name(): string {
    const objects = this.#countsObjects ? ' and 1,000 objects' : '';
    return `5 MB${objects} in ${this.#cycles === 1 ? 'one cycle' : 'two cycles'}`;
  }

  add(ts: number, value: number, objects: number | undefined): void {
    if (objects !== undefined) this.#countsObjects = true;
    const grown = this.#before !== undefined && value - this.#before > TWO_LIMITS.bytes;
    const more =
      objects === undefined || this.#objectsBefore === undefined || objects - this.#objectsBefore > TWO_LIMITS.objects;
    this.#inRow = grown && more ? this.#inRow + 1 : 0;
    if (this.#inRow >= this.#cycles)
      this.#firings.add({ ts, value, threshold: (this.#before ?? 0) + TWO_LIMITS.bytes });
    this.#before = value;
    this.#objectsBefore = objects;
  }

  get result(): RuleResult {
    return { ...this.#firings.result(), rule: this.name };
  }
}

/** A rise by more than so many bytes a minute, in so many samples in a row. */
export class RiseAMinute implements ThresholdRule {
  readonly name: string;
  readonly #bytes: number;
  readonly #periods: number;
  readonly #firings: Firings;
  #before: { readonly ts: number; readonly value: number } | undefined;
  #inRow = 0;

  constructor(name: string, bytes: number, periods: number) {
    this.name = name;
    this.#bytes = bytes;
    this.#periods = periods;
    this.#firings = new Firings(name);
  }

  add(ts: number, value: number): void {
    const before = this.#before;
    this.#before = { ts, value };
    if (before === undefined || ts <= before.ts) return;
    const threshold = before.value + (this.#bytes * (ts - before.ts)) / 60_000;
    this.#inRow = value > threshold ? this.#inRow + 1 : 0;
    if (this.#inRow >= this.#periods) this.#firings.add({ ts, value, threshold });
  }

  get result(): RuleResult {
    return this.#firings.result();
  }
}
