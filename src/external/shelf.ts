import type { Arena } from '../wasm/arena.js';
import { type Kind, type Region, viewOf } from '../wasm/region.js';

type Column<K extends Kind> = Region & { readonly kind: K };

/** Columns of which passes of this mode make others; by name, since they come and go. */
export type ColumnName =
  | 'nodeType'
  | 'nodeName'
  | 'nodeId'
  | 'nodeIdHigh'
  | 'selfSize'
  | 'selfSizeHigh'
  | 'firstEdge'
  | 'detachedness'
  | 'retaining'
  | 'firm'
  | 'visible'
  | 'open'
  | 'pairEdges'
  | 'pairNumbers'
  | 'rootTargets'
  | 'pageSeeds'
  | 'userRoots'
  | 'numbers'
  | 'claimed'
  | 'semi'
  | 'firstPredecessor'
  | 'order'
  | 'idom'
  | 'dominator'
  | 'treeOrder'
  | 'treeSize'
  | 'retainedSize'
  | 'distance'
  | 'classOf';

interface Stored {
  readonly kind: Kind;
  readonly length: number;
  readonly buffer: SharedArrayBuffer;
}

/**
 * Columns that wait outside the arena until a pass needs them: the arena is smaller than all of them together. A copy costs far less
 * than any pass over what is copied.
 */
export class Shelf {
  readonly #arena: Arena;
  readonly #columns = new Map<ColumnName, Stored>();
  /** Of columns that have gone: many columns are of one size, and fresh memory costs more than the copy. */
  readonly #free: SharedArrayBuffer[] = [];

  constructor(arena: Arena) {
    this.#arena = arena;
  }

  has(name: ColumnName): boolean {
    return this.#columns.has(name);
  }

  /** Copies a column out of the arena; an earlier one of that name is replaced. */
  put<K extends Kind>(name: ColumnName, region: Column<K>): void {
    const view = this.#arena.view(region);
    this.drop(name);
    const buffer = this.#bufferOf(view.byteLength);
    this.#columns.set(name, { kind: region.kind, length: region.length, buffer });
    new Uint8Array(buffer).set(new Uint8Array(view.buffer, view.byteOffset, view.byteLength));
  }

  /** Allocates a copy in the arena. */
  take<K extends Kind>(name: ColumnName, kind: K): Column<K> {
    const { length, buffer } = this.#stored(name, kind);
    const region = this.#arena.allocate(kind, length);
    const view = this.#arena.view(region);
    new Uint8Array(view.buffer, view.byteOffset, view.byteLength).set(new Uint8Array(buffer));
    return region;
  }

  /** The same, and nothing waits any longer. */
  move<K extends Kind>(name: ColumnName, kind: K): Column<K> {
    const region = this.take(name, kind);
    this.drop(name);
    return region;
  }

  /** As `take` where the column exists. */
  takeIf<K extends Kind>(name: ColumnName, kind: K): Column<K> | undefined {
    return this.has(name) ? this.take(name, kind) : undefined;
  }

  /** What waits here, without a copy. */
  view<K extends Kind>(name: ColumnName, kind: K) {
    const { length, buffer } = this.#stored(name, kind);
    return viewOf(buffer, { kind, offset: 0, length });
  }

  drop(...names: readonly ColumnName[]): void {
    for (const name of names) {
      const stored = this.#columns.get(name);
      if (stored) this.#free.push(stored.buffer);
      this.#columns.delete(name);
    }
  }

  #bufferOf(bytes: number): SharedArrayBuffer {
    const at = this.#free.findIndex(({ byteLength }) => byteLength === bytes);
    return at < 0 ? new SharedArrayBuffer(bytes) : this.#free.splice(at, 1)[0];
  }

  #stored(name: ColumnName, kind: Kind): Stored {
    const stored = this.#columns.get(name);
    if (stored?.kind !== kind) throw new Error(`found no ${kind} column ${name}, expected one`);
    return stored;
  }
}
