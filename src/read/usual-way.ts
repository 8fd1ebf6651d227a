import { SCANNER, SLOT } from '../wasm/kernels.js';
import type { Input } from './input.js';

/** A faster way through a list whose numbers come in rows of `width`. */
export interface UsualRows {
  readonly width: number;
  /**
   * Reads rows from [from, end) as far as all is usual; the slots at `result` tell how many and where the next one begins.
   * `feed` is 1 where a line feed stands between a row and its comma.
   */
  readonly read: (from: number, end: number, feed: 0 | 1, result: number) => void;
  /** Told how many rows have been read. */
  readonly passed: (rows: number) => void;
}

/** Rows that are left to the general scanner where one is odd, at first. */
const FEW_ROWS = 8;
const LINE_FEED = 0x0a;

/**
 * When to go the faster way through a list. The general scanner has the first row, which shows what stands between rows, and
 * wherever that way leads no further some more: twice as many each time that it has not paid, so that a file in which every row is odd
 * loses little.
 */
export class UsualWay {
  readonly width: number;
  readonly #rows: UsualRows;
  #feed: 0 | 1 = 0;
  #oddRows = 1;
  #nextOddRows = FEW_ROWS;

  constructor(rows: UsualRows) {
    this.width = rows.width;
    this.#rows = rows;
  }

  /** Whether the input stands at a row that has not been found odd. */
  get isDue(): boolean {
    return this.#oddRows === 0;
  }

  /** The numbers that the general scanner has to take. */
  get oddNumbers(): number {
    return this.#oddRows * this.width;
  }

  /** Reads rows up to the address `end`; returns how many. */
  read(input: Input, end: number, result: number, slots: Uint32Array): number {
    this.#rows.read(input.position, end, this.#feed, result);
    const rows = slots[SLOT.count];
    input.position = slots[SLOT.position];
    this.#rows.passed(rows);
    if (rows > this.#nextOddRows) this.#nextOddRows = FEW_ROWS;
    return rows;
  }

  /** The next row is odd. `most`: numbers that the general scanner takes at a time. */
  giveUp(most: number): void {
    this.#oddRows = Math.min(this.#nextOddRows, Math.floor(most / this.width));
    this.#nextOddRows = 2 * this.#oddRows;
  }

  /** The general scanner has come to a new place, with `held` numbers since the last whole row before. */
  scanned(held: number, state: number, input: Input): void {
    if (state !== SCANNER.value || held === 0 || held % this.width !== 0) return;
    this.#oddRows = 0;
    this.#feed = input.bytes[input.position - 2] === LINE_FEED ? 1 : 0;
  }
}
