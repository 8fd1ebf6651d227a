// Lists of nodes, ascending: by type, by type and name, and what is left of a list.

import { setU32, u32At, u8At } from './memory';

/** Bytes a vector has. */
const LANES: u32 = 16;
/** What a byte can be: no node has the type that stands for one that the file does not know. */
const MOST_TYPES: u32 = 0xff;

/** The lanes at `base + at` that equal `wanted`, as bits. */
@inline
function equalLanes(base: usize, at: u32, wanted: v128): u32 {
  return <u32>i8x16.bitmask(i8x16.eq(v128.load(base + <usize>at), wanted));
}

/** How many of `nodes` nodes have this type. */
export function countOfType(nodeType: usize, nodes: u32, type: u32): u32 {
  if (type > MOST_TYPES) return 0;
  const wanted: v128 = i8x16.splat(<i8>type);
  let count: u32 = 0;
  let node: u32 = 0;
  for (; node + LANES <= nodes; node += LANES) count += popcnt<u32>(equalLanes(nodeType, node, wanted));
  for (; node < nodes; node++) count += u32(u8At(nodeType, node) == type);
  return count;
}

/** They themselves, into `list`, which has room for all of them. Returns how many they are. */
export function listOfType(nodeType: usize, nodes: u32, type: u32, list: usize): u32 {
  if (type > MOST_TYPES) return 0;
  const wanted: v128 = i8x16.splat(<i8>type);
  let count: u32 = 0;
  let node: u32 = 0;
  for (; node + LANES <= nodes; node += LANES) {
    for (let lanes: u32 = equalLanes(nodeType, node, wanted); lanes != 0; lanes &= lanes - 1) {
      setU32(list, count++, node + ctz<u32>(lanes));
    }
  }
  for (; node < nodes; node++) if (u8At(nodeType, node) == type) setU32(list, count++, node);
  return count;
}

/** Adds how many nodes of a type each group of names has to `counts` (a u32 for each of 256 groups). `groupOf`: a byte a string. */
export function countNamed(nodeType: usize, nodeName: usize, nodes: u32, type: u32, groupOf: usize, counts: usize): void {
  for (let node: u32 = 0; node < nodes; node++) {
    if (u8At(nodeType, node) != type) continue;
    const group: u32 = u8At(groupOf, u32At(nodeName, node));
    setU32(counts, group, u32At(counts, group) + 1);
  }
}

/**
 * The same nodes, into `list`, but for those of group 0. `next`: for each group where its next node goes; it stands behind its last one
 * afterwards.
 */
export function listNamed(
  nodeType: usize,
  nodeName: usize,
  nodes: u32,
  type: u32,
  groupOf: usize,
  next: usize,
  list: usize,
): void {
  for (let node: u32 = 0; node < nodes; node++) {
    if (u8At(nodeType, node) != type) continue;
    const group: u32 = u8At(groupOf, u32At(nodeName, node));
    if (group == 0) continue;
    const at: u32 = u32At(next, group);
    setU32(list, at, node);
    setU32(next, group, at + 1);
  }
}

/** Keeps those of `count` nodes in place whose entry of `column` is flagged (a byte each). Returns how many. */
export function keepFlagged(list: usize, count: u32, column: usize, flags: usize): u32 {
  let kept: u32 = 0;
  for (let at: u32 = 0; at < count; at++) {
    const node: u32 = u32At(list, at);
    if (u8At(flags, u32At(column, node)) != 0) setU32(list, kept++, node);
  }
  return kept;
}

/** Keeps those that have a size: whole numbers in two columns of their halves, `high` 0 where all fit the low one. */
export function keepSized(list: usize, count: u32, low: usize, high: usize): u32 {
  let kept: u32 = 0;
  for (let at: u32 = 0; at < count; at++) {
    const node: u32 = u32At(list, at);
    if (u32At(low, node) != 0 || (high != 0 && u32At(high, node) != 0)) setU32(list, kept++, node);
  }
  return kept;
}
