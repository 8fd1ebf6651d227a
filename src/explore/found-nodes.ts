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
  /** The first `#count` of them, in an array that has room for more. */
  #nodes: Uint32Array;
  readonly #isFound: Uint8Array | undefined;
  #count: number;
  #place = 0;

  constructor(list: NameList, names: Uint32Array, byRetained: RetainedOrder) {
    this.total = sumOf(names, list);
    this.#order = byRetained.order;
    const isFew = this.total * SHARE < this.#order.length;
    this.#nodes = isFew ? inOrder(gathered(list, names, this.total), byRetained) : new Uint32Array(1024);
    this.#isFound = isFew ? undefined : marked(list, names, this.#order.length);
    this.#count = isFew ? this.total : 0;
  }

  /** `rest` is waited for between pieces. Cost: a walk over the order of all nodes up to the page's end, once. */
  async page(page: Page, rest: Rest): Promise<Uint32Array> {
    const wanted = Math.min(page.offset + page.limit, this.total);
    while (this.#count < wanted) {
      this.#walk(wanted);
      if (this.#count < wanted) await rest();
    }
    return partOf(this.#nodes.subarray(0, this.#count), page);
  }

  #walk(wanted: number): void {
    const [order, isFound] = [this.#order, this.#isFound];
    const nodes = grown(this.#nodes, wanted);
    const end = Math.min(order.length, this.#place + PIECE);
    let [count, place] = [this.#count, this.#place];
    for (; place < end && count < wanted; place++) if (isFound?.[order[place]] === 1) nodes[count++] = order[place];
    this.#nodes = nodes;
    this.#count = count;
    this.#place = place;
  }
}

function sumOf(names: Uint32Array, { firstNode }: NameList): number {
  let total = 0;
  for (const name of names) total += firstNode[name + 1] - firstNode[name];
  return total;
}

function gathered({ firstNode, nodes }: NameList, names: Uint32Array, total: number): Uint32Array {
  const found = new Uint32Array(total);
  let count = 0;
  for (const name of names) for (let at = firstNode[name]; at < firstNode[name + 1]; at++) found[count++] = nodes[at];
  return found;
}

function marked({ firstNode, nodes }: NameList, names: Uint32Array, nodeCount: number): Uint8Array {
  const isFound = new Uint8Array(nodeCount);
  for (const name of names) for (let at = firstNode[name]; at < firstNode[name + 1]; at++) isFound[nodes[at]] = 1;
  return isFound;
}

function grown(array: Uint32Array, length: number): Uint32Array {
  if (length <= array.length) return array;
  const larger = new Uint32Array(2 * length);
  larger.set(array);
  return larger;
}
