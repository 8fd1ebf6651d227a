import { type GroupTable, NOT_LISTED } from './evidence.js';

/** The groups of a series' last snapshot with their figures in every snapshot of it. */
export interface JoinedGroups {
  readonly snapshots: number;
  /** Groups of the last snapshot's table. */
  readonly size: number;
  /** As in that table. */
  readonly parents: Uint32Array;
  members(group: number): number[];
  degrees(group: number): number[];
  selfSize(group: number): number[];
  retainedSize(group: number): number[];
}

/**
 * Joins by key. A group that a table does not list had at most one member there, and counts as none. Cost: linear; 4 bytes a group and
 * snapshot.
 */
export function joinGroups(tables: readonly GroupTable[]): JoinedGroups {
  const last = tables[tables.length - 1];
  const index = new KeyIndex(last.keys);
  const size = last.members.length;
  const rows = tables.map((table) => {
    const row = new Uint32Array(size).fill(NOT_LISTED);
    for (let group = 0; group < table.members.length; group++) {
      const position = index.find(table.keys[2 * group], table.keys[2 * group + 1]);
      if (position >= 0) row[position] = group;
    }
    return row;
  });
  const series = (column: (table: GroupTable) => ArrayLike<number>) => (group: number) =>
    tables.map((table, at) => (rows[at][group] === NOT_LISTED ? 0 : column(table)[rows[at][group]]));
  return {
    snapshots: tables.length,
    size,
    parents: last.parents,
    members: series(({ members }) => members),
    degrees: series(({ degrees }) => degrees),
    selfSize: series(({ selfSize }) => selfSize),
    retainedSize: series(({ retainedSize }) => retainedSize),
  };
}

/** Positions of 64-bit keys: a Map would need a text for each. */
class KeyIndex {
  readonly #keys: Uint32Array;
  readonly #slots: Uint32Array;
  readonly #mask: number;

  constructor(keys: Uint32Array) {
    const count = keys.length / 2;
    const size = 2 ** Math.ceil(Math.log2(2 * count + 2));
    this.#keys = keys;
    this.#slots = new Uint32Array(size);
    this.#mask = size - 1;
    for (let position = 0; position < count; position++) {
      let slot = this.#slotOf(keys[2 * position], keys[2 * position + 1]);
      while (this.#slots[slot] !== 0) slot = (slot + 1) & this.#mask;
      this.#slots[slot] = position + 1;
    }
  }

  /** -1 where there is none. */
  find(low: number, high: number): number {
    for (let slot = this.#slotOf(low, high); ; slot = (slot + 1) & this.#mask) {
      const position = this.#slots[slot] - 1;
      if (position < 0) return -1;
      if (this.#keys[2 * position] === low && this.#keys[2 * position + 1] === high) return position;
    }
  }

  /** Keys are hashes already. */
  #slotOf(low: number, high: number): number {
    return (low ^ Math.imul(high, 0x9e3779b1)) & this.#mask;
  }
}
