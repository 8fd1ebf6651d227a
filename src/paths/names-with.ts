import type { StringTable } from '../read/string-table.js';

/** So much of a text has all of a start, should it be written with escapes. */
const LONGEST_START = 256;

/** Which strings begin in the same way: Chromium writes more behind some of V8's names, such as a page's address. */
export class NamesWith {
  readonly #strings: StringTable;
  readonly #start: string;
  /** By string index: 0 not looked at, 1 no, 2 yes. */
  readonly #known: Uint8Array;

  constructor(strings: StringTable, start: string) {
    this.#strings = strings;
    this.#start = start;
    this.#known = new Uint8Array(strings.count);
  }

  has(index: number): boolean {
    if (this.#known[index] === 0) this.#known[index] = this.#startsSo(index) ? 2 : 1;
    return this.#known[index] === 2;
  }

  #startsSo(index: number): boolean {
    return this.#strings.text(index, LONGEST_START).startsWith(this.#start);
  }
}
