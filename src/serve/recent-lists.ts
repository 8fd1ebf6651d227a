import type { PagedList } from '../explore/node-lists.js';

/** Lists that are kept, so that a further page costs nothing. */
const KEPT = 6;
/** Shorter ones are made as soon as they are looked up. */
const SHORT = 5000;

/** Long lists of edges and nodes that were asked for last. */
export class RecentLists {
  readonly #lists = new Map<string, PagedList>();

  get(key: string, make: () => PagedList): PagedList {
    const list = this.#lists.get(key) ?? make();
    this.#lists.delete(key);
    if (list.length > SHORT) this.#lists.set(key, list);
    while (this.#lists.size > KEPT) this.#lists.delete([...this.#lists.keys()][0]);
    return list;
  }
}
