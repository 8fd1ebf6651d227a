import type { HeapView } from '../analysis/heap-view.js';

/** No store has as many words. */
const MOST_DIGITS = 9;
const DIGIT_0 = 0x30;
const UNKNOWN = 0;
const NO_NUMBER = 1;

/** Positions that names of edges stand for: `internal` edges of stores are named by numbers. Each name is read once. */
export class Positions {
  readonly #strings: HeapView['strings'];
  /** Position + 2 by string index. */
  readonly #known: Uint32Array;

  constructor(view: HeapView) {
    this.#strings = view.strings;
    this.#known = new Uint32Array(view.strings.count);
  }

  /** -1 for a name that is no position. */
  of(name: number): number {
    if (this.#known[name] === UNKNOWN) this.#known[name] = 2 + parse(this.#strings.bytes(name, MOST_DIGITS + 1));
    return this.#known[name] - 2;
  }
}

function parse(digits: Uint8Array): number {
  if (digits.length === 0 || digits.length > MOST_DIGITS) return NO_NUMBER - 2;
  let value = 0;
  for (let at = 0; at < digits.length; at++) {
    const digit = digits[at] - DIGIT_0;
    if (digit < 0 || digit > 9) return NO_NUMBER - 2;
    value = 10 * value + digit;
  }
  return value;
}
