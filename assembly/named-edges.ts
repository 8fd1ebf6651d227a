// What nodes are told by that their edges are called: names are flagged, a byte a string.

import { setU8, setU32, u32At, u8At, wholeAt } from './memory';

const NONE: u32 = 0xffffffff;

/** Where the last edge of `node` leads that has the type and a flagged name: as `map` does, some come behind all elements. */
@inline
function lastTarget(
  node: u32,
  firstEdge: usize,
  edgeType: usize,
  edgeName: usize,
  edgeTo: usize,
  type: u32,
  isName: usize,
): u32 {
  const first: u32 = u32At(firstEdge, node);
  for (let edge: u32 = u32At(firstEdge, node + 1); edge > first; edge--) {
    if (u8At(edgeType, edge - 1) == type && u8At(isName, u32At(edgeName, edge - 1)) != 0) return u32At(edgeTo, edge - 1);
  }
  return NONE;
}

/** Flags in `marks` (a byte a node) where edges of one of two types with a flagged name lead from `count` nodes. */
export function markTargets(
  list: usize,
  count: u32,
  firstEdge: usize,
  edgeType: usize,
  edgeName: usize,
  edgeTo: usize,
  oneType: u32,
  otherType: u32,
  isName: usize,
  marks: usize,
): void {
  for (let at: u32 = 0; at < count; at++) {
    const node: u32 = u32At(list, at);
    const end: u32 = u32At(firstEdge, node + 1);
    for (let edge: u32 = u32At(firstEdge, node); edge < end; edge++) {
      const type: u32 = u8At(edgeType, edge);
      if (type != oneType && type != otherType) continue;
      if (u8At(isName, u32At(edgeName, edge)) != 0) setU8(marks, u32At(edgeTo, edge), 1);
    }
  }
}

/**
 * For every node that such a last edge leads to: the first node it comes from + 1, into `first` (a u32 a node, 0 for whatever is asked for), of
 * those that have the type `nodeKind` and are not flagged in `isSkipped`.
 */
export function firstOfTargets(
  nodeType: usize,
  firstEdge: usize,
  edgeType: usize,
  edgeName: usize,
  edgeTo: usize,
  nodes: u32,
  nodeKind: u32,
  type: u32,
  isName: usize,
  isSkipped: usize,
  first: usize,
): void {
  for (let node: u32 = 0; node < nodes; node++) {
    if (u8At(nodeType, node) != nodeKind || u8At(isSkipped, node) != 0) continue;
    const target: u32 = lastTarget(node, firstEdge, edgeType, edgeName, edgeTo, type, isName);
    if (target != NONE && u32At(first, target) == 0) setU32(first, target, node + 1);
  }
}

/** For an edge of the one type, or of the other: a bit of what its name is flagged with that allows it. */
const ALLOWS_ONE: u32 = 1;
const ALLOWS_OTHER: u32 = 2;

/** Of `count` nodes those with no more than `most` edges, all of which are allowed, into `kept`. Returns how many. */
export function keepWithEdges(
  list: usize,
  count: u32,
  most: u32,
  firstEdge: usize,
  edgeType: usize,
  edgeName: usize,
  oneType: u32,
  otherType: u32,
  allowed: usize,
  kept: usize,
): u32 {
  let found: u32 = 0;
  for (let at: u32 = 0; at < count; at++) {
    const node: u32 = u32At(list, at);
    let edge: u32 = u32At(firstEdge, node);
    const end: u32 = u32At(firstEdge, node + 1);
    if (end - edge > most) continue;
    for (; edge < end; edge++) {
      const type: u32 = u8At(edgeType, edge);
      const asked: u32 = type == oneType ? ALLOWS_ONE : type == otherType ? ALLOWS_OTHER : 0;
      if (asked == 0 || (u8At(allowed, u32At(edgeName, edge)) & asked) == 0) break;
    }
    if (edge == end) setU32(kept, found++, node);
  }
  return found;
}

/** Words of a store in front of its elements. */
const HEADER_WORDS: f64 = 2;

/**
 * Of `count` arrays those that show nothing, or whose store (where the last edge of type `internal` with a flagged name leads) has room for at
 * least twice as many elements as they show and for `leastUnused` more, into `kept`. Returns how many. Sizes: of stores, as the file has them.
 */
export function keepRoomyArrays(
  list: usize,
  count: u32,
  firstEdge: usize,
  edgeType: usize,
  edgeName: usize,
  edgeTo: usize,
  internal: u32,
  element: u32,
  isStore: usize,
  sizes: usize,
  sizesHigh: usize,
  pointerSize: f64,
  leastUnused: f64,
  kept: usize,
): u32 {
  let found: u32 = 0;
  for (let at: u32 = 0; at < count; at++) {
    const node: u32 = u32At(list, at);
    const store: u32 = lastTarget(node, firstEdge, edgeType, edgeName, edgeTo, internal, isStore);
    if (store == NONE) continue;
    const capacity: f64 = wholeAt(sizes, sizesHigh, store) / pointerSize - HEADER_WORDS;
    // One that is found is enough where there is no room for many more.
    const enough: u32 = capacity <= leastUnused ? 1 : NONE;
    const end: u32 = u32At(firstEdge, node + 1);
    let shown: u32 = 0;
    for (let edge: u32 = u32At(firstEdge, node); edge < end && shown < enough; edge++) {
      shown += u32(u8At(edgeType, edge) == element);
    }
    const isFull: bool = shown > 0 && (capacity - <f64>shown < leastUnused || 2 * <f64>shown > capacity);
    if (!isFull) setU32(kept, found++, node);
  }
  return found;
}
