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

/**
 * The seed's threshold P95 + α·σ over a window of so many samples, the new one among them; none until the window is full. σ is the sample
 * standard deviation. A steady ramp cannot reach it for α above about 0.17: it is here to be compared with, not to be believed.
 * Cost: O(window) moves a sample.
 */
export class RollingThreshold implements ThresholdRule {
  readonly name = 'rolling';
  readonly #alpha: number;
  readonly #values: Float64Array;
  readonly #sorted: Float64Array;
  readonly #firings = new Firings('rolling');
  #size = 0;
  #next = 0;
  #threshold = Number.NaN;
  /** Sums of the deviations from a value near all of them: sums of plain squares would lose what differs. */
  #origin = 0;
  #sum = 0;
  #squares = 0;
  #since = 0;

  constructor(alpha = 1.5, window = 3600) {
    this.#alpha = alpha;
    this.#values = new Float64Array(window);
    this.#sorted = new Float64Array(window);
  }

  add(ts: number, value: number): void {
    this.#replace(value);
    if (this.#size < this.#values.length) return;
    this.#threshold = percentileOf(this.#sorted, this.#size, 0.95) + this.#alpha * this.#deviation();
    if (value > this.#threshold) this.#firings.add({ ts, value, threshold: this.#threshold });
  }

  get result(): RuleResult {
    return this.#firings.result(this.#threshold);
  }

  #replace(value: number): void {
    const isFull = this.#size === this.#values.length;
    const old = this.#values[this.#next];
    this.#values[this.#next] = value;
    this.#next = (this.#next + 1) % this.#values.length;
    if (isFull) this.#removeSorted(old);
    this.#insertSorted(value);
    // Summed anew once a window, so that rounding does not add up.
    if (++this.#since >= this.#values.length || this.#size === 1) this.#sumAnew(value);
    else {
      if (isFull) this.#count(old, -1);
      this.#count(value, 1);
    }
  }

  #sumAnew(origin: number): void {
    [this.#origin, this.#sum, this.#squares, this.#since] = [origin, 0, 0, 0];
    for (let at = 0; at < this.#size; at++) this.#count(this.#sorted[at], 1);
  }

  #count(value: number, sign: number): void {
    const deviation = value - this.#origin;
    this.#sum += sign * deviation;
    this.#squares += sign * deviation * deviation;
  }

  #deviation(): number {
    const n = this.#size;
    return n < 2 ? 0 : Math.sqrt(Math.max(0, (this.#squares - (this.#sum * this.#sum) / n) / (n - 1)));
  }

  #insertSorted(value: number): void {
    const at = this.#placeOf(value);
    this.#sorted.copyWithin(at + 1, at, this.#size);
    this.#sorted[at] = value;
    this.#size++;
  }

  #removeSorted(value: number): void {
    const at = this.#placeOf(value);
    this.#sorted.copyWithin(at, at + 1, this.#size);
    this.#size--;
  }

  /** The first position that holds no less. */
  #placeOf(value: number): number {
    let [low, high] = [0, this.#size];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.#sorted[middle] < value) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

/** The seed's two limits: 5 MB and 1,000 objects, both passed from one cycle to the next. */
const TWO_LIMITS = { bytes: 5 << 20, objects: 1000 };

/**
 * Fires when both have grown by more than the limits since the sample before, in so many cycles in a row: the seed's comment says two, its code
 * one. Where nobody counts objects, bytes alone decide, and the name says so.
 */
export class TwoLimits implements ThresholdRule {
  readonly name: string;
  readonly #cycles: number;
  readonly #firings: Firings;
  #before: number | undefined;
  #objectsBefore: number | undefined;
  #inRow = 0;

  constructor(cycles: 1 | 2, countsObjects: boolean) {
    this.name = `5 MB${countsObjects ? ' and 1,000 objects' : ''} in ${cycles === 1 ? 'one cycle' : 'two cycles'}`;
    this.#cycles = cycles;
    this.#firings = new Firings(this.name);
  }

  add(ts: number, value: number, objects: number | undefined): void {
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
    return this.#firings.result();
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
