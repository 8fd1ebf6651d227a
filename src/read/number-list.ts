/** Numbers that room is reserved for at once. What is not used is never touched and costs nothing. */
const MOST_AHEAD = 1 << 22;

/** A list of numbers whose length shows only at its end, in shared memory: another thread takes it as it is. */
export class NumberList {
  #values: Float64Array<SharedArrayBuffer>;
  #length = 0;

  /** `most`: a bound on the numbers to come. */
  constructor(most = 1024) {
    this.#values = new Float64Array(new SharedArrayBuffer(8 * Math.min(most, MOST_AHEAD)));
  }

  append(numbers: Float64Array): void {
    if (this.#length + numbers.length > this.#values.length) {
      // Doubles in size, so appending costs constant time on average.
      const larger = new Float64Array(new SharedArrayBuffer(16 * (this.#length + numbers.length)));
      larger.set(this.#values.subarray(0, this.#length));
      this.#values = larger;
    }
    this.#values.set(numbers, this.#length);
    this.#length += numbers.length;
  }

  finish(): Float64Array {
    return this.#values.subarray(0, this.#length);
  }
}
