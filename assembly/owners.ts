// Shallow-size transfer (S5): what an object alone owns counts as part of it.

import { bitsBelow, equal32 } from './byte-masks';
import { bitAt, nextBit, setU32, setWhole, u32At, u8At, wholeAt } from './memory';
import { TAG_DOM_TREES, TAG_EXTERNAL_STRING_DATA, TAG_KIND } from './tags';

const UNOWNED: u32 = 0xffffffff;
const MULTIPLE: u32 = 0xfffffffe;

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

/**
 * Sets the bits of `ownable` (a u32 for each 32 nodes, the last one's spare bits 0): nodes that others may own. `detachedness` is the
 * propagated one: a detached native node has been renamed (S10) and so is no longer `system / ExternalStringData`; pass 0 where
 * nothing was renamed. Reads up to 31 bytes behind the types, which lie in columns of whole cache lines. Returns how many there are.
 */
export function markOwnable(
  nodes: u32,
  nodeType: usize,
  nodeName: usize,
  tags: usize,
  detachedness: usize,
  hiddenType: u32,
  arrayType: u32,
  nativeType: u32,
  ownable: usize,
): u32 {
  const hidden: v128 = i8x16.splat(<i8>hiddenType);
  const array: v128 = i8x16.splat(<i8>arrayType);
  const native: v128 = i8x16.splat(<i8>nativeType);
  let count: u32 = 0;
  for (let first: u32 = 0; first < nodes; first += 32) {
    const types: usize = nodeType + <usize>first;
    const inside: u32 = bitsBelow(first, nodes);
    let bits: u32 = equal32(types, hidden) | equal32(types, array);
    for (let natives: u32 = equal32(types, native) & inside; natives != 0; natives &= natives - 1) {
      const node: u32 = first + ctz<u32>(natives);
      const renamed: bool = detachedness != 0 && u8At(detachedness, node) == 2;
      const kind: u32 = u8At(tags, u32At(nodeName, node)) & TAG_KIND;
      if (kind == TAG_EXTERNAL_STRING_DATA && !renamed) bits |= natives & -natives;
    }
    bits &= inside;
    count += popcnt<u32>(bits);
    setU32(ownable, first >>> 5, bits);
  }
  return count;
}

/** The first half of what `findOwners` does, for all nodes: UNOWNED for those that others may own, the node itself for the rest. */
export function startOwners(nodes: u32, ownable: usize, owner: usize): void {
  for (let node: u32 = 0; node < nodes; node++) setU32(owner, node, bitAt(ownable, node) ? UNOWNED : node);
}

/** Makes `holder` an owner of `node`; whether that changes anything. A node that owns itself stays so. */
@inline
export function makeOwner(holder: u32, node: u32, owner: usize): bool {
  const current: u32 = u32At(owner, node);
  if (current == node || current == holder || current == MULTIPLE) return false;
  setU32(owner, node, current == UNOWNED ? holder : MULTIPLE);
  return true;
}

/** Makes `holder` an owner of `child`, and of whatever that then owns in turn. `stack` as for `findOwners`. */
@inline
function own(
  holder: u32,
  child: u32,
  firstEdge: usize,
  edgeTo: usize,
  edgeType: usize,
  weakType: u32,
  ownable: usize,
  stack: usize,
  owner: usize,
): void {
  if (!makeOwner(holder, child, owner)) return;
  let depth: u32 = 1;
  setU32(stack, 0, child);
  while (depth > 0) {
    const node: u32 = u32At(stack, --depth);
    const above: u32 = u32At(owner, node);
    const end: u32 = u32At(firstEdge, node + 1);
    for (let edge: u32 = u32At(firstEdge, node); edge < end; edge++) {
      const target: u32 = u32At(edgeTo, edge);
      if (u8At(edgeType, edge) == weakType || !bitAt(ownable, target)) continue;
      if (makeOwner(above, target, owner)) setU32(stack, depth++, target);
    }
  }
}

/**
 * The owner of every node in `ownable`: an ordinal, or one of the two marks above. Other slots of `owner` stay as they are, their pages
 * untouched: they own themselves.
 * The fixed point does not depend on the order, so each edge that may own is followed to the end before the next one. Few do, and
 * all edges are sieved for them in one even loop: its branches can be foretold, those at the ends of short lists cannot.
 * Scratch: `sieved`, a u32 for each of `capacity` edges; `stack`, two u32 for each of those nodes (one enters when it is first owned and when
 * it turns MULTIPLE).
 */
export function findOwners(
  firstEdge: usize,
  edgeTo: usize,
  edgeType: usize,
  nodes: u32,
  weakType: u32,
  ownable: usize,
  sieved: usize,
  capacity: u32,
  stack: usize,
  owner: usize,
): void {
  for (let node: u32 = nextBit(0, nodes, ownable); node < nodes; node = nextBit(node + 1, nodes, ownable)) {
    setU32(owner, node, UNOWNED);
  }
  const edges: u32 = u32At(firstEdge, nodes);
  let source: u32 = 0;
  for (let from: u32 = 0; from < edges; ) {
    const to: u32 = edges - from < capacity ? edges : from + capacity;
    let count: u32 = 0;
    for (let edge: u32 = from; edge < to; edge++) {
      setU32(sieved, count, edge);
      count += <u32>bitAt(ownable, u32At(edgeTo, edge)) & <u32>(u8At(edgeType, edge) != weakType);
    }
    for (let i: u32 = 0; i < count; i++) {
      const edge: u32 = u32At(sieved, i);
      while (u32At(firstEdge, source + 1) <= edge) source++;
      // What may itself be owned hands on its owner when it gets one.
      if (bitAt(ownable, source)) continue;
      own(source, u32At(edgeTo, edge), firstEdge, edgeTo, edgeType, weakType, ownable, stack, owner);
    }
    from = to;
  }
}

/**
 * Moves sizes to single owners that are neither synthetic nor the root. `owner` is read where `ownable` has a bit. `selfSize` and `selfSizeHigh` start as the file's sizes
 * and have both halves where the sum of all sizes needs them.
 */
export function transferSizes(
  ownable: usize,
  owner: usize,
  nodeType: usize,
  nodes: u32,
  root: u32,
  syntheticType: u32,
  selfSize: usize,
  selfSizeHigh: usize,
): void {
  for (let node: u32 = nextBit(0, nodes, ownable); node < nodes; node = nextBit(node + 1, nodes, ownable)) {
    const holder: u32 = u32At(owner, node);
    if (holder >= MULTIPLE) continue;
    if (holder == root || u8At(nodeType, holder) == syntheticType) continue;
    const sum: f64 = wholeAt(selfSize, selfSizeHigh, holder) + wholeAt(selfSize, selfSizeHigh, node);
    setWhole(selfSize, selfSizeHigh, holder, sum);
    setWhole(selfSize, selfSizeHigh, node, 0);
  }
}
