// What the passes need to know of an edge besides its target, as bits, and what they need to know of the root's edges: so that
// types and names of edges can stay in files.

import { findEphemeron, TAG_EPHEMERON } from './ephemerons';
import { f64At, setBit, setU32, u32At, u8At, wholeAt } from './memory';
import { isUserRoot } from './owners';
import { TAG_DESCRIPTOR_LINK, TAG_DOM_TREES, TAG_KIND, TAG_MAP_DESCRIPTORS, TAG_NATIVE_CONTEXT, TAG_SLOPPY_FUNCTION_MAP } from './tags';

// What an edge type is; mirrored in src/external/edge-bits.ts.
const WEAK: u32 = 1;
const SHORTCUT: u32 = 2;
const INTERNAL: u32 = 4;
/** Its name is a number. */
const NUMBERED: u32 = 8;
/** Neither hidden, invisible nor weak. */
const VISIBLE: u32 = 16;

/**
 * For the edges of nodes [from, to), in zeroed columns of one bit an edge: `retaining`, those that count for dominators as far as
 * S3 goes without the page; `firm`, those that are not weak; `visible`, where it is not 0, those that detachedness goes by (S10);
 * `open`, those that the distance search may take at first sight (S7). Edges of WeakMap pairs, which it may take at second sight,
 * are listed in `pairEdges` and `pairNumbers`, which have room for all edges of the range; the return value tells how many.
 * `kinds` has a byte for every edge type. `edgeType` and `edgeName` are the bases that the window has as a part of whole columns.
 */
export function markEdges(
  from: u32,
  to: u32,
  firstEdge: usize,
  edgeType: usize,
  edgeName: usize,
  nodeType: usize,
  nodeName: usize,
  nodeId: usize,
  nodeIdHigh: usize,
  tags: usize,
  root: u32,
  hiddenType: u32,
  arrayType: u32,
  kinds: usize,
  ephemeronNames: usize,
  ephemeronTables: usize,
  ephemeronPairs: usize,
  ephemerons: u32,
  retaining: usize,
  firm: usize,
  visible: usize,
  open: usize,
  pairEdges: usize,
  pairNumbers: usize,
): u32 {
  let pairs: u32 = 0;
  for (let node: u32 = from; node < to; node++) {
    const type: u32 = u8At(nodeType, node);
    let isContext: bool = false;
    let isDescriptors: bool = false;
    if (type == hiddenType || type == arrayType) {
      const kind: u32 = u8At(tags, u32At(nodeName, node)) & TAG_KIND;
      isContext = type == hiddenType && kind == TAG_NATIVE_CONTEXT;
      isDescriptors = type == arrayType && kind == TAG_MAP_DESCRIPTORS;
    }
    const end: u32 = u32At(firstEdge, node + 1);
    for (let edge: u32 = u32At(firstEdge, node); edge < end; edge++) {
      const kind: u32 = u8At(kinds, u8At(edgeType, edge));
      if ((kind & VISIBLE) != 0 && visible != 0) setBit(visible, edge);
      const isFirm: bool = (kind & WEAK) == 0;
      let retains: bool = isFirm && ((kind & SHORTCUT) == 0 || node == root);
      let isOpen: bool = isFirm;
      if (isFirm) setBit(firm, edge);
      if (isDescriptors) {
        // Maps share descriptor arrays, so a link in one proves nothing about a map that holds it.
        const name: u32 = u32At(edgeName, edge);
        const link: bool =
          (kind & NUMBERED) != 0 ? name >= 2 && name % 3 == 1 : (u8At(tags, name) & TAG_DESCRIPTOR_LINK) != 0;
        if (link) isOpen = false;
      } else if (isContext && (kind & NUMBERED) == 0) {
        if ((u8At(tags, u32At(edgeName, edge)) & TAG_KIND) == TAG_SLOPPY_FUNCTION_MAP) isOpen = false;
      }
      if ((kind & INTERNAL) != 0 && ephemerons != 0) {
        const name: u32 = u32At(edgeName, edge);
        if ((u8At(tags, name) & TAG_EPHEMERON) != 0) {
          const entry: u32 = findEphemeron(ephemeronNames, ephemerons, name);
          if (f64At(ephemeronTables, entry) == wholeAt(nodeId, nodeIdHigh, node)) retains = false;
          if (isOpen && !isDescriptors) {
            isOpen = false;
            setU32(pairEdges, pairs, edge);
            setU32(pairNumbers, pairs++, u32At(ephemeronPairs, entry));
          }
        }
      }
      if (retains) setBit(retaining, edge);
      if (isOpen) setBit(open, edge);
    }
  }
  return pairs;
}

/**
 * For the `count` edges of the root, whose types and targets are given, one bit each in zeroed columns: those that make their
 * target the page's (S2), and those that lead to user roots (S5, S7).
 */
export function markRootEdges(
  count: u32,
  edgeType: usize,
  targets: usize,
  nodeType: usize,
  nodeName: usize,
  tags: usize,
  elementType: u32,
  shortcutType: u32,
  syntheticType: u32,
  pageSeeds: usize,
  userRoots: usize,
): void {
  for (let i: u32 = 0; i < count; i++) {
    const type: u32 = u8At(edgeType, i);
    const target: u32 = u32At(targets, i);
    const trees: bool =
      type == elementType &&
      u8At(nodeType, target) == syntheticType &&
      (u8At(tags, u32At(nodeName, target)) & TAG_KIND) == TAG_DOM_TREES;
    if (type == shortcutType || trees) setBit(pageSeeds, i);
    if (isUserRoot(target, nodeType, nodeName, tags, syntheticType)) setBit(userRoots, i);
  }
}
