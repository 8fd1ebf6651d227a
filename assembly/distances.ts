// Distances (S7): breadth-first from the user roots, then from the root over what is left.

import { bitsBelow, equal32 } from './byte-masks';
import { findEphemeron, TAG_EPHEMERON } from './ephemerons';
import { bitAt, flipBit, setBit, setU32, u32At, u8At } from './memory';
import { isUserRoot } from './owners';
import { TAG_DESCRIPTOR_LINK, TAG_KIND, TAG_MAP_DESCRIPTORS, TAG_NATIVE_CONTEXT, TAG_SLOPPY_FUNCTION_MAP } from './tags';

const UNREACHED: i32 = -5;
const SYSTEM: u32 = 100000000;

/**
 * Sets a bit in `filtered` (zeroed, one bit a node) for the nodes whose edges S7 filters by name: native contexts and
 * descriptor arrays. They are few, so the search asks a bit that is at hand instead of two columns that are not. Reads up to 31 bytes
 * behind the types, which lie in columns of whole cache lines.
 */
export function markFiltered(
  nodeType: usize,
  nodeName: usize,
  tags: usize,
  nodes: u32,
  hiddenType: u32,
  arrayType: u32,
  filtered: usize,
): void {
  const hidden: v128 = i8x16.splat(<i8>hiddenType);
  const array: v128 = i8x16.splat(<i8>arrayType);
  for (let first: u32 = 0; first < nodes; first += 32) {
    const types: usize = nodeType + <usize>first;
    const hiddens: u32 = equal32(types, hidden);
    let asked: u32 = (hiddens | equal32(types, array)) & bitsBelow(first, nodes);
    for (; asked != 0; asked &= asked - 1) {
      const lowest: u32 = asked & -asked;
      const node: u32 = first + ctz<u32>(asked);
      const kind: u32 = u8At(tags, u32At(nodeName, node)) & TAG_KIND;
      if (kind == ((hiddens & lowest) != 0 ? TAG_NATIVE_CONTEXT : TAG_MAP_DESCRIPTORS)) setBit(filtered, node);
    }
  }
}

@inline
function isNumbered(edgeKind: u32, numbered: u32): bool {
  return edgeKind < 32 && ((numbered >>> edgeKind) & 1) != 0;
}

/**
 * `distance` (i32 a node) of every node. `filtered` comes from `markFiltered`. `seen`: one zeroed bit a node, since most
 * edges lead to a node already reached and the bits fit a cache where the distances do not. `pending`: one zeroed bit a
 * WeakMap pair. `queue`: a u32 for every node and every edge of the root: DevTools visits a user root as often as the root
 * refers to it, and pairs notice. `numbered` has the bits of the edge types whose name is an integer.
 */
export function findDistances(
  firstEdge: usize,
  edgeTo: usize,
  edgeType: usize,
  edgeName: usize,
  nodeType: usize,
  nodeName: usize,
  tags: usize,
  nodes: u32,
  root: u32,
  arrayType: u32,
  syntheticType: u32,
  internalType: u32,
  weakType: u32,
  numbered: u32,
  ephemeronNames: usize,
  ephemeronPairs: usize,
  ephemerons: u32,
  filtered: usize,
  seen: usize,
  pending: usize,
  queue: usize,
  distance: usize,
): void {
  for (let node: u32 = 0; node < nodes; node++) setU32(distance, node, <u32>UNREACHED);
  let tail: u32 = 0;
  const rootEnd: u32 = u32At(firstEdge, root + 1);
  for (let edge: u32 = u32At(firstEdge, root); edge < rootEnd; edge++) {
    const node: u32 = u32At(edgeTo, edge);
    if (!isUserRoot(node, nodeType, nodeName, tags, syntheticType)) continue;
    setU32(distance, node, 1);
    setBit(seen, node);
    setU32(queue, tail++, node);
  }
  const system: bool = tail > 0;
  for (let phase: u32 = 0; phase < 2; phase++) {
    let next: u32 = 2;
    if (phase == 1) {
      next = system ? SYSTEM + 1 : 1;
      setU32(distance, root, next - 1);
      setBit(seen, root);
      setU32(queue, 0, root);
      tail = 1;
    }
    // The queue holds the nodes of one distance after those of the one before.
    let levelEnd: u32 = tail;
    for (let head: u32 = 0; head < tail; head++) {
      if (head == levelEnd) {
        next++;
        levelEnd = tail;
      }
      const node: u32 = u32At(queue, head);
      const special: bool = bitAt(filtered, node);
      const isDescriptors: bool = special && u8At(nodeType, node) == arrayType;
      const isContext: bool = special && !isDescriptors;
      const end: u32 = u32At(firstEdge, node + 1);
      for (let edge: u32 = u32At(firstEdge, node); edge < end; edge++) {
        const child: u32 = u32At(edgeTo, edge);
        if (bitAt(seen, child)) continue;
        const edgeKind: u32 = u8At(edgeType, edge);
        if (edgeKind == weakType) continue;
        if (isDescriptors) {
          // Maps share descriptor arrays, so a link in one proves nothing about a map that holds it.
          const name: u32 = u32At(edgeName, edge);
          const link: bool = isNumbered(edgeKind, numbered)
            ? name >= 2 && name % 3 == 1
            : (u8At(tags, name) & TAG_DESCRIPTOR_LINK) != 0;
          if (link) continue;
        } else if ((edgeKind == internalType && ephemerons != 0) || isContext) {
          const tag: u32 = isNumbered(edgeKind, numbered) ? 0 : u8At(tags, u32At(edgeName, edge));
          if (isContext && (tag & TAG_KIND) == TAG_SLOPPY_FUNCTION_MAP) continue;
          if (edgeKind == internalType && (tag & TAG_EPHEMERON) != 0) {
            // A value lives as long as key and table both do: the later of the two edges sets its distance.
            const pair: u32 = u32At(ephemeronPairs, findEphemeron(ephemeronNames, ephemerons, u32At(edgeName, edge)));
            const second: bool = bitAt(pending, pair);
            flipBit(pending, pair);
            if (!second) continue;
          }
        }
        setBit(seen, child);
        setU32(distance, child, next);
        setU32(queue, tail++, child);
      }
    }
  }
}
