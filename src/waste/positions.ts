import type { HeapView } from '../analysis/heap-view.js';
import { SEGMENT } from '../read/string-table.js';

/** No store has as many words. */
const MOST_DIGITS = 9;
const DIGIT_0 = 0x30;
const UNKNOWN = 0;
const NO_NUMBER = 1;

/** Positions that names of edges stand for: `internal` edges of stores are named by numbers. Each name is read once. */
export class Positions {
  readonly #strings: HeapView['strings'];
  readonly #segments: readonly Uint8Array[];
  /** Position + 2 by string index. */
  readonly #known: Uint32Array;

  constructor(view: HeapView) {
    this.#strings = view.strings;
    this.#segments = view.strings.data.segments.map((segment) => new Uint8Array(segment));
    this.#known = new Uint32Array(view.strings.count);
  }

  /** -1 for a name that is no position. */
  of(name: number): number {
    if (this.#known[name] === UNKNOWN) this.#known[name] = 2 + this.#read(name);
    return this.#known[name] - 2;
  }

  /** In place, since a large Map has as many names. */
  #read(name: number): number {
    const start = this.#strings.end(name - 1);
    const length = this.#strings.end(name) - start;
    if (length === 0 || length > MOST_DIGITS) return NO_NUMBER - 2;
    const from = start % SEGMENT;
    // One that lies in two pieces is put together.
    if (from + length > SEGMENT) return parse(this.#strings.bytes(name), 0, length);
    return parse(this.#segments[(start - from) / SEGMENT], from, from + length);
  }
}

function parse(bytes: Uint8Array, from: number, to: number): number {
  let value = 0;
  for (let at = from; at < to; at++) {
    const digit = bytes[at] - DIGIT_0;
    if (digit < 0 || digit > 9) return NO_NUMBER - 2;
    value = 10 * value + digit;
  }
  return value;
}
