// Edges on their way to files: rows are filled into a window in the arena, which moves on when it is full.

import type { Arena } from '../wasm/arena.js';
import type { Region } from '../wasm/region.js';
import type { TemporaryFile } from './temporary-file.js';

/** A batch of the scanner has fewer rows, whatever the fields. */
const LEAST_ROWS = 16_384;

/** The three columns of edges in files, end to end as they would lie in memory. */
export interface EdgeFiles {
  readonly type: TemporaryFile;
  readonly name: TemporaryFile;
  readonly to: TemporaryFile;
}

/** Bytes that an edge takes in files. */
export const EDGE_FILE_BYTES = 9;

/** In the place of files for those who only want to know that edges are right: looks at their names and forgets them. */
export class NameCheck {
  /** The highest string index that names an edge; -1 without any. */
  highest = -1;
  /** The first edge whose name is `limit` or above; -1 without any. */
  first = -1;
  readonly #numbered: number;
  readonly #limit: number;

  /** `numbered` has the bits of the types whose name is a number. */
  constructor(numbered: number, limit = Number.POSITIVE_INFINITY) {
    this.#numbered = numbered;
    this.#limit = limit;
  }

  /** Rows from `from` on. For those that look closer there are the targets, too. */
  look(types: Uint8Array, names: Uint32Array, from: number, _targets: Uint32Array): void {
    for (let at = 0; at < names.length; at++) {
      const name = names[at];
      if (name <= this.highest) continue;
      if (types[at] < 32 && ((this.#numbered >>> types[at]) & 1) === 1) continue;
      this.highest = name;
      if (this.first < 0 && name >= this.#limit) this.first = from + at;
    }
  }
}

type MovingColumn<K extends 'u8' | 'u32'> = { -readonly [Part in keyof Region]: Region[Part] } & { kind: K };

/** Takes rows of edges in the file's order. Its columns are those of the rows at hand, shifted as if all rows lay in memory. */
export class EdgeWindow {
  readonly type: MovingColumn<'u8'>;
  readonly name: MovingColumn<'u32'>;
  readonly to: MovingColumn<'u32'>;
  readonly #arena: Arena;
  readonly #rows: number;
  readonly #sink: EdgeFiles | NameCheck;
  readonly #places: { readonly type: number; readonly name: number; readonly to: number };
  /** The first row at hand. */
  #from = 0;

  constructor(arena: Arena, rows: number, sink: EdgeFiles | NameCheck) {
    this.#arena = arena;
    this.#rows = Math.max(rows, LEAST_ROWS);
    this.#sink = sink;
    this.type = { ...arena.allocate('u8', this.#rows) };
    this.name = { ...arena.allocate('u32', this.#rows) };
    this.to = { ...arena.allocate('u32', this.#rows) };
    this.#places = { type: this.type.offset, name: this.name.offset, to: this.to.offset };
  }

  /** Makes room for `least` rows from `row` on, all before it being filled; returns for how many there is. */
  roomAt(row: number, least = LEAST_ROWS / 2): number {
    if (row + least > this.#from + this.#rows) this.flush(row);
    return this.#from + this.#rows - row;
  }

  /** Passes on the rows at hand, up to `end`. */
  flush(end: number): void {
    const { type, name, to } = this.#places;
    if (end > this.#from) this.#pass(this.#from, end - this.#from);
    this.#from = end;
    // Addresses wrap, so a base below 0 is as good as any.
    this.type.offset = type - end;
    this.name.offset = name - 4 * end;
    this.to.offset = to - 4 * end;
  }

  #pass(from: number, count: number): void {
    const { type, name, to } = this.#places;
    const { bytes } = this.#arena;
    const sink = this.#sink;
    if (sink instanceof NameCheck) {
      const [names, targets] = [name, to].map((address) => new Uint32Array(bytes.buffer, address, count));
      sink.look(bytes.subarray(type, type + count), names, from, targets);
      return;
    }
    sink.type.write(bytes.subarray(type, type + count), from);
    sink.name.write(bytes.subarray(name, name + 4 * count), 4 * from);
    sink.to.write(bytes.subarray(to, to + 4 * count), 4 * from);
  }

  /**
   * The first edge whose name is a string index that there is none for; `edges` where all are right, undefined where one is wrong and
   * nobody has written down which.
   */
  firstBadName(edges: number, numbered: number, strings: number): number | undefined {
    this.flush(edges);
    const sink = this.#sink;
    if (sink instanceof NameCheck) return sink.highest < strings ? edges : undefined;
    const { bytes, kernels } = this.#arena;
    const { type, name } = this.#places;
    for (let from = 0; from < edges; from += this.#rows) {
      const count = Math.min(this.#rows, edges - from);
      sink.type.read(bytes.subarray(type, type + count), from);
      sink.name.read(bytes.subarray(name, name + 4 * count), 4 * from);
      const found = kernels.checkEdgeNames(type, name, count, numbered, strings) >>> 0;
      if (found < count) return from + found;
    }
    return edges;
  }
}
