import type { Ordinal } from '../base/types.js';
import { TAG } from '../graph/tags.js';
import type { WasteGround } from './scene.js';

const KEPT = 1;
const FREED = 2;

/**
 * By ordinal, 1 for what would go without these edges: reached by way of them, and by no other way. Cost: one walk over the edges, a
 * byte a node and a bit an edge.
 */
export function nodesFreedWithout(ground: WasteGround, edges: Iterable<{ from: Ordinal; edge: number }>): Uint8Array {
  const { view } = ground;
  const cut = new Uint32Array((view.firstEdge[view.nodeCount] >>> 5) + 1);
  const starts: { from: Ordinal; edge: number }[] = [];
  for (const start of edges) {
    cut[start.edge >>> 5] |= 1 << (start.edge & 31);
    starts.push(start);
  }
  const state = new Uint8Array(view.nodeCount);
  const walk = new Walk(ground, state);
  walk.from([view.root], KEPT, (edge) => (cut[edge >>> 5] & (1 << (edge & 31))) === 0);
  const targets = starts.filter(({ from }) => state[from] === KEPT).map(({ edge }) => view.edgeTo[edge]);
  walk.from(targets, FREED, () => true);
  for (let node = 0; node < state.length; node++) state[node] = Number(state[node] === FREED);
  return state;
}

class Walk {
  readonly #ground: WasteGround;
  readonly #state: Uint8Array;
  readonly #stack: Uint32Array;

  constructor(ground: WasteGround, state: Uint8Array) {
    this.#ground = ground;
    this.#state = state;
    this.#stack = new Uint32Array(ground.view.nodeCount);
  }

  /** Marks what the starts reach over edges that hold and that `isOpen` lets through. What is marked already stays so. */
  from(starts: readonly Ordinal[], mark: number, isOpen: (edge: number) => boolean): void {
    const { firstEdge, edgeTo } = this.#ground.view;
    let depth = 0;
    const enter = (node: Ordinal) => {
      if (this.#state[node] !== 0) return;
      this.#state[node] = mark;
      this.#stack[depth++] = node;
    };
    for (const start of starts) enter(start);
    while (depth > 0) {
      const node = this.#stack[--depth];
      for (let edge = firstEdge[node]; edge < firstEdge[node + 1]; edge++) {
        if (this.#state[edgeTo[edge]] === 0 && isOpen(edge) && this.#holds(node, edge)) enter(edgeTo[edge]);
      }
    }
  }

  /** Not weak ones, nor shortcuts but the root's, nor those from a WeakMap's table to a value, which the key holds (S3). */
  #holds(from: Ordinal, edge: number): boolean {
    const { edgeType, edgeTypes, edgeName, root } = this.#ground.view;
    const type = edgeType[edge];
    if (type === edgeTypes.weak) return false;
    if (type === edgeTypes.shortcut) return from === root;
    const isPair = type === edgeTypes.internal && (this.#ground.view.tags[edgeName[edge]] & TAG.ephemeron) !== 0;
    return !isPair || !this.#isTableOf(from, edgeName[edge]);
  }

  #isTableOf(from: Ordinal, name: number): boolean {
    const table = /\(table @(\d+)\)$/.exec(this.#ground.view.strings.text(name))?.[1];
    return Number(table) === this.#ground.view.id(from);
  }
}
