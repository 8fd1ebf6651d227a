import type { Bytes } from '../base/types.js';
import type { F64, U32 } from '../graph/graph.js';
import type { Arena } from '../wasm/arena.js';
import { viewOf } from '../wasm/region.js';

/** Columns of a dominator tree: preorder → ordinal, preorder → nodes in the subtree, and sizes by ordinal. */
export interface TreeColumns {
  readonly treeOrder: U32;
  readonly treeSize: U32;
  readonly retainedSize: F64;
}

/** What it takes to find the `most` largest nodes: plain data, for any thread. */
export interface LargestPlan {
  readonly tree: TreeColumns;
  readonly most: number;
  readonly heap: F64;
  readonly seen: U32;
  readonly counts: U32;
  readonly open: U32;
}

/** Nodes of a dominator tree, one array a field. */
export interface LargestNodes {
  /** In the tree's preorder, ascending. */
  readonly positions: Uint32Array;
  /** Nodes that each immediately dominates. */
  readonly childCounts: Uint32Array;
  /** The smallest size among them; 0 where none is left out. */
  readonly leastSize: Bytes;
}

export function planLargest(arena: Arena, columns: TreeColumns, most: number): LargestPlan {
  const { treeOrder, treeSize, retainedSize } = columns;
  // Most of the room is never touched.
  const [seen, counts, open] = [0, 1, 2].map(() => arena.allocate('u32', treeOrder.length));
  const heap = arena.allocate('f64', most);
  return { tree: { treeOrder, treeSize, retainedSize }, most, heap, seen, counts, open };
}

/**
 * The nodes with the largest retained size; of equal ones the first. A node comes before all it dominates and retains at least as
 * much, so that the dominators of each are among them. Cost: what hangs below a node that is none of them is not looked at.
 */
export function findLargest({ memory, kernels }: Pick<Arena, 'memory' | 'kernels'>, plan: LargestPlan): LargestNodes {
  const { tree, most, heap, seen, counts, open } = plan;
  const nodes = tree.treeOrder.length;
  if (most === 0)
    return { positions: new Uint32Array(0), childCounts: new Uint32Array(0), leastSize: Number.POSITIVE_INFINITY };
  const found = kernels.findLargest(
    ...([tree.treeOrder.offset, tree.treeSize.offset, tree.retainedSize.offset, nodes, most] as const),
    ...([heap.offset, seen.offset, counts.offset, open.offset] as const),
  );
  return {
    positions: Uint32Array.from(viewOf(memory.buffer, seen).subarray(0, found)),
    childCounts: Uint32Array.from(viewOf(memory.buffer, counts).subarray(0, found)),
    leastSize: found === nodes ? 0 : viewOf(memory.buffer, heap)[0],
  };
}
