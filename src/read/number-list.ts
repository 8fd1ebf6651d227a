/** A list of numbers whose length shows only at its end. Doubles in size, so appending costs constant time on average. */
export class NumberList {
  #values = new Float64Array(1024);
  #length = 0;

  append(numbers: BigInt64Array): void {
    if (this.#length + numbers.length > this.#values.length) {
      const larger = new Float64Array(2 * (this.#length + numbers.length));
      larger.set(this.#values.subarray(0, this.#length));
      this.#values = larger;
    }
    for (const value of numbers) this.#values[this.#length++] = Number(value);
  }

  finish(): Float64Array {
    return this.#values.slice(0, this.#length);
  }
}
