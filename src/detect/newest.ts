import type { HeapView } from '../analysis/heap-view.js';
import type { Ordinal } from '../base/types.js';
import { forEachEntry, isPlain } from './containers.js';

/** Samples of a finding. */
const SAMPLES = 3;
/** Containers in which the newest entries are looked for, and edges at each end of each. */
const SEARCHED = 20;
const MOST_AT_ENDS = 2000;

/** The nodes with the highest ids, highest first, each once: the newest, since V8 counts up. */
export class Newest {
  readonly #view: HeapView;
  readonly #nodes: Ordinal[] = [];
  readonly #ids: number[] = [];
  /** Of the oldest of so many as are kept: nearly every node is older. */
  #least = -1;

  constructor(view: HeapView) {
    this.#view = view;
  }

  get nodes(): Ordinal[] {
    return this.#nodes;
  }

  add(node: Ordinal): void {
    const id = this.#view.id(node);
    if (id > this.#least) this.#insert(node, id);
  }

  /** Unless it is the embedder's: those have even ids, which are new in every snapshot. */
  addOwn(node: Ordinal): void {
    const id = this.#view.id(node);
    if (id > this.#least && id % 2 !== 0) this.#insert(node, id);
  }

  #insert(node: Ordinal, id: number): void {
    const ids = this.#ids;
    if (ids.includes(id)) return;
    // Where entries come oldest first every one gets here: nothing is allocated.
    let at = Math.min(ids.length, SAMPLES - 1);
    for (; at > 0 && ids[at - 1] < id; at--) {
      ids[at] = ids[at - 1];
      this.#nodes[at] = this.#nodes[at - 1];
    }
    ids[at] = id;
    this.#nodes[at] = node;
    if (ids.length === SAMPLES) this.#least = ids[SAMPLES - 1];
  }
}

/** The newest of a list. Later members are newer as a rule, so it is read from its end. */
export function newestOf(view: HeapView, members: readonly Ordinal[]): Ordinal[] {
  const newest = new Newest(view);
  for (let at = members.length - 1; at >= 0; at--) newest.add(members[at]);
  return newest.nodes;
}

/** The newest objects in some containers. */
export function newestIn(view: HeapView, containers: readonly Ordinal[]): Ordinal[] {
  const newest = new Newest(view);
  const visit = (node: Ordinal) => {
    if (!isPlain(view, node)) newest.addOwn(node);
  };
  for (const container of containers.slice(0, SEARCHED)) forEachEntry(view, container, visit, MOST_AT_ENDS);
  return newest.nodes;
}
