import type { U32 } from '../graph/graph.js';
import type { EdgeFiles } from '../read/edge-window.js';
import type { Arena } from '../wasm/arena.js';

/** Edges of a range of nodes. The columns are bases, shifted as if all edges lay in memory; only what was asked for is there. */
export interface EdgeRange {
  /** Nodes [from, to). */
  readonly from: number;
  readonly to: number;
  /** Edges [first, first + count). */
  readonly first: number;
  readonly count: number;
  readonly type: number;
  readonly name: number;
  readonly edgeTo: number;
}

export type EdgeColumn = 'type' | 'name' | 'to';
const WIDTH: Readonly<Record<EdgeColumn, 1 | 4>> = { type: 1, name: 4, to: 4 };

/** Edges back from their files: in windows, front to back. */
export class EdgeReader {
  readonly files: EdgeFiles;
  readonly #rows: number;
  #mostOfNode: number | undefined;

  /** `rows`: edges of a window, but for a node that has more. */
  constructor(files: EdgeFiles, rows: number) {
    this.files = files;
    this.#rows = rows;
  }

  /** Calls `visit` for ranges of whole nodes, in order, with the columns asked for. `firstEdge`: all nodes', in the arena. */
  sweep(arena: Arena, firstEdge: U32, columns: readonly EdgeColumn[], visit: (range: EdgeRange) => void): void {
    arena.scratch(() => {
      const starts = arena.view(firstEdge);
      const rows = Math.min(Math.max(this.#rows, this.#most(starts)), starts[starts.length - 1]);
      const place = (column: EdgeColumn) =>
        columns.includes(column) ? arena.allocate('u8', WIDTH[column] * rows) : undefined;
      const windows = { type: place('type'), name: place('name'), to: place('to') };
      const nodes = starts.length - 1;
      for (let from = 0; from < nodes; ) {
        const first = starts[from];
        const to = lastWithin(starts, from, first + rows);
        const count = starts[to] - first;
        const base = (column: EdgeColumn) => {
          const window = windows[column];
          if (window === undefined) return 0;
          const width = WIDTH[column];
          this.read(arena, column, first, count, window.offset);
          return window.offset - width * first;
        };
        visit({ from, to, first, count, type: base('type'), name: base('name'), edgeTo: base('to') });
        from = to;
      }
    });
  }

  /** Brings `count` values of a column from edge `first` on to this address. */
  read(arena: Arena, column: EdgeColumn, first: number, count: number, address: number): void {
    const width = WIDTH[column];
    if (count > 0) this.files[column].read(arena.bytes.subarray(address, address + width * count), width * first);
  }

  #most(starts: Uint32Array): number {
    if (this.#mostOfNode === undefined) {
      let most = 0;
      for (let node = 1; node < starts.length; node++) {
        const count = starts[node] - starts[node - 1];
        if (count > most) most = count;
      }
      this.#mostOfNode = most;
    }
    return this.#mostOfNode;
  }
}

/** The last node boundary behind `from` whose edge lies at `limit` at most. */
function lastWithin(starts: Uint32Array, from: number, limit: number): number {
  let low = from + 1;
  let high = starts.length - 1;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (starts[middle] <= limit) low = middle;
    else high = middle - 1;
  }
  return low;
}
