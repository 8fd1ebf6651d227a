import type { RetainedOrder } from './class-members.js';
import type { NameList } from './name-list.js';
import { inOrder, type Page, partOf } from './ranked-page.js';

/** Nodes of this share of all are met in the order of all; fewer are sorted. */
const SHARE = 4;
/** Nodes that are gone over between two rests: a few milliseconds' worth. */
const PIECE = 1 << 19;

type Rest = () => Promise<unknown>;

/** Nodes that have some names, largest retained size first, as far as they have been asked for. */
export class FoundNodes {
  readonly total: number;
  readonly #order: Uint32Array;
  /** The first `#count` of them. */
  readonly #nodes: Uint32Array;
  readonly #isFound: Uint8Array | undefined;
  #count: number;
  #place = 0;

  constructor({ firstNode, nodes }: NameList, names: Uint32Array, byRetained: RetainedOrder) {
    this.total = sumOf(names, firstNode);
    this.#order = byRetained.order;
    const found = new Uint32Array(this.total);
    let count = 0;
    for (const name of names) for (let at = firstNode[name]; at < firstNode[name + 1]; at++) found[count++] = nodes[at];
    if (this.total * SHARE < this.#order.length) {
      this.#nodes = inOrder(found, byRetained);
      this.#count = this.total;
      return;
    }
    this.#isFound = new Uint8Array(this.#order.length);
    for (const node of found) this.#isFound[node] = 1;
    this.#nodes = found;
    this.#count = 0;
  }

  /** `rest` is waited for between pieces. Cost: a walk over the order of all nodes up to the page's end, once. */
  async page(page: Page, rest: Rest): Promise<Uint32Array> {
    const wanted = Math.min(page.offset + page.limit, this.total);
    while (this.#count < wanted) {
      this.#walk(wanted);
      if (this.#count < wanted) await rest();
    }
    return partOf(this.#nodes, page);
  }

  #walk(wanted: number): void {
    const [order, isFound, nodes] = [this.#order, this.#isFound, this.#nodes];
    const end = Math.min(order.length, this.#place + PIECE);
    let [count, place] = [this.#count, this.#place];
    for (; place < end && count < wanted; place++) if (isFound?.[order[place]] === 1) nodes[count++] = order[place];
    this.#count = count;
    this.#place = place;
  }
}

function sumOf(names: Uint32Array, firstNode: Uint32Array): number {
  let total = 0;
  for (const name of names) total += firstNode[name + 1] - firstNode[name];
  return total;
}
