// Class of every node (S8) and sums per class (S9).

import { f64At, setBit, setF64, setU32, u32At, u8At, wholeAt } from './memory';

/**
 * Sets a bit in `used` (zeroed, one bit a string) for the name of every node whose class is its name: types with 0 in
 * `classOfType`. Nodes that S10 renamed are marked in `usedDetached` instead; `detachedness` 0 where none was.
 */
export function markClassNames(
  nodeType: usize,
  nodeName: usize,
  detachedness: usize,
  nodes: u32,
  nativeType: u32,
  classOfType: usize,
  used: usize,
  usedDetached: usize,
): void {
  for (let node: u32 = 0; node < nodes; node++) {
    const type: u32 = u8At(nodeType, node);
    if (u32At(classOfType, type) != 0) continue;
    const renamed: bool = detachedness != 0 && type == nativeType && u8At(detachedness, node) == 2;
    setBit(renamed ? usedDetached : used, u32At(nodeName, node));
  }
}

/** Class number of every node: from its type, or from its name. Plain objects are assigned again from their shape. */
export function assignClasses(
  nodeType: usize,
  nodeName: usize,
  detachedness: usize,
  nodes: u32,
  nativeType: u32,
  classOfType: usize,
  classOfName: usize,
  classOfDetachedName: usize,
  classOf: usize,
): void {
  for (let node: u32 = 0; node < nodes; node++) {
    const type: u32 = u8At(nodeType, node);
    let number: u32 = u32At(classOfType, type);
    if (number == 0) {
      const renamed: bool = detachedness != 0 && type == nativeType && u8At(detachedness, node) == 2;
      number = u32At(renamed ? classOfDetachedName : classOfName, u32At(nodeName, node));
    }
    setU32(classOf, node, number);
  }
}

/**
 * Sums per class over nodes [from, to) with a self size: `counts`, `selfSizes` (both zeroed), `least` (smallest distance, preset
 * to the largest i32).
 */
export function countClasses(
  from: u32,
  to: u32,
  classOf: usize,
  selfSize: usize,
  selfSizeHigh: usize,
  distance: usize,
  counts: usize,
  selfSizes: usize,
  least: usize,
): void {
  for (let node: u32 = from; node < to; node++) {
    const size: f64 = wholeAt(selfSize, selfSizeHigh, node);
    if (size == 0) continue;
    const number: u32 = u32At(classOf, node);
    setU32(counts, number, u32At(counts, number) + 1);
    setF64(selfSizes, number, f64At(selfSizes, number) + size);
    const away: i32 = <i32>u32At(distance, node);
    if (away < <i32>u32At(least, number)) setU32(least, number, <u32>away);
  }
}

/**
 * Readies `covered` (zeroed, one u32 a class) for sums that begin at `position` of the dominator tree's preorder: with where the subtree
 * of the topmost member above that position ends, for every class that has one there.
 */
export function coverAncestors(
  treeOrder: usize,
  treeSize: usize,
  position: u32,
  classOf: usize,
  selfSize: usize,
  selfSizeHigh: usize,
  covered: usize,
): void {
  for (let above: u32 = 0; above < position; ) {
    const end: u32 = above + u32At(treeSize, above);
    if (end <= position) {
      above = end;
      continue;
    }
    const node: u32 = u32At(treeOrder, above);
    const number: u32 = u32At(classOf, node);
    if (u32At(covered, number) == 0 && wholeAt(selfSize, selfSizeHigh, node) != 0) setU32(covered, number, end);
    above++;
  }
}

/**
 * What each class retains as a whole: `retained`, zeroed, for members at positions [from, to) of the dominator tree's preorder.
 * `covered`, from `coverAncestors`: where the subtree of the topmost member met last ends. A member inside that range lies below
 * another member and is not counted.
 */
export function sumRetained(
  treeOrder: usize,
  treeSize: usize,
  from: u32,
  to: u32,
  classOf: usize,
  selfSize: usize,
  selfSizeHigh: usize,
  retainedSize: usize,
  covered: usize,
  retained: usize,
): void {
  for (let position: u32 = from; position < to; position++) {
    const node: u32 = u32At(treeOrder, position);
    const number: u32 = u32At(classOf, node);
    if (position < u32At(covered, number) || wholeAt(selfSize, selfSizeHigh, node) == 0) continue;
    setU32(covered, number, position + u32At(treeSize, position));
    setF64(retained, number, f64At(retained, number) + f64At(retainedSize, node));
  }
}
