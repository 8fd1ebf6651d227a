import type { HeapView } from '../analysis/heap-view.js';
import { NodeList } from '../waste/node-list.js';

export type TreeColumns = Pick<HeapView, 'treeOrder' | 'treeSize' | 'retainedSize'>;

/** Nodes of a dominator tree, one array a field. */
export interface LargestNodes {
  /** In the tree's preorder, ascending. */
  readonly positions: Uint32Array;
  /** Nodes that each immediately dominates. */
  readonly childCounts: Uint32Array;
}

/**
 * The `most` nodes with the largest retained size; of equal ones the first. A node comes before all it dominates and retains at least as
 * much, so that the dominators of each are among them. Cost: what hangs below a node that is none of them is not looked at.
 */
export function largestNodes({ treeOrder, treeSize, retainedSize }: TreeColumns, most: number): LargestNodes {
  const sizes = new Largest(most);
  const seen = new NodeList();
  const counts: number[] = [];
  // Those seen that the walk is below of: where they are in the list, and where their subtrees end.
  const [open, ends]: [number[], number[]] = [[], []];
  for (let at = 0; at < treeOrder.length; ) {
    while (open.length > 0 && at >= ends[open.length - 1]) {
      open.pop();
      ends.pop();
    }
    if (open.length > 0) counts[open[open.length - 1]]++;
    const isLarge = sizes.offer(retainedSize[treeOrder[at]]);
    if (isLarge) {
      open.push(seen.size);
      ends.push(at + treeSize[at]);
      seen.add(at);
      counts.push(0);
    }
    at += isLarge ? 1 : treeSize[at];
  }
  const { least } = sizes;
  let equal = sizes.count(least);
  const isKept = (position: number) => {
    const size = retainedSize[treeOrder[position]];
    return size > least || (size === least && equal-- > 0);
  };
  const positions = seen.all;
  const kept = [...positions.keys()].filter((at) => isKept(positions[at]));
  return {
    positions: Uint32Array.from(kept, (at) => positions[at]),
    childCounts: Uint32Array.from(kept, (at) => counts[at]),
  };
}

/** The largest of the numbers it is offered, as a heap with the smallest on top. */
class Largest {
  readonly #most: number;
  readonly #values: Float64Array;
  #size = 0;

  constructor(most: number) {
    this.#most = most;
    this.#values = new Float64Array(most);
  }

  /** The smallest of those kept; 0 without any. */
  get least(): number {
    return this.#size === 0 ? 0 : this.#values[0];
  }

  count(value: number): number {
    let count = 0;
    for (let at = 0; at < this.#size; at++) if (this.#values[at] === value) count++;
    return count;
  }

  /** Whether it is kept for now. Of equal numbers the first ones are. */
  offer(value: number): boolean {
    if (this.#size === this.#most && (this.#most === 0 || value <= this.#values[0])) return false;
    if (this.#size < this.#most) this.#rise(this.#size++, value);
    else this.#sink(value);
    return true;
  }

  #rise(from: number, value: number): void {
    const values = this.#values;
    let at = from;
    for (let above = (at - 1) >> 1; at > 0 && values[above] > value; above = (at - 1) >> 1) {
      values[at] = values[above];
      at = above;
    }
    values[at] = value;
  }

  /** In place of the one on top. */
  #sink(value: number): void {
    const values = this.#values;
    let at = 0;
    for (let below = 1; below < this.#size; below = 2 * at + 1) {
      if (below + 1 < this.#size && values[below + 1] < values[below]) below++;
      if (values[below] >= value) break;
      values[at] = values[below];
      at = below;
    }
    values[at] = value;
  }
}
