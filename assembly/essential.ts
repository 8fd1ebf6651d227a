// Which edges count for dominators (S3), but for what the page's ownership has to say: the depth-first search adds that.

import { equal32 } from './byte-masks';
import { findEphemeron, TAG_EPHEMERON } from './ephemerons';
import { clearBit, f64At, setBit, u32At, u8At, wholeAt } from './memory';

/**
 * Writes a bit of `retaining` (a u32 for each 32 edges, the last one's spare bits 0) for every edge: 1 unless it is weak or,
 * other than from the root, a shortcut. An edge of a node to itself has a bit too; dominators do not notice.
 * Reads up to 31 bytes behind the types, which lie in columns of whole cache lines.
 */
export function markRetaining(
  edgeType: usize,
  edges: u32,
  firstEdge: usize,
  root: u32,
  shortcutType: u32,
  weakType: u32,
  retaining: usize,
): void {
  const shortcut: v128 = i8x16.splat(<i8>shortcutType);
  const weak: v128 = i8x16.splat(<i8>weakType);
  const end: usize = edgeType + <usize>edges;
  let to: usize = retaining;
  for (let p: usize = edgeType; p < end; p += 32) {
    store<u32>(to, ~(equal32(p, shortcut) | equal32(p, weak)));
    to += 4;
  }
  if ((edges & 31) != 0) store<u32>(to - 4, load<u32>(to - 4) & ((1 << (edges & 31)) - 1));
  const rootEnd: u32 = u32At(firstEdge, root + 1);
  for (let edge: u32 = u32At(firstEdge, root); edge < rootEnd; edge++) {
    if (u8At(edgeType, edge) == shortcutType) setBit(retaining, edge);
  }
}

/** The node that edge `edge` belongs to. Cost: log2(nodes). */
function sourceOf(edge: u32, firstEdge: usize, nodes: u32): u32 {
  let low: u32 = 0;
  let high: u32 = nodes;
  while (high - low > 1) {
    const middle: u32 = (low + high) >>> 1;
    if (u32At(firstEdge, middle) <= edge) low = middle;
    else high = middle;
  }
  return low;
}

/**
 * Clears the bits of the edges by which a WeakMap's table holds a value: the key alone counts. Names of pairs lie between
 * `lowest` and `highest`, so few other names are looked up.
 */
export function dropTableEdges(
  firstEdge: usize,
  edgeType: usize,
  edgeName: usize,
  nodeId: usize,
  nodeIdHigh: usize,
  tags: usize,
  nodes: u32,
  internalType: u32,
  ephemeronNames: usize,
  ephemeronTables: usize,
  ephemerons: u32,
  retaining: usize,
): void {
  if (ephemerons == 0) return;
  const lowest: u32 = u32At(ephemeronNames, 0);
  const range: u32 = u32At(ephemeronNames, ephemerons - 1) - lowest;
  const edges: u32 = u32At(firstEdge, nodes);
  for (let edge: u32 = 0; edge < edges; edge++) {
    const name: u32 = u32At(edgeName, edge);
    if (name - lowest > range || u8At(edgeType, edge) != internalType) continue;
    if ((u8At(tags, name) & TAG_EPHEMERON) == 0) continue;
    const pair: u32 = findEphemeron(ephemeronNames, ephemerons, name);
    const holder: f64 = wholeAt(nodeId, nodeIdHigh, sourceOf(edge, firstEdge, nodes));
    if (f64At(ephemeronTables, pair) == holder) clearBit(retaining, edge);
  }
}
