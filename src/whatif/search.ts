import type { HeapView } from '../analysis/heap-view.js';
import type { Ordinal } from '../base/types.js';
import { type Holding, holds, PLACE } from './holding.js';
import { PAIR, type Pairs } from './pairs.js';

const UNSEEN = 0;
const LIVE = 1;
/** Never entered. */
const CUT = 2;

/**
 * What is reachable from the root, over edges that hold. Memory: 5 bytes a node.
 *
 * `pairs`: values of WeakMaps need their table, too. Without it their keys hold them (S3).
 */
export class Search {
  readonly #view: HeapView;
  readonly #holding: Holding;
  readonly #pairs: Pairs | undefined;
  readonly #state: Uint8Array;
  readonly #stack: Uint32Array;
  #depth = 0;

  constructor(view: HeapView, holding: Holding, pairs?: Pairs) {
    this.#view = view;
    this.#holding = holding;
    this.#pairs = pairs;
    this.#state = new Uint8Array(view.nodeCount);
    this.#stack = new Uint32Array(view.nodeCount);
  }

  isLive(node: Ordinal): boolean {
    return this.#state[node] === LIVE;
  }

  /** Searches once. `cut`: 1 for each node that is not there. */
  start(cut?: Uint8Array): void {
    const { nodeCount, root } = this.#view;
    const { place } = this.#holding;
    if (cut?.[root] === 1) return;
    for (let node = 0; node < nodeCount; node++) {
      if (cut?.[node] === 1) this.#state[node] = CUT;
      // The root holds it, but what it holds in turn has others that do (S4).
      else if (place[node] === PLACE.alone) this.#state[node] = LIVE;
    }
    this.#enter(root);
    for (let node = 0; node < nodeCount; node++) if (place[node] === PLACE.orphan) this.#enter(node);
    this.#drain();
  }

  #enter(node: Ordinal): void {
    if (this.#state[node] !== UNSEEN) return;
    this.#state[node] = LIVE;
    this.#stack[this.#depth++] = node;
  }

  #drain(): void {
    const pairs = this.#pairs;
    while (this.#depth > 0) {
      const node = this.#stack[--this.#depth];
      if (pairs?.isKey[node] === 1) this.#followKey(node, pairs);
      else this.#follow(node);
      if (pairs?.isTable[node] === 1) this.#followTable(node, pairs);
    }
  }

  #follow(node: Ordinal): void {
    const { firstEdge, edgeTo } = this.#view;
    const { edges } = this.#holding;
    const end = firstEdge[node + 1];
    for (let edge = firstEdge[node]; edge < end; edge++) {
      if (holds(edges, edge)) this.#enter(edgeTo[edge]);
    }
  }

  #followKey(node: Ordinal, pairs: Pairs): void {
    const { firstEdge, edgeTo } = this.#view;
    const { edges } = this.#holding;
    const end = firstEdge[node + 1];
    for (let edge = firstEdge[node]; edge < end; edge++) {
      if (!holds(edges, edge)) continue;
      const pair = pairs.at(edge);
      if (pair < 0 || this.#counts(pair, pairs)) this.#enter(edgeTo[edge]);
    }
  }

  /** The table came after some of its keys. */
  #followTable(table: Ordinal, pairs: Pairs): void {
    const { edges } = this.#holding;
    pairs.eachOf(table, (pair) => {
      if (this.isLive(pairs.from[pair]) && holds(edges, pairs.edge[pair]) && pairs.state[pair] !== PAIR.dead) {
        this.#enter(pairs.to[pair]);
      }
    });
  }

  #counts(pair: number, { state, table }: Pairs): boolean {
    return state[pair] === PAIR.unconditional || (state[pair] !== PAIR.dead && this.isLive(table[pair]));
  }
}
