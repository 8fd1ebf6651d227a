import type { Arena } from '../wasm/arena.js';
import type { StringTable } from './string-table.js';

/** Bytes of strings that kernels get at a time. */
const WINDOW = 1 << 16;
/** And strings: most windows are full by then. */
const MOST_STRINGS = 1 << 13;

/** As kernels take it: address and number of the bytes, where the first string begins, address and number of the strings' ends. */
export type StringWindow = readonly [text: number, length: number, start: number, ends: number, count: number];

/**
 * Texts lie outside the arena, and come into it a window at a time. A kernel says how many of the strings lie in the bytes; the next one lies in two
 * pieces or fills more than a window where that is none. What it allocates is good for as long as the caller's scratch.
 */
export class StringWindows {
  readonly #strings: StringTable;
  readonly #text: number;
  readonly #ends: number;
  readonly #bytes: Uint8Array;
  readonly #endsOf: Uint32Array;

  constructor(arena: Arena, strings: StringTable) {
    const text = arena.allocate('u8', WINDOW);
    const ends = arena.allocate('u32', MOST_STRINGS);
    this.#strings = strings;
    this.#text = text.offset;
    this.#ends = ends.offset;
    this.#bytes = arena.view(text);
    this.#endsOf = arena.view(ends);
  }

  /** In place of the window before. */
  from(first: number): StringWindow {
    const start = this.#strings.end(first - 1);
    const text = this.#strings.bytesAt(start, WINDOW);
    const ends = this.#strings.data.ends.subarray(first, first + MOST_STRINGS);
    this.#bytes.set(text);
    this.#endsOf.set(ends);
    return [this.#text, text.length, start, this.#ends, ends.length];
  }
}
