import type { HeapView } from '../analysis/heap-view.js';
import type { Ordinal } from '../base/types.js';

/**
 * Calls `visit` for each flagged node that lies below no other flagged one in the dominator tree, with the positions of its subtree in the
 * tree's preorder: from its own up to, not including, `end`. What these retain does not overlap. Cost: one pass over the nodes.
 */
export function eachTopmost(
  { treeOrder, treeSize, nodeCount }: HeapView,
  flags: Uint8Array,
  visit: (node: Ordinal, from: number, end: number) => void,
): void {
  for (let position = 0; position < nodeCount; ) {
    const node = treeOrder[position];
    const end = position + (flags[node] === 1 ? treeSize[position] : 1);
    if (flags[node] === 1) visit(node, position, end);
    position = end;
  }
}

/** 1 for each node that lies below a flagged one, or is one. */
export function flagsBelow(view: HeapView, flags: Uint8Array): Uint8Array {
  const below = new Uint8Array(view.nodeCount);
  eachTopmost(view, flags, (_, from, end) => {
    for (let position = from; position < end; position++) below[view.treeOrder[position]] = 1;
  });
  return below;
}

export function flagsOfNodes(view: HeapView, nodes: Iterable<Ordinal>): Uint8Array {
  const flags = new Uint8Array(view.nodeCount);
  for (const node of nodes) flags[node] = 1;
  return flags;
}
