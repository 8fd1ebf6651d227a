import type { HeapView } from '../analysis/heap-view.js';
import type { Ordinal } from '../base/types.js';

/** A mark of 0 to 3 for each node, 0 to begin with: two bits a node. */
export class NodeMarks {
  readonly #bits: Uint8Array;

  /** `nodes`: those that are marked with 1. */
  constructor({ nodeCount }: HeapView, nodes: ArrayLike<Ordinal> = []) {
    this.#bits = new Uint8Array((nodeCount >>> 2) + 1);
    for (let at = 0; at < nodes.length; at++) this.set(nodes[at], 1);
  }

  of(node: Ordinal): number {
    return (this.#bits[node >>> 2] >>> ((node & 3) << 1)) & 3;
  }

  set(node: Ordinal, mark: number): void {
    const shift = (node & 3) << 1;
    this.#bits[node >>> 2] = (this.#bits[node >>> 2] & ~(3 << shift)) | (mark << shift);
  }
}

/** Where a node is in a list that ascends; -1 where it is not. So a list can have columns of its own, however many nodes there are. */
export function positionIn(ascending: ArrayLike<Ordinal>, node: Ordinal): number {
  let low = 0;
  let high = ascending.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (ascending[middle] < node) low = middle + 1;
    else high = middle;
  }
  return ascending[low] === node ? low : -1;
}
