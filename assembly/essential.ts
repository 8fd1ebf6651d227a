// Page-owned nodes (S2) and essential edges (S3).

import { findEphemeron, TAG_EPHEMERON } from './ephemerons';
import { bitAt, f64At, setBit, setU32, u32At, u8At } from './memory';
import { TAG_DOM_TREES, TAG_KIND } from './tags';

/**
 * S2: sets a bit in `owned` (zeroed, one bit a node) for every node the page owns. `stack`: one u32 a node.
 * Seeds are the root's shortcuts and the document tree roots; all edges but weak ones carry on.
 */
export function markPageOwned(
  firstEdge: usize,
  edgeTo: usize,
  edgeType: usize,
  nodeType: usize,
  nodeName: usize,
  tags: usize,
  root: u32,
  elementType: u32,
  shortcutType: u32,
  weakType: u32,
  syntheticType: u32,
  stack: usize,
  owned: usize,
): void {
  let depth: u32 = 0;
  const rootEnd: u32 = u32At(firstEdge, root + 1);
  for (let edge: u32 = u32At(firstEdge, root); edge < rootEnd; edge++) {
    const type: u32 = u8At(edgeType, edge);
    const node: u32 = u32At(edgeTo, edge);
    if (type == elementType) {
      if (u8At(nodeType, node) != syntheticType) continue;
      if ((u8At(tags, u32At(nodeName, node)) & TAG_KIND) != TAG_DOM_TREES) continue;
    } else if (type != shortcutType) {
      continue;
    }
    if (bitAt(owned, node)) continue;
    setBit(owned, node);
    setU32(stack, depth++, node);
  }
  while (depth > 0) {
    const node: u32 = u32At(stack, --depth);
    const end: u32 = u32At(firstEdge, node + 1);
    for (let edge: u32 = u32At(firstEdge, node); edge < end; edge++) {
      const child: u32 = u32At(edgeTo, edge);
      if (bitAt(owned, child) || u8At(edgeType, edge) == weakType) continue;
      setBit(owned, child);
      setU32(stack, depth++, child);
    }
  }
}

/** S3: sets a bit in `essential` (zeroed, one bit an edge) for every edge that counts for dominators. */
export function markEssential(
  firstEdge: usize,
  edgeTo: usize,
  edgeType: usize,
  edgeName: usize,
  nodeId: usize,
  tags: usize,
  nodes: u32,
  root: u32,
  internalType: u32,
  shortcutType: u32,
  weakType: u32,
  ephemeronNames: usize,
  ephemeronTables: usize,
  ephemerons: u32,
  owned: usize,
  essential: usize,
): void {
  for (let node: u32 = 0; node < nodes; node++) {
    const end: u32 = u32At(firstEdge, node + 1);
    const isRoot: bool = node == root;
    // What the page owns counts only as held by the page, or a debugger's references would change the tree.
    const anyTarget: bool = isRoot || bitAt(owned, node);
    for (let edge: u32 = u32At(firstEdge, node); edge < end; edge++) {
      const type: u32 = u8At(edgeType, edge);
      const child: u32 = u32At(edgeTo, edge);
      if (type == weakType || child == node) continue;
      if (type == shortcutType && !isRoot) continue;
      if (!anyTarget && bitAt(owned, child)) continue;
      if (type == internalType && ephemerons != 0) {
        const name: u32 = u32At(edgeName, edge);
        if ((u8At(tags, name) & TAG_EPHEMERON) != 0) {
          const pair: u32 = findEphemeron(ephemeronNames, ephemerons, name);
          if (f64At(ephemeronTables, pair) == f64At(nodeId, node)) continue;
        }
      }
      setBit(essential, edge);
    }
  }
}
