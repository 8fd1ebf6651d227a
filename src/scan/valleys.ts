/** How far a value has to fall, and to rise again, for a collection to lie between: a share of it, and bytes. */
const FALL = { share: 0.02, bytes: 256 * 1024 };

/**
 * What is left behind collections, from samples that do not say when one was: the low points of a saw. A low point counts once the values have
 * risen from it again, by as much as the noise of allocation does not. Cost: O(1) a sample.
 */
export class Valleys {
  readonly #onPoint: (ts: number, value: number) => void;
  #isFalling = false;
  #high = Number.NEGATIVE_INFINITY;
  #low = Number.POSITIVE_INFINITY;
  #lowTs = 0;

  constructor(onPoint: (ts: number, value: number) => void) {
    this.#onPoint = onPoint;
  }

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

  #turn(value: number): void {
    this.#onPoint(this.#lowTs, this.#low);
    this.#isFalling = false;
    this.#high = value;
  }
}

function leastChange(value: number): number {
  return Math.max(FALL.share * value, FALL.bytes);
}
