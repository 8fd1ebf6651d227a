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
}

/**
 * The `most` nodes with the largest retained size; of equal ones the first. A node comes before all it dominates and retains at least as
 * much, so that the dominators of each are among them. Cost: what hangs below a node that is none of them is not looked at.
 */
export function largestNodes(arena: Arena, columns: TreeColumns, most: number): LargestNodes {
  if (most === 0) return { positions: new Uint32Array(0), childCounts: new Uint32Array(0) };
  return arena.scratch(() => {
    const { treeOrder, treeSize, retainedSize } = columns;
    const nodes = treeOrder.length;
    const heap = arena.allocate('f64', most);
    // Most of the room is never touched.
    const [seen, counts, open] = [0, 1, 2].map(() => arena.allocate('u32', nodes));
    const found = arena.kernels.findLargest(
      ...([treeOrder.offset, treeSize.offset, retainedSize.offset, nodes, most] as const),
      ...([heap.offset, seen.offset, counts.offset, open.offset] as const),
    );
    const positions = arena.view(seen).subarray(0, found);
    const isKept = largestOf(arena, columns, arena.view(heap).subarray(0, Math.min(most, found)));
    const kept = positions.map((position) => Number(isKept(position)));
    return {
      positions: positions.filter((_, at) => kept[at] === 1),
      childCounts: arena
        .view(counts)
        .subarray(0, found)
        .filter((_, at) => kept[at] === 1),
    };
  });
}

/** Whether a position is one of the largest, asked in their order. `heap`: their sizes, the smallest first. */
function largestOf(arena: Arena, { treeOrder, retainedSize }: TreeColumns, heap: Float64Array) {
  const [order, sizes] = [arena.view(treeOrder), arena.view(retainedSize)];
  const least = heap.length === 0 ? 0 : heap[0];
  let equal = heap.reduce((count, size) => count + Number(size === least), 0);
  return (position: number): boolean => {
    const size = sizes[order[position]];
    return size > least || (size === least && equal-- > 0);
  };
}
