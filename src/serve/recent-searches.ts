import { setImmediate } from 'node:timers/promises';
import { nodesNamed } from '../explore/found-nodes.js';
import { findNames } from '../explore/name-search.js';
import type { SnapshotIndex } from '../explore/snapshot-index.js';

/** Found by name, largest retained size first. */
export interface FoundNodes {
  /** Different names that have the text. */
  readonly names: number;
  readonly nodes: Uint32Array;
}

/** Searches that are kept, so that a further page costs nothing. */
const KEPT = 4;

export class RecentSearches {
  readonly #index: SnapshotIndex;
  readonly #found = new Map<string, Promise<FoundNodes>>();

  constructor(index: SnapshotIndex) {
    this.#index = index;
  }

  /** Cost, the first time: a look at every byte of the names, with rests in between. */
  find(text: string, matchCase: boolean): Promise<FoundNodes> {
    const key = `${matchCase} ${text}`;
    const found = this.#found.get(key) ?? this.#search(text, matchCase);
    this.#found.delete(key);
    this.#found.set(key, found);
    while (this.#found.size > KEPT) this.#found.delete([...this.#found.keys()][0]);
    return found;
  }

  async #search(text: string, matchCase: boolean): Promise<FoundNodes> {
    const { names, byRetained } = this.#index;
    const rest = () => setImmediate();
    const found = await findNames(names, text, { matchCase }, rest);
    return { names: found.length, nodes: await nodesNamed(names, found, byRetained, rest) };
  }
}
