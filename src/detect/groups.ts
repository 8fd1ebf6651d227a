import type { Bytes, Ordinal } from '../base/types.js';

/** What belongs to one pattern. */
export interface Group<Facts> {
  readonly key: string;
  readonly facts: Facts;
  readonly members: Ordinal[];
}

/** Members gathered by what they are and whose: `setInterval callback`, `poll() in poller.js`. */
export class Groups<Facts> {
  // Two maps instead of one by the key: joining two texts for each member would take longer than all else.
  readonly #kinds = new Map<string, Map<string, Group<Facts>>>();

  /** `facts` is asked once a group, for its first member. */
  of(kind: string, name: string, facts: () => Facts): Group<Facts> {
    let ofKind = this.#kinds.get(kind);
    if (ofKind === undefined) {
      ofKind = new Map();
      this.#kinds.set(kind, ofKind);
    }
    let group = ofKind.get(name);
    if (group === undefined) {
      group = { key: `${kind} ${name}`, facts: facts(), members: [] };
      ofKind.set(name, group);
    }
    return group;
  }

  /** Those with at least so many members, the largest first. */
  largest({ least, most }: { readonly least: number; readonly most: number }): Group<Facts>[] {
    const all = [...this.#kinds.values()].flatMap((ofKind) => [...ofKind.values()]);
    const groups = all.filter(({ members }) => members.length >= least);
    return groups.sort((a, b) => b.members.length - a.members.length).slice(0, most);
  }
}

/** The largest by bytes, largest first. */
export function largest<T extends { readonly bytes: Bytes }>(all: readonly T[], most: number): T[] {
  return all.toSorted((a, b) => b.bytes - a.bytes).slice(0, most);
}
