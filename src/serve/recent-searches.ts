import { setImmediate } from 'node:timers/promises';
import { FoundNodes } from '../explore/found-nodes.js';
import { findNames } from '../explore/name-search.js';
import type { SnapshotIndex } from '../explore/snapshot-index.js';

export interface Found {
  /** Different names that have the text. */
  readonly names: number;
  readonly nodes: FoundNodes;
}

/** Searches that are kept, so that a further page costs next to nothing. */
const KEPT = 4;

/** Lets others have their turn. */
export const rest = (): Promise<unknown> => setImmediate();

export class RecentSearches {
  readonly #index: SnapshotIndex;
  readonly #found = new Map<string, Promise<Found>>();

  constructor(index: SnapshotIndex) {
    this.#index = index;
  }

  /** Cost, the first time: a look at every byte of the names, with rests in between. */
  find(text: string, matchCase: boolean): Promise<Found> {
    const key = `${matchCase} ${text}`;
    const found = this.#found.get(key) ?? this.#search(text, matchCase);
    this.#found.delete(key);
    this.#found.set(key, found);
    while (this.#found.size > KEPT) this.#found.delete([...this.#found.keys()][0]);
    return found;
  }

  async #search(text: string, matchCase: boolean): Promise<Found> {
    const { names, byRetained } = this.#index;
    const found = await findNames(names, text, { matchCase }, rest);
    return { names: found.length, nodes: new FoundNodes(names, found, byRetained) };
  }
}
