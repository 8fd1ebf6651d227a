// Sweeps over the dominator tree. A dominator precedes its nodes in depth-first preorder, so a sweep needs no stack.

import { f64At, setF64, setU32, u32At, wholeAt } from './memory';

/** Dominators by ordinal from those by preorder number. */
export function dominatorsByOrdinal(order: usize, idom: usize, nodes: u32, dominator: usize): void {
  for (let i: u32 = 0; i < nodes; i++) {
    setU32(dominator, u32At(order, i), u32At(order, u32At(idom, i)));
  }
}

/** S6: retained size of every node, by ordinal. Sums of integers below 2^53 are exact in any order. */
export function retainedSizes(
  order: usize,
  dominator: usize,
  selfSize: usize,
  selfSizeHigh: usize,
  nodes: u32,
  retained: usize,
): void {
  for (let node: u32 = 0; node < nodes; node++) setF64(retained, node, wholeAt(selfSize, selfSizeHigh, node));
  for (let i: u32 = nodes - 1; i > 0; i--) {
    const node: u32 = u32At(order, i);
    const above: u32 = u32At(dominator, node);
    setF64(retained, above, f64At(retained, above) + f64At(retained, node));
  }
}

/**
 * Preorder of the dominator tree: `treeOrder` position → ordinal, `treeSize` position → nodes in the subtree.
 * The subtree of the node at position p is [p, p + treeSize[p]). Scratch: `size`, `next`, one u32 a node each.
 */
export function orderTree(
  order: usize,
  idom: usize,
  nodes: u32,
  size: usize,
  next: usize,
  treeOrder: usize,
  treeSize: usize,
): void {
  for (let i: u32 = 0; i < nodes; i++) setU32(size, i, 1);
  for (let i: u32 = nodes - 1; i > 0; i--) {
    const above: u32 = u32At(idom, i);
    setU32(size, above, u32At(size, above) + u32At(size, i));
  }
  setU32(treeOrder, 0, u32At(order, 0));
  setU32(treeSize, 0, nodes);
  setU32(next, 0, 1);
  for (let i: u32 = 1; i < nodes; i++) {
    const above: u32 = u32At(idom, i);
    const position: u32 = u32At(next, above);
    const count: u32 = u32At(size, i);
    setU32(next, above, position + count);
    setU32(next, i, position + 1);
    setU32(treeOrder, position, u32At(order, i));
    setU32(treeSize, position, count);
  }
}
