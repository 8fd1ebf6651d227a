// Shallow-size transfer (S5): what an object alone owns counts as part of it.

import { setU32, setWhole, u32At, u8At, wholeAt } from './memory';
import { TAG_DOM_TREES, TAG_EXTERNAL_STRING_DATA, TAG_KIND } from './tags';

export const UNOWNED: u32 = 0xffffffff;
export const MULTIPLE: u32 = 0xfffffffe;

/** 1 when the root has an edge to a user root: a node that is not synthetic, or the document trees. */
export function hasUserRoot(
  firstEdge: usize,
  edgeTo: usize,
  nodeType: usize,
  nodeName: usize,
  tags: usize,
  root: u32,
  syntheticType: u32,
): u32 {
  const end: u32 = u32At(firstEdge, root + 1);
  for (let edge: u32 = u32At(firstEdge, root); edge < end; edge++) {
    if (isUserRoot(u32At(edgeTo, edge), nodeType, nodeName, tags, syntheticType)) return 1;
  }
  return 0;
}

@inline
export function isUserRoot(node: u32, nodeType: usize, nodeName: usize, tags: usize, syntheticType: u32): bool {
  return u8At(nodeType, node) != syntheticType || (u8At(tags, u32At(nodeName, node)) & TAG_KIND) == TAG_DOM_TREES;
}

/** The first half of `findOwners`: UNOWNED for nodes that others may own, the node itself for all others. */
export function startOwners(
  nodes: u32,
  nodeType: usize,
  nodeName: usize,
  tags: usize,
  detachedness: usize,
  hiddenType: u32,
  arrayType: u32,
  nativeType: u32,
  owner: usize,
): void {
  for (let node: u32 = 0; node < nodes; node++) {
    const type: u32 = u8At(nodeType, node);
    const ownable: bool =
      type == hiddenType ||
      type == arrayType ||
      (type == nativeType &&
        (u8At(tags, u32At(nodeName, node)) & TAG_KIND) == TAG_EXTERNAL_STRING_DATA &&
        (detachedness == 0 || u8At(detachedness, node) != 2));
    setU32(owner, node, ownable ? UNOWNED : node);
  }
}

/**
 * The owner of every node: an ordinal, or one of the two marks above. `detachedness` is the propagated one: a detached
 * native node has been renamed (S10) and so is no longer `system / ExternalStringData`; pass 0 where nothing was renamed.
 * Scratch: `stack`, two u32 a node (a node enters when it is first owned and when it turns MULTIPLE).
 */
export function findOwners(
  firstEdge: usize,
  edgeTo: usize,
  edgeType: usize,
  nodeType: usize,
  nodeName: usize,
  tags: usize,
  detachedness: usize,
  nodes: u32,
  hiddenType: u32,
  arrayType: u32,
  nativeType: u32,
  weakType: u32,
  stack: usize,
  owner: usize,
): void {
  startOwners(nodes, nodeType, nodeName, tags, detachedness, hiddenType, arrayType, nativeType, owner);
  // The fixed point does not depend on the order, so each self-owned node is spread to the end before the next.
  for (let seed: u32 = 0; seed < nodes; seed++) {
    if (u32At(owner, seed) != seed) continue;
    let depth: u32 = 1;
    setU32(stack, 0, seed);
    while (depth > 0) {
      const node: u32 = u32At(stack, --depth);
      const holder: u32 = u32At(owner, node);
      const end: u32 = u32At(firstEdge, node + 1);
      for (let edge: u32 = u32At(firstEdge, node); edge < end; edge++) {
        if (u8At(edgeType, edge) == weakType) continue;
        const child: u32 = u32At(edgeTo, edge);
        const current: u32 = u32At(owner, child);
        if (current == child || current == holder || current == MULTIPLE) continue;
        setU32(owner, child, current == UNOWNED ? holder : MULTIPLE);
        setU32(stack, depth++, child);
      }
    }
  }
}

/**
 * Moves sizes to single owners that are neither synthetic nor the root. `selfSize` and `selfSizeHigh` start as the file's sizes
 * and have both halves where the sum of all sizes needs them.
 */
export function transferSizes(
  owner: usize,
  nodeType: usize,
  nodes: u32,
  root: u32,
  syntheticType: u32,
  selfSize: usize,
  selfSizeHigh: usize,
): void {
  for (let node: u32 = 0; node < nodes; node++) {
    const holder: u32 = u32At(owner, node);
    if (holder == node || holder >= MULTIPLE) continue;
    if (holder == root || u8At(nodeType, holder) == syntheticType) continue;
    const sum: f64 = wholeAt(selfSize, selfSizeHigh, holder) + wholeAt(selfSize, selfSizeHigh, node);
    setWhole(selfSize, selfSizeHigh, holder, sum);
    setWhole(selfSize, selfSizeHigh, node, 0);
  }
}
