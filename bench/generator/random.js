/** A small seeded generator (mulberry32): the same seed gives the same snapshot on every machine. */
export class Random {
  #state;

  /** @param {number} seed */
  constructor(seed) {
    this.#state = seed >>> 0;
  }

  /** A number in [0, 1). */
  next() {
    this.#state = (this.#state + 0x6d2b79f5) | 0;
    let bits = Math.imul(this.#state ^ (this.#state >>> 15), this.#state | 1);
    bits ^= bits + Math.imul(bits ^ (bits >>> 7), bits | 61);
    return ((bits ^ (bits >>> 14)) >>> 0) / 4294967296;
  }

  /** An integer in [0, limit). */
  below(limit) {
    return Math.floor(this.next() * limit);
  }

  chance(probability) {
    return this.next() < probability;
  }

  /** An integer in [0, limit), the low ones far more often: half of the picks fall into the first eighth. */
  skewed(limit) {
    const position = this.next();
    return Math.floor(position * position * position * limit);
  }

  /** An integer in [1, limit] with a long tail: mostly 1 to 6, seldom in the thousands. */
  tail(limit) {
    return Math.min(limit, Math.ceil(1.2 / (this.next() + 1e-9) ** 0.8));
  }
}

/** Seed of a part of the snapshot, so that any part can be built again without those before it. */
export function seedOf(seed, part) {
  return Math.imul(seed ^ 0x9e3779b9, 0x85ebca6b) ^ Math.imul(part + 1, 0xc2b2ae35);
}
