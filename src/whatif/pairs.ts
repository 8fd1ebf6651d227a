import type { HeapView } from '../analysis/heap-view.js';
import type { Ordinal } from '../base/types.js';
import { TAG } from '../graph/tags.js';
import { viewOf } from '../wasm/region.js';
import { type Holding, holds, PLACE } from './holding.js';

/** What a pair's value needs besides its key: the table, nothing, or nothing helps. */
export const PAIR = { conditional: 0, unconditional: 1, dead: 2 } as const;

/** The entries of WeakMaps as V8 treats them: a value lives while its key and its table do. By pair, in order of the key's edge. */
export class Pairs {
  readonly count: number;
  /** The key's edge. */
  readonly edge: Uint32Array;
  /** The key. */
  readonly from: Uint32Array;
  /** The value. */
  readonly to: Uint32Array;
  readonly table: Uint32Array;
  /** A `PAIR`. */
  readonly state: Uint8Array;
  /** By ordinal. */
  readonly isKey: Uint8Array;
  readonly isTable: Uint8Array;
  readonly #number: Uint32Array;
  /** Pairs by ascending table. */
  readonly #byTable: Uint32Array;

  constructor(nodeCount: number, entries: readonly PairEntry[]) {
    this.count = entries.length;
    this.edge = Uint32Array.from(entries, ({ edge }) => edge);
    this.from = Uint32Array.from(entries, ({ from }) => from);
    this.to = Uint32Array.from(entries, ({ to }) => to);
    this.table = Uint32Array.from(entries, ({ table }) => table);
    this.#number = Uint32Array.from(entries, ({ number }) => number);
    this.state = new Uint8Array(this.count);
    this.isKey = new Uint8Array(nodeCount);
    this.isTable = new Uint8Array(nodeCount);
    for (const key of this.from) this.isKey[key] = 1;
    for (const table of this.table) this.isTable[table] = 1;
    const { table } = this;
    this.#byTable = Uint32Array.from(entries.keys()).sort((a, b) => table[a] - table[b]);
  }

  /** The pair that an edge is the key's edge of, -1 for other edges. Cost: log2(pairs). */
  at(edge: number): number {
    const pair = lowerBound(this.count, (at) => this.edge[at] < edge);
    return this.edge[pair] === edge ? pair : -1;
  }

  eachOf(table: Ordinal, visit: (pair: number) => void): void {
    let at = lowerBound(this.count, (slot) => this.table[this.#byTable[slot]] < table);
    for (; at < this.count && this.table[this.#byTable[at]] === table; at++) visit(this.#byTable[at]);
  }

  /**
   * Has keys alone hold the values of tables that nothing is found to hold: something does, or they would not be in the snapshot. So all
   * that was there is reached before the cut, and what is missing after it is what the cut takes.
   */
  freeFromTables(isLost: (table: Ordinal) => boolean): void {
    for (let pair = 0; pair < this.count; pair++) if (isLost(this.table[pair])) this.state[pair] = PAIR.unconditional;
  }

  /** Has the pairs end that the table's edges with these numbers are of; not those whose keys hold alone. */
  kill(numbers: ReadonlySet<number>): void {
    if (numbers.size === 0) return;
    for (let pair = 0; pair < this.count; pair++) {
      if (this.state[pair] === PAIR.conditional && numbers.has(this.#number[pair])) this.state[pair] = PAIR.dead;
    }
  }
}

interface PairEntry {
  readonly edge: number;
  readonly from: Ordinal;
  readonly to: Ordinal;
  readonly table: Ordinal;
  readonly number: number;
}

/** The first of `count` places that is not below. */
function lowerBound(count: number, isBelow: (at: number) => boolean): number {
  let low = 0;
  let high = count;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (isBelow(middle)) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** What the edges' names say of pairs (S3.1). */
export class PairEdges {
  readonly #view: HeapView;
  readonly #tags: Uint8Array;
  readonly #names: Uint32Array;
  readonly #tables: Float64Array;
  readonly #numbers: Uint32Array;

  constructor(view: HeapView, buffer: ArrayBufferLike) {
    const { ephemerons, tags } = view.snapshot.graph;
    this.#view = view;
    this.#tags = viewOf(buffer, tags);
    this.#names = viewOf(buffer, ephemerons.names);
    this.#tables = viewOf(buffer, ephemerons.tables);
    this.#numbers = viewOf(buffer, ephemerons.pairs);
  }

  /** Position of the edge's name among those of pairs; -1 for other edges. */
  entryOf(edge: number): number {
    const { edgeType, edgeName, edgeTypes } = this.#view;
    const name = edgeName[edge];
    if (edgeType[edge] !== edgeTypes.internal || (this.#tags[name] & TAG.ephemeron) === 0) return -1;
    return lowerBound(this.#names.length, (at) => this.#names[at] < name);
  }

  isFromTable(entry: number, from: Ordinal): boolean {
    return this.#view.id(from) === this.#tables[entry];
  }

  /** The same for both edges of a pair. */
  numberOf(entry: number): number {
    return this.#numbers[entry];
  }

  /** Pairs with a key's edge that holds and a table that says the same. Cost: one pass over the edges, if there are names of pairs. */
  collect({ edges, place }: Holding): Pairs {
    const { nodeCount, firstEdge, edgeTo } = this.#view;
    const keys: Omit<PairEntry, 'table'>[] = [];
    const tableOf = new Int32Array(this.#view.snapshot.graph.ephemerons.pairCount).fill(-1);
    for (let from = 0; from < nodeCount && this.#names.length > 0; from++) {
      for (let edge = firstEdge[from]; edge < firstEdge[from + 1]; edge++) {
        const entry = this.entryOf(edge);
        if (entry < 0) continue;
        const number = this.numberOf(entry);
        if (this.isFromTable(entry, from)) tableOf[number] = from;
        else if (place[from] !== PLACE.alone && holds(edges, edge)) keys.push({ edge, from, to: edgeTo[edge], number });
      }
    }
    const entries = keys.filter(({ number }) => tableOf[number] >= 0);
    return new Pairs(
      nodeCount,
      entries.map((entry) => ({ ...entry, table: tableOf[entry.number] })),
    );
  }
}
