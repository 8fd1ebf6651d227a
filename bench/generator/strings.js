const NUMERIC = 0x40000000;
const FRESH = 0x80000000;

/**
 * The string table, three parts in a row: fixed words, texts that occur once, and the numbers that name internal edges.
 * How long the parts become is known only after planning, so nodes and edges carry a tagged reference until they are written.
 */
export class StringTable {
  #fixed = new Map();
  #words = [];
  #freshCount = 0;
  #numericCount = 0;

  fixed(text) {
    let index = this.#fixed.get(text);
    if (index === undefined) {
      index = this.#words.push(text) - 1;
      this.#fixed.set(text, index);
    }
    return index;
  }

  wordAt(index) {
    return this.#words[index];
  }

  numeric(value) {
    if (value >= this.#numericCount) this.#numericCount = value + 1;
    return value + NUMERIC;
  }

  fresh(index) {
    if (index >= this.#freshCount) this.#freshCount = index + 1;
    return index + FRESH;
  }

  /** The string index that a reference has in the file. */
  indexOf(reference) {
    if (reference < NUMERIC) return reference;
    if (reference >= FRESH) return this.#words.length + reference - FRESH;
    return this.#words.length + this.#freshCount + reference - NUMERIC;
  }

  words() {
    return this.#words;
  }

  *numbers() {
    for (let value = 0; value < this.#numericCount; value++) yield String(value);
  }
}
