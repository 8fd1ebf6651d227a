import type { HeapView } from '../analysis/heap-view.js';
import type { Bytes, Ordinal } from '../base/types.js';
import type { Names } from './names.js';
import { Positions } from './positions.js';
import type { WasteGround } from './scene.js';

/** Of the object that a table is: its hidden class and its length. */
const HEADER_WORDS = 2;
/** Counts of entries, of deleted entries and of buckets. */
const COUNTS = 3;
/** Entries that a bucket stands for. */
const LOAD = 2;
/** No table that has room for any entry has room for fewer. */
const LEAST_CAPACITY = 4;

export type Collection = 'Map' | 'Set';

export const COLLECTIONS: readonly Collection[] = ['Map', 'Set'];

/** Words of an entry: key, value where there is one, next in the bucket. */
const ENTRY_WORDS: Readonly<Record<Collection, number>> = { Map: 3, Set: 2 };

/** The table of a Map or Set, as its size and what it refers to tell it. Catalogue: D1. */
export interface HashTable {
  readonly collection: Collection;
  readonly node: Ordinal;
  /** As the file has it. */
  readonly bytes: Bytes;
  /** A power of two, or 0 for a table that all empty collections share. */
  readonly capacity: number;
}

/** Finds tables and reads what they say of themselves. */
export class HashTables {
  readonly #view: HeapView;
  readonly #edges: Names;
  readonly #holes: readonly number[];
  readonly #positions: Positions;

  constructor(ground: WasteGround) {
    const { view, names } = ground;
    this.#view = view;
    this.#edges = names;
    this.#holes = names.indexes('system / Hole');
    this.#positions = new Positions(ground);
  }

  /**
   * Undefined for a Map or Set that is none, such as a prototype, for a layout that is not V8's, and where something else keeps a table
   * with room too, as an iterator does.
   */
  of(collection: Collection, node: Ordinal): HashTable | undefined {
    const { nodeType, nodeTypes, dominator } = this.#view;
    const table = this.#edges.target(node, 'table');
    if (table < 0 || nodeType[table] !== nodeTypes.array) return undefined;
    const layout = this.#layout(collection, table);
    return layout?.capacity === 0 || dominator[table] === node ? layout : undefined;
  }

  /**
   * How many entries a table has: so many at least, so many at most, since one of nothing but numbers shows nothing. Counts no further than
   * to one more than `enough`.
   */
  entries(
    { collection, node, capacity }: HashTable,
    enough = capacity,
  ): { readonly least: number; readonly most: number } {
    const { shown, deleted } = this.#count(collection, node, capacity, enough);
    // V8 makes a table smaller whose entries are fewer than a quarter of its capacity, down to the least one.
    const least = Math.max(shown, capacity > LEAST_CAPACITY ? capacity / 4 : 0);
    return { least, most: Math.max(least, capacity - deleted) };
  }

  /** What a table takes that has room for so many entries, and no more than V8 gives it. */
  bytesFor(collection: Collection, entries: number): Bytes {
    const capacity = Math.max(LEAST_CAPACITY, 2 ** Math.ceil(Math.log2(Math.max(1, entries))));
    return this.#view.pointerSize * (HEADER_WORDS + COUNTS + (capacity / LOAD) * wordsOfBucket(collection));
  }

  #layout(collection: Collection, table: Ordinal): HashTable | undefined {
    const bytes = this.#view.rawSelfSize(table);
    const buckets = (bytes / this.#view.pointerSize - HEADER_WORDS - COUNTS) / wordsOfBucket(collection);
    if (buckets !== 0 && !Number.isInteger(Math.log2(buckets))) return undefined;
    return { collection, node: table, bytes, capacity: LOAD * buckets };
  }

  /** Entries that show anything, and places of deleted ones, which Node 22 and 24 show as holes. */
  #count(collection: Collection, table: Ordinal, capacity: number, enough: number) {
    const { firstEdge, edgeType, edgeName, edgeTo, edgeTypes, nodeName, nodeType, nodeTypes } = this.#view;
    const { internal } = edgeTypes;
    const { hidden, native } = nodeTypes;
    const words = ENTRY_WORDS[collection];
    const first = COUNTS + capacity / LOAD;
    let [shown, deleted, last] = [0, 0, -1];
    const end = firstEdge[table + 1];
    for (let edge = firstEdge[table]; edge < end && shown <= enough; edge++) {
      if (edgeType[edge] !== internal) continue;
      const entry = Math.floor((this.#positions.of(edgeName[edge]) - first) / words);
      // Key and value of an entry come one after the other.
      if (!(entry >= 0 && entry < capacity) || entry === last) continue;
      last = entry;
      // V8's own nodes are of these types, and types lie closer together than names do.
      const type = nodeType[edgeTo[edge]];
      if ((type === hidden || type === native) && this.#holes.includes(nodeName[edgeTo[edge]])) deleted++;
      else shown++;
    }
    return { shown, deleted };
  }
}

function wordsOfBucket(collection: Collection): number {
  return 1 + LOAD * ENTRY_WORDS[collection];
}
