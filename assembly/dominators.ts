// Immediate dominators (S4): Lengauer and Tarjan's algorithm with path compression only, over nodes renumbered in
// depth-first preorder. Chosen over semi-NCA because its bound, m log n, holds for every graph: a long list whose tail
// refers to an index of all members makes semi-NCA's upward walks quadratic.

import { bitAt, setU32, u32At } from './memory';

const NONE: u32 = 0xffffffff;

/**
 * Depth-first order over essential edges from the root, then from each node no essential edge points to, then the rest.
 * Out: `order` preorder → ordinal (all nodes), `number` ordinal → preorder, `parent` in preorder numbers.
 * Scratch: `cursor`, one u32 a node. Returns how many nodes the searches reached; those behind have only the root above.
 */
export function depthFirst(
  firstEdge: usize,
  edgeTo: usize,
  essential: usize,
  held: usize,
  nodes: u32,
  root: u32,
  order: usize,
  number: usize,
  parent: usize,
  cursor: usize,
): u32 {
  memory.fill(number, 0xff, (<usize>nodes) << 2);
  let reached: u32 = 0;
  for (let start: u32 = 0; start <= nodes; start++) {
    const seed: u32 = start == 0 ? root : start - 1;
    if (u32At(number, seed) != NONE) continue;
    if (start != 0 && bitAt(held, seed)) continue;
    setU32(number, seed, reached);
    setU32(order, reached, seed);
    setU32(parent, reached, 0);
    setU32(cursor, reached, u32At(firstEdge, seed));
    let current: u32 = reached;
    const base: u32 = reached++;
    let node: u32 = seed;
    while (true) {
      let edge: u32 = u32At(cursor, current);
      const end: u32 = u32At(firstEdge, node + 1);
      let child: u32 = NONE;
      for (; edge < end; edge++) {
        if (!bitAt(essential, edge)) continue;
        const target: u32 = u32At(edgeTo, edge);
        if (u32At(number, target) == NONE) {
          child = target;
          break;
        }
      }
      if (child != NONE) {
        setU32(cursor, current, edge + 1);
        setU32(number, child, reached);
        setU32(order, reached, child);
        setU32(parent, reached, current);
        setU32(cursor, reached, u32At(firstEdge, child));
        node = child;
        current = reached++;
      } else {
        if (current == base) break;
        current = u32At(parent, current);
        node = u32At(order, current);
      }
    }
  }
  let next: u32 = reached;
  for (let node: u32 = 0; node < nodes; node++) {
    if (u32At(number, node) != NONE) continue;
    setU32(number, node, next);
    setU32(order, next, node);
    setU32(parent, next++, 0);
  }
  return reached;
}

/**
 * Essential edges turned round, in preorder numbers: `firstPredecessor` (reached + 1) and `predecessors`.
 * Only edges of reached nodes count: what the unreached point at is either unreached too or not affected (S4).
 */
export function buildPredecessors(
  firstEdge: usize,
  edgeTo: usize,
  essential: usize,
  order: usize,
  number: usize,
  reached: u32,
  firstPredecessor: usize,
  predecessors: usize,
): void {
  memory.fill(firstPredecessor, 0, (<usize>reached + 1) << 2);
  for (let from: u32 = 0; from < reached; from++) {
    const node: u32 = u32At(order, from);
    const end: u32 = u32At(firstEdge, node + 1);
    for (let edge: u32 = u32At(firstEdge, node); edge < end; edge++) {
      if (!bitAt(essential, edge)) continue;
      const at: usize = firstPredecessor + ((<usize>u32At(number, u32At(edgeTo, edge))) << 2);
      store<u32>(at, load<u32>(at) + 1);
    }
  }
  let sum: u32 = 0;
  for (let i: u32 = 0; i <= reached; i++) {
    sum += u32At(firstPredecessor, i);
    setU32(firstPredecessor, i, sum);
  }
  // Filling from the back of each list leaves its start in place, and its members descending.
  for (let from: u32 = 0; from < reached; from++) {
    const node: u32 = u32At(order, from);
    const end: u32 = u32At(firstEdge, node + 1);
    for (let edge: u32 = u32At(firstEdge, node); edge < end; edge++) {
      if (!bitAt(essential, edge)) continue;
      const at: usize = firstPredecessor + ((<usize>u32At(number, u32At(edgeTo, edge))) << 2);
      const slot: u32 = load<u32>(at) - 1;
      store<u32>(at, slot);
      setU32(predecessors, slot, from);
    }
  }
}

