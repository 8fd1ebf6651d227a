import type { HeapView } from '../analysis/heap-view.js';
import { flagsOf } from '../analysis/node-lists.js';
import type { Bytes, Ordinal } from '../base/types.js';
import type { U8, U32 } from '../graph/graph.js';
import type { Names } from './names.js';
import type { Texts } from './texts.js';

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

/** No position of an edge's name lies behind that many places. */
const MOST_COUNTED = 2 ** 31;

/** Finds tables and reads what they say of themselves. What it goes by lies in the arena. */
export class HashTables {
  readonly #view: HeapView;
  readonly #edges: Names;
  readonly #numbers: U32;
  readonly #isHole: U8;
  readonly #deleted: U32;

  constructor(view: HeapView, names: Names, { numbers }: Texts) {
    this.#view = view;
    this.#edges = names;
    this.#numbers = numbers;
    this.#isHole = flagsOf(view, names.indexes('system / Hole'));
    this.#deleted = view.arena.allocate('u32', 1);
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
    if (buckets !== 0 && !(buckets >= 1 && Number.isInteger(Math.log2(buckets)))) return undefined;
    return { collection, node: table, bytes, capacity: LOAD * buckets };
  }

  /** Entries that show anything, and places of deleted ones, which Node 22 and 24 show as holes. */
  #count(collection: Collection, table: Ordinal, capacity: number, enough: number) {
    if (capacity > MOST_COUNTED) return { shown: 0, deleted: 0 };
    const { arena, snapshot, edgeTypes, nodeTypes } = this.#view;
    const { firstEdge, edgeType, edgeName, edgeTo, nodeType, nodeName } = snapshot.graph.columns;
    const shown = arena.kernels.countEntries(
      ...([table, firstEdge.offset, edgeType.offset, edgeName.offset, edgeTo.offset] as const),
      ...([nodeType.offset, nodeName.offset, edgeTypes.internal, nodeTypes.hidden, nodeTypes.native] as const),
      ...([this.#numbers.offset, this.#isHole.offset, COUNTS + capacity / LOAD, ENTRY_WORDS[collection]] as const),
      ...([capacity, enough, this.#deleted.offset] as const),
    );
    return { shown, deleted: arena.view(this.#deleted)[0] };
  }
}

function wordsOfBucket(collection: Collection): number {
  return 1 + LOAD * ENTRY_WORDS[collection];
}
