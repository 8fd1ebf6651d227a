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
 * The positions in preorder of the `most` (1 or more) largest nodes, of equal ones the first, into `seen`, ascending, and how many nodes
 * each immediately dominates into `counts`. Leaves the smallest size of them at `heap`, which has room for `most`. Returns how many they are.
 * What hangs below a node that is none of the largest so far is not looked at, since no node retains more than what it lies below.
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
  return keepLargest(treeOrder, retainedSize, heap, size, seen, counts, found);
}

/** Of those seen the ones that were not pushed out later: of what is as small as the smallest, the first. */
function keepLargest(
  treeOrder: usize,
  retainedSize: usize,
  heap: usize,
  size: u32,
  seen: usize,
  counts: usize,
  found: u32,
): u32 {
  const least: f64 = size == 0 ? 0 : f64At(heap, 0);
  let equal: u32 = 0;
  for (let at: u32 = 0; at < size; at++) equal += u32(f64At(heap, at) == least);
  let kept: u32 = 0;
  for (let at: u32 = 0; at < found; at++) {
    const position: u32 = u32At(seen, at);
    const value: f64 = f64At(retainedSize, u32At(treeOrder, position));
    if (value < least || (value == least && equal == 0)) continue;
    if (value == least) equal--;
    setU32(seen, kept, position);
    setU32(counts, kept++, u32At(counts, at));
  }
  return kept;
}
