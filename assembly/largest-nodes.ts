// The largest nodes of a dominator tree, by a heap of their sizes with the smallest on top.

import { f64At, setF64, setU32, u32At } from './memory';

/** From the bottom up to where it belongs. */
function rise(heap: usize, from: u32, value: f64): void {
  let at: u32 = from;
  while (at > 0) {
    const above: u32 = (at - 1) >>> 1;
    const higher: f64 = f64At(heap, above);
    if (higher <= value) break;
    setF64(heap, at, higher);
    at = above;
  }
  setF64(heap, at, value);
}

/** In place of the one on top, down to where it belongs. */
function sink(heap: usize, size: u32, value: f64): void {
  let at: u32 = 0;
  for (let below: u32 = 1; below < size; below = 2 * at + 1) {
    if (below + 1 < size && f64At(heap, below + 1) < f64At(heap, below)) below++;
    const lower: f64 = f64At(heap, below);
    if (lower >= value) break;
    setF64(heap, at, lower);
    at = below;
  }
  setF64(heap, at, value);
}

/**
 * Walks the tree in preorder and skips what hangs below a node that is none of the `most` (1 or more) largest so far, of equal ones the
 * first. Leaves the positions of the others at `seen`, ascending, and how many nodes each immediately dominates at `counts`; the sizes of the largest
 * are in `heap` then, the smallest first. Returns how many it has seen.
 * `treeOrder`, `treeSize`: preorder → ordinal and → nodes in the subtree. `seen`, `counts` and the scratch `open` have room for all nodes.
 */
export function findLargest(
  treeOrder: usize,
  treeSize: usize,
  retainedSize: usize,
  nodes: u32,
  most: u32,
  heap: usize,
  seen: usize,
  counts: usize,
  open: usize,
): u32 {
  let size: u32 = 0;
  let found: u32 = 0;
  let depth: u32 = 0;
  let at: u32 = 0;
  while (at < nodes) {
    while (depth > 0) {
      const position: u32 = u32At(seen, u32At(open, depth - 1));
      if (at < position + u32At(treeSize, position)) break;
      depth--;
    }
    if (depth > 0) {
      const parent: u32 = u32At(open, depth - 1);
      setU32(counts, parent, u32At(counts, parent) + 1);
    }
    const value: f64 = f64At(retainedSize, u32At(treeOrder, at));
    if (size == most && value <= f64At(heap, 0)) {
      at += u32At(treeSize, at);
      continue;
    }
    if (size < most) rise(heap, size++, value);
    else sink(heap, most, value);
    setU32(seen, found, at);
    setU32(counts, found, 0);
    setU32(open, depth++, found);
    found++;
    at++;
  }
  return found;
}
