// Propagation of DOM state through native nodes (S10).

import { setU32, setU8, u32At, u8At } from './memory';
import { TAG_DETACHED } from './tags';

const ATTACHED: u32 = 1;
const DETACHED: u32 = 2;
/** The field's bits that hold the state. */
const STATE: u32 = 3;

/** Snapshots without the field: native nodes whose name starts with `Detached ` are detached; nothing propagates. */
export function detachedByName(
  nodeType: usize,
  nodeName: usize,
  tags: usize,
  nodes: u32,
  nativeType: u32,
  state: usize,
): void {
  for (let node: u32 = 0; node < nodes; node++) {
    const detached: bool =
      u8At(nodeType, node) == nativeType && (u8At(tags, u32At(nodeName, node)) & TAG_DETACHED) != 0;
    setU8(state, node, detached ? DETACHED : 0);
  }
}

/**
 * `state` holds the file's values on entry and the propagated ones afterwards. A node that is detached and native has
 * been renamed `Detached <name>`. Attached spreads first; a node is settled once.
 * Scratch: `settled`, a zeroed byte a node; `stack`, one u32 a node: attached nodes grow it from the front, detached
 * ones from the back, and since a node enters once the two never meet.
 */
export function propagateDetachedness(
  firstEdge: usize,
  edgeTo: usize,
  edgeType: usize,
  nodeType: usize,
  nodes: u32,
  nativeType: u32,
  hiddenType: u32,
  invisibleType: u32,
  weakType: u32,
  settled: usize,
  stack: usize,
  state: usize,
): void {
  let attached: u32 = 0;
  let detached: u32 = nodes;
  for (let node: u32 = 0; node < nodes; node++) {
    const known: u32 = u8At(state, node) & STATE;
    setU8(state, node, known);
    if (known == 0) continue;
    setU8(settled, node, 1);
    if (u8At(nodeType, node) != nativeType) continue;
    if (known == ATTACHED) setU32(stack, attached++, node);
    else if (known == DETACHED) setU32(stack, --detached, node);
  }
  while (attached > 0 || detached < nodes) {
    const spread: u32 = attached > 0 ? ATTACHED : DETACHED;
    const node: u32 = spread == ATTACHED ? u32At(stack, --attached) : u32At(stack, detached++);
    const end: u32 = u32At(firstEdge, node + 1);
    for (let edge: u32 = u32At(firstEdge, node); edge < end; edge++) {
      const type: u32 = u8At(edgeType, edge);
      if (type == hiddenType || type == invisibleType || type == weakType) continue;
      const child: u32 = u32At(edgeTo, edge);
      if (u8At(settled, child) != 0) continue;
      setU8(settled, child, 1);
      if (u8At(nodeType, child) != nativeType) continue;
      setU8(state, child, spread);
      if (spread == ATTACHED) setU32(stack, attached++, child);
      else setU32(stack, --detached, child);
    }
  }
}