/** The node with the least semidominator on the path from `node` up to the forest's root; shortens that path. */
function evaluate(node: u32, linked: u32, ancestor: usize, semi: usize, label: usize, stack: usize): u32 {
  let depth: u32 = 0;
  while (u32At(ancestor, node) >= linked) {
    setU32(stack, depth++, node);
    node = u32At(ancestor, node);
  }
  const top: u32 = u32At(ancestor, node);
  let best: u32 = u32At(label, node);
  let bestSemi: u32 = u32At(semi, best);
  while (depth > 0) {
    node = u32At(stack, --depth);
    setU32(ancestor, node, top);
    const own: u32 = u32At(label, node);
    const ownSemi: u32 = u32At(semi, own);
    if (bestSemi < ownSemi) {
      setU32(label, node, best);
    } else {
      best = own;
      bestSemi = ownSemi;
    }
  }
  return best;
}

/**
 * Immediate dominators in preorder numbers: `idom` (all nodes; the root is its own).
 * `ancestor` holds the depth-first parents on entry and is consumed. Scratch, one u32 a node each: `semi`, `label`,
 * `bucket`, `stack`. While a node waits in a bucket its `idom` slot is the link to the next one.
 */
export function immediateDominators(
  nodes: u32,
  reached: u32,
  firstPredecessor: usize,
  predecessors: usize,
  ancestor: usize,
  semi: usize,
  label: usize,
  bucket: usize,
  stack: usize,
  idom: usize,
): void {
  for (let i: u32 = 0; i < reached; i++) {
    setU32(semi, i, i);
    setU32(label, i, i);
    setU32(bucket, i, NONE);
  }
  for (let node: u32 = reached - 1; node > 0; node--) {
    const linked: u32 = node + 1;
    const parent: u32 = u32At(ancestor, node);
    let least: u32 = node;
    let slot: u32 = u32At(firstPredecessor, node);
    const end: u32 = u32At(firstPredecessor, node + 1);
    // No essential edge: the edge from the root that S4 adds.
    if (slot == end) least = 0;
    for (; slot < end; slot++) {
      const from: u32 = u32At(predecessors, slot);
      const candidate: u32 =
        from <= node ? from : u32At(semi, evaluate(from, linked, ancestor, semi, label, stack));
      if (candidate < least) least = candidate;
    }
    setU32(semi, node, least);
    if (least == parent) {
      setU32(idom, node, parent);
    } else {
      setU32(idom, node, u32At(bucket, least));
      setU32(bucket, least, node);
    }
    let waiting: u32 = u32At(bucket, parent);
    setU32(bucket, parent, NONE);
    while (waiting != NONE) {
      const next: u32 = u32At(idom, waiting);
      const lowest: u32 = evaluate(waiting, node, ancestor, semi, label, stack);
      setU32(idom, waiting, u32At(semi, lowest) < u32At(semi, waiting) ? lowest : parent);
      waiting = next;
    }
  }
  setU32(idom, 0, 0);
  for (let node: u32 = 1; node < reached; node++) {
    const dominator: u32 = u32At(idom, node);
    if (dominator != u32At(semi, node)) setU32(idom, node, u32At(idom, dominator));
  }
  for (let node: u32 = reached; node < nodes; node++) setU32(idom, node, 0);
}
