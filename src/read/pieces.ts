// The rows of a list, cut into pieces that two readers divide between them as they go: the first one takes them from the front, the
// second one from the back, until there are none left. So both are done at the same time, whichever of them is the faster.

/** At most so many: both numbers of `TAKEN` fit 16 bits, and the offsets a few pages. */
export const MOST_PIECES = 1024;

// Words.
const STATE = 0;
const STOPPED = 1;
const COUNT = 2;
/** Pieces that the first reader has taken, in the low half; those that the second one has left, in the high one. */
const TAKEN = 3;
const WORDS = 4;

// Doubles behind them.
const FIRST_ROW = 2;
const ROWS = 3;
const LIST_END = 4;
const OFFSETS = 5;

// States: from pending to laid out by the second reader, or to closed by the first one.
const PENDING = 0;
const LAID_OUT = 1;
const CLOSED = 2;

/** Where the pieces of a list are. */
export interface PieceLayout {
  /** File offset of the first number of each piece. */
  readonly offsets: readonly number[];
  readonly firstRow: number;
  /** Rows of every piece but the last. */
  readonly rows: number;
  /** File offset behind the list. */
  readonly listEnd: number;
}

/** In shared memory: each reader has one of its own over it. */
export class Pieces {
  readonly buffer: SharedArrayBuffer;
  readonly #words: Int32Array;
  readonly #places: Float64Array;

  constructor(buffer = new SharedArrayBuffer(8 * (OFFSETS + MOST_PIECES))) {
    this.buffer = buffer;
    this.#words = new Int32Array(buffer, 0, WORDS);
    this.#places = new Float64Array(buffer);
  }

  /** Tells the first reader where they are; false where that one wants none any more. */
  layOut({ offsets, firstRow, rows, listEnd }: PieceLayout): boolean {
    this.#places[FIRST_ROW] = firstRow;
    this.#places[ROWS] = rows;
    this.#places[LIST_END] = listEnd;
    this.#places.set(offsets, OFFSETS);
    this.#words[COUNT] = offsets.length;
    this.#words[TAKEN] = offsets.length << 16;
    return Atomics.compareExchange(this.#words, STATE, PENDING, LAID_OUT) === PENDING;
  }

  get areLaidOut(): boolean {
    return Atomics.load(this.#words, STATE) === LAID_OUT;
  }

  get count(): number {
    return this.#words[COUNT];
  }

  get listEnd(): number {
    return this.#places[LIST_END];
  }

  /** File offset of a piece's first number; `Infinity` behind the last piece. */
  offsetOf(piece: number): number {
    return piece < this.count ? this.#places[OFFSETS + piece] : Number.POSITIVE_INFINITY;
  }

  /** Its first row; `Infinity` behind the last piece, which has all rows that are left. */
  rowOf(piece: number): number {
    return piece < this.count ? this.#places[FIRST_ROW] + piece * this.#places[ROWS] : Number.POSITIVE_INFINITY;
  }

  /** Takes the next piece from the front; false where there is none left. */
  takeFirst(): boolean {
    return this.#take((taken) => taken + 1) !== undefined;
  }

  /** Takes the next piece from the back; undefined where there is none left. */
  takeLast(): number | undefined {
    const taken = this.#take((before) => before - 0x1_0000);
    return taken === undefined ? undefined : taken >>> 16;
  }

  #take(step: (taken: number) => number): number | undefined {
    for (;;) {
      const before = Atomics.load(this.#words, TAKEN);
      if ((before & 0xffff) === before >>> 16) return undefined;
      const after = step(before);
      if (Atomics.compareExchange(this.#words, TAKEN, before, after) === before) return after;
    }
  }

  /** Ends the second reader. */
  stop(): void {
    Atomics.store(this.#words, STOPPED, 1);
    Atomics.compareExchange(this.#words, STATE, PENDING, CLOSED);
  }

  get isStopped(): boolean {
    return Atomics.load(this.#words, STOPPED) === 1;
  }
}
