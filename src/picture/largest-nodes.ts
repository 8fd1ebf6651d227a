import type { HeapView } from '../analysis/heap-view.js';

/**
 * Positions, in the dominator tree's preorder, of the `most` nodes with the largest retained size, ascending; of equal ones the first. A
 * node comes before all it dominates and retains at least as much, so that the dominators of each are among them. Cost: what hangs below
 * a node that is none of them is not looked at; memory for `most` numbers.
 */
export function largestNodes({ treeOrder, treeSize, retainedSize }: TreeColumns, most: number): Uint32Array {
  const sizes = new SmallestFirst(most);
  const skipping = (visit: (position: number, size: number) => boolean) => {
    for (let at = 0; at < treeOrder.length; ) at += visit(at, retainedSize[treeOrder[at]]) ? 1 : treeSize[at];
  };
  skipping((_, size) => sizes.offer(size));
  const least = sizes.least;
  let equal = sizes.count(least);
  const positions = new Uint32Array(sizes.size);
  let found = 0;
  skipping((position, size) => {
    const isTaken = size > least || (size === least && equal-- > 0);
    if (isTaken) positions[found++] = position;
    return isTaken;
  });
  return positions;
}

export type TreeColumns = Pick<HeapView, 'treeOrder' | 'treeSize' | 'retainedSize'>;

/** The largest of the numbers it is offered, as a heap with the smallest on top. */
class SmallestFirst {
  readonly #most: number;
  readonly #values: Float64Array;
  #size = 0;

  constructor(most: number) {
    this.#most = most;
    this.#values = new Float64Array(most);
  }

  get size(): number {
    return this.#size;
  }

  /** The smallest of those kept; 0 without any. */
  get least(): number {
    return this.#size === 0 ? 0 : this.#values[0];
  }

  count(value: number): number {
    return this.#values.subarray(0, this.#size).reduce((count, other) => count + Number(other === value), 0);
  }

  /** Whether it is kept for now. */
  offer(value: number): boolean {
    if (this.#size < this.#most) {
      this.#rise(this.#size++, value);
      return true;
    }
    if (this.#most === 0 || value <= this.#values[0]) return false;
    this.#sink(value);
    return true;
  }

  #rise(from: number, value: number): void {
    const values = this.#values;
    let at = from;
    for (let above = (at - 1) >>> 1; at > 0 && values[above] > value; above = (at - 1) >>> 1) {
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
