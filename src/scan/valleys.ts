import { BoundedSeries } from '../telemetry/bounded-series.js';

/** How far a value has to fall, and to rise again, for a collection to lie between: a share of it, and bytes. */
const FALL = { share: 0.02, bytes: 256 * 1024 };
/** Points that are kept: enough for any test, few enough for those that compare all pairs. */
const MOST_POINTS = 240;

/**
 * What is left behind collections, from samples that do not say when one was: the low points of a saw. A low point counts once the values have
 * risen from it again, by as much as the noise of allocation does not. Cost: O(1) a sample.
 */
export class Valleys {
  readonly #points = new BoundedSeries(MOST_POINTS);
  #isFalling = false;
  #high = Number.NEGATIVE_INFINITY;
  #low = Number.POSITIVE_INFINITY;
  #lowTs = 0;

  add(ts: number, value: number): void {
    if (this.#isFalling) {
      if (value < this.#low) [this.#low, this.#lowTs] = [value, ts];
      else if (value > this.#low + leastChange(this.#low)) this.#turn(value);
      return;
    }
    if (value > this.#high) this.#high = value;
    else if (value < this.#high - leastChange(this.#high)) {
      this.#isFalling = true;
      [this.#low, this.#lowTs] = [value, ts];
    }
  }

  /** The lowest of neighbouring low points where there are many. */
  points(): { readonly ts: number; readonly value: number }[] {
    return this.#points.buckets().map(({ from, least }) => ({ ts: from, value: least }));
  }

  get count(): number {
    return this.#points.count;
  }

  #turn(value: number): void {
    this.#points.add(this.#lowTs, this.#low);
    this.#isFalling = false;
    this.#high = value;
  }
}

function leastChange(value: number): number {
  return Math.max(FALL.share * value, FALL.bytes);
}
