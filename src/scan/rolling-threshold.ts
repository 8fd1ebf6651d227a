import type { RuleResult } from '../base/scan-types.js';
import { Firings, percentileOf, type ThresholdRule } from './rules.js';

/** How far a window reaches back: so many samples, or so many milliseconds. The seed calls its 3,600 seconds, and counts rows. */
export type RollingWindow = { readonly samples: number } | { readonly ms: number };

/** Rows of the seed's window. */
const USUAL: RollingWindow = { samples: 3600 };
/** Samples that a window of time keeps; of more, the latest. */
const MOST = 1 << 15;
const FIRST_ROOM = 1 << 10;

/**
 * The seed's threshold P95 + α·σ over a window that ends with the new sample; none until the window is full. σ is the sample standard deviation. A
 * steady ramp cannot reach it for α above about 0.17: it is here to be compared with, not to be believed. Cost: O(window) moves a
 * sample; 24 bytes a sample of the window.
 */
export class RollingThreshold implements ThresholdRule {
  readonly name = 'rolling';
  readonly #alpha: number;
  readonly #most: number;
  /** Of a window of samples: infinite. */
  readonly #ms: number;
  readonly #firings = new Firings('rolling');
  /** Rings of times and values, and the values in order. */
  #times: Float64Array;
  #values: Float64Array;
  #sorted: Float64Array;
  #first = 0;
  #size = 0;
  #isFull = false;
  #threshold = Number.NaN;
  /** Sums of the deviations from a value near all of them: sums of plain squares would lose what differs. */
  #origin = 0;
  #sum = 0;
  #squares = 0;
  #since = 0;

  constructor(alpha = 1.5, window: RollingWindow = USUAL) {
    this.#alpha = alpha;
    this.#most = 'samples' in window ? window.samples : MOST;
    this.#ms = 'samples' in window ? Number.POSITIVE_INFINITY : window.ms;
    const room = Math.min(this.#most, FIRST_ROOM);
    [this.#times, this.#values, this.#sorted] = [room, room, room].map((length) => new Float64Array(length));
  }

  add(ts: number, value: number): void {
    this.#drop(ts);
    this.#append(ts, value);
    if (!this.#isFull) return;
    this.#threshold = percentileOf(this.#sorted, this.#size, 0.95) + this.#alpha * this.#deviation();
    if (value > this.#threshold) this.#firings.add({ ts, value, threshold: this.#threshold });
  }

  get result(): RuleResult {
    return this.#firings.result(this.#threshold);
  }

  /** What no longer belongs to the window once there is a sample at this time. */
  #drop(ts: number): void {
    while (this.#size === this.#most || (this.#size > 0 && ts - this.#times[this.#first] > this.#ms)) {
      this.#isFull = true;
      const old = this.#values[this.#first];
      this.#first = (this.#first + 1) % this.#values.length;
      this.#removeSorted(old);
      this.#count(old, -1);
    }
  }

  #append(ts: number, value: number): void {
    if (this.#size === this.#values.length) this.#grow();
    const at = (this.#first + this.#size) % this.#values.length;
    this.#times[at] = ts;
    this.#values[at] = value;
    this.#insertSorted(value);
    if (this.#size === this.#most) this.#isFull = true;
    // Summed anew once a window, so that rounding does not add up.
    if (++this.#since >= this.#size) this.#sumAnew(value);
    else this.#count(value, 1);
  }

  #grow(): void {
    const room = Math.min(this.#most, 2 * this.#values.length);
    const unrolled = (ring: Float64Array) => {
      const longer = new Float64Array(room);
      longer.set(ring.subarray(this.#first));
      longer.set(ring.subarray(0, this.#first), ring.length - this.#first);
      return longer;
    };
    [this.#times, this.#values] = [unrolled(this.#times), unrolled(this.#values)];
    const sorted = new Float64Array(room);
    sorted.set(this.#sorted);
    this.#sorted = sorted;
    this.#first = 0;
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
