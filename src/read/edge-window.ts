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

type MovingColumn<K extends 'u8' | 'u32'> = { -readonly [Part in keyof Region]: Region[Part] } & { kind: K };

/** Takes rows of edges in the file's order. Its columns are those of the rows at hand, shifted as if all rows lay in memory. */
export class EdgeWindow {
  readonly type: MovingColumn<'u8'>;
  readonly name: MovingColumn<'u32'>;
  readonly to: MovingColumn<'u32'>;
  readonly #arena: Arena;
  readonly #rows: number;
  readonly #files: EdgeFiles | undefined;
  readonly #places: { readonly type: number; readonly name: number; readonly to: number };
  /** The first row at hand, and the one behind the last. */
  #from = 0;
  #end = 0;

  /** Without files the rows are forgotten. */
  constructor(arena: Arena, rows: number, files: EdgeFiles | undefined) {
    this.#arena = arena;
    this.#rows = Math.max(rows, LEAST_ROWS);
    this.#files = files;
    this.type = { ...arena.allocate('u8', this.#rows) };
    this.name = { ...arena.allocate('u32', this.#rows) };
    this.to = { ...arena.allocate('u32', this.#rows) };
    this.#places = { type: this.type.offset, name: this.name.offset, to: this.to.offset };
  }

  /** Makes room for `count` rows from `row` on, which is where the last ones ended. */
  prepare(row: number, count: number): void {
    if (row + count > this.#from + this.#rows) this.flush();
    this.#end = row + count;
  }

  /** Writes out what is at hand. */
  flush(): void {
    const [from, count] = [this.#from, this.#end - this.#from];
    const { type, name, to } = this.#places;
    if (this.#files !== undefined && count > 0) {
      const { bytes } = this.#arena;
      this.#files.type.write(bytes.subarray(type, type + count), from);
      this.#files.name.write(bytes.subarray(name, name + 4 * count), 4 * from);
      this.#files.to.write(bytes.subarray(to, to + 4 * count), 4 * from);
    }
    this.#from = this.#end;
    // Addresses wrap, so a base below 0 is as good as any.
    this.type.offset = type - this.#from;
    this.name.offset = name - 4 * this.#from;
    this.to.offset = to - 4 * this.#from;
  }

  /** The first edge whose name is a string index that there is none for; `edges` where all are right. */
  firstBadName(edges: number, numbered: number, strings: number): number {
    const files = this.#files;
    if (files === undefined) return edges;
    this.flush();
    const { bytes, kernels } = this.#arena;
    const { type, name } = this.#places;
    for (let from = 0; from < edges; from += this.#rows) {
      const count = Math.min(this.#rows, edges - from);
      files.type.read(bytes.subarray(type, type + count), from);
      files.name.read(bytes.subarray(name, name + 4 * count), 4 * from);
      const found = kernels.checkEdgeNames(type, name, count, numbered, strings) >>> 0;
      if (found < count) return from + found;
    }
    return edges;
  }
}
