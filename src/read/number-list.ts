/** A list of numbers whose length shows only at its end. Doubles in size, so appending costs constant time on average. */
export class NumberList {
  #values = new Float64Array(1024);
  #length = 0;

  append(numbers: Float64Array): void {
    if (this.#length + numbers.length > this.#values.length) {
      const larger = new Float64Array(2 * (this.#length + numbers.length));
      larger.set(this.#values.subarray(0, this.#length));
      this.#values = larger;
    }
    this.#values.set(numbers, this.#length);
    this.#length += numbers.length;
  }

  finish(): Float64Array {
    return this.#values.slice(0, this.#length);
  }
}
