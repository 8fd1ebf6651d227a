import { firstOf } from '../analysis/node-lists.js';
import type { Bytes } from '../base/types.js';
import type { F64, U32 } from '../graph/graph.js';
import type { Arena } from '../wasm/arena.js';

/** Columns of a dominator tree: preorder → ordinal, preorder → nodes in the subtree, and sizes by ordinal. */
export interface TreeColumns {
  readonly treeOrder: U32;
  readonly treeSize: U32;
  readonly retainedSize: F64;
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

/**
 * The `most` nodes with the largest retained size; of equal ones the first. A node comes before all it dominates and retains at least as
 * much, so that the dominators of each are among them. Cost: what hangs below a node that is none of them is not looked at; room for 12 bytes a
 * node, of which hardly any is touched.
 */
export function largestNodes(arena: Arena, columns: TreeColumns, most: number): LargestNodes {
  if (most === 0)
    return { positions: new Uint32Array(0), childCounts: new Uint32Array(0), leastSize: Number.POSITIVE_INFINITY };
  return arena.scratch(() => {
    const { treeOrder, treeSize, retainedSize } = columns;
    const nodes = treeOrder.length;
    const heap = arena.allocate('f64', most);
    const [seen, counts, open] = [0, 1, 2].map(() => arena.allocate('u32', nodes));
    const found = arena.kernels.findLargest(
      ...([treeOrder.offset, treeSize.offset, retainedSize.offset, nodes, most] as const),
      ...([heap.offset, seen.offset, counts.offset, open.offset] as const),
    );
    return {
      positions: Uint32Array.from(arena.view(firstOf(seen, found))),
      childCounts: Uint32Array.from(arena.view(firstOf(counts, found))),
      leastSize: found === nodes ? 0 : arena.view(heap)[0],
    };
  });
}
