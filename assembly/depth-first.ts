// The depth-first search that dominators begin with (S4), and within it what the page owns (S2) and what that makes of edges (S3).

import { bitAt, nextBit, setBit, setU32, u32At, u8At } from './memory';
import { TAG_DOM_TREES, TAG_KIND } from './tags';
import { NONE, PLACES, visitOf } from './visits';

/** Gives `node` the next number and the depth-first stack its frame: the number, and the next edge to look at. */
@inline
function enter(
  node: u32,
  number: u32,
  above: u32,
  depth: u32,
  firstEdge: usize,
  visits: usize,
  order: usize,
  parent: usize,
  semi: usize,
  frames: usize,
): void {
  store<u32>(visitOf(visits, node), number);
  setU32(order, number, node);
  setU32(parent, number, above);
  setU32(semi, number, above);
  const frame: usize = frames + ((<usize>depth) << 3);
  store<u32>(frame, number);
  store<u32>(frame, u32At(firstEdge, node), 4);
}

/**
 * Numbers everything that is reached from `seed`, which has no number yet, with `above` as its parent. Returns the next free
 * number. While `owning`, everything reached is the page's own, and what it holds by edges that do not count is marked in
 * `claimed`. Later nodes are not owned unless claimed, and then hold nothing that is: what the page owns, numbers below
 * `owned` and the claimed, counts only as held by the page, or a debugger's references would change the tree.
 * One loop on purpose: the graph's depth is not bounded, so it cannot recurse.
 */
function descend(
  seed: u32,
  above: u32,
  reached: u32,
  owning: bool,
  owned: u32,
  firstEdge: usize,
  edgeTo: usize,
  edgeType: usize,
  weakType: u32,
  retaining: usize,
  claimed: usize,
  order: usize,
  parent: usize,
  semi: usize,
  visits: usize,
  frames: usize,
): u32 {
  let depth: u32 = 0;
  let current: u32 = reached++;
  enter(seed, current, above, depth, firstEdge, visits, order, parent, semi, frames);
  let edge: u32 = u32At(firstEdge, seed);
  let end: u32 = u32At(firstEdge, seed + 1);
  let guarded: bool = !owning && !bitAt(claimed, seed);
  while (true) {
    if (edge == end) {
      if (depth == 0) return reached;
      depth--;
      const frame: usize = frames + ((<usize>depth) << 3);
      current = load<u32>(frame);
      edge = load<u32>(frame, 4);
      const node: u32 = u32At(order, current);
      end = u32At(firstEdge, node + 1);
      if (!owning) guarded = !bitAt(claimed, node);
      continue;
    }
    const target: u32 = u32At(edgeTo, edge);
    const counts: bool = bitAt(retaining, edge);
    edge++;
    if (!counts) {
      if (owning && u8At(edgeType, edge - 1) != weakType) setBit(claimed, target);
      continue;
    }
    const visit: usize = visitOf(visits, target);
    const number: u32 = load<u32>(visit);
    if (guarded && (number < owned || bitAt(claimed, target))) continue;
    if (number == NONE) {
      store<u32>(frames + ((<usize>depth) << 3), edge, 4);
      enter(target, reached, current, ++depth, firstEdge, visits, order, parent, semi, frames);
      current = reached++;
      edge = u32At(firstEdge, target);
      end = u32At(firstEdge, target + 1);
      if (!owning) guarded = !bitAt(claimed, target);
    } else if (number < current) {
      store<u32>(visit, load<u32>(visit, PLACES) + 1, PLACES);
    } else if (current < u32At(semi, number)) {
      setU32(semi, number, current);
    }
  }
}

/** S2: whether an edge of the root makes its target the page's: shortcuts, and the document trees. */
@inline
function isPageSeed(
  edge: u32,
  target: u32,
  edgeType: usize,
  nodeType: usize,
  nodeName: usize,
  tags: usize,
  elementType: u32,
  shortcutType: u32,
  syntheticType: u32,
): bool {
  const type: u32 = u8At(edgeType, edge);
  if (type == shortcutType) return true;
  if (type != elementType || u8At(nodeType, target) != syntheticType) return false;
  return (u8At(tags, u32At(nodeName, target)) & TAG_KIND) == TAG_DOM_TREES;
}

/**
 * Claims what claimed nodes hold by all edges but weak ones, unless it has a number and so is owned already; the root, which
 * always has one, too.
 * `stack`: one u32 a node.
 */
function spreadClaims(
  firstEdge: usize,
  edgeTo: usize,
  edgeType: usize,
  weakType: u32,
  nodes: u32,
  visits: usize,
  claimed: usize,
  stack: usize,
): void {
  let depth: u32 = 0;
  for (let node: u32 = nextBit(0, nodes, claimed); node < nodes; node = nextBit(node + 1, nodes, claimed)) {
    if (load<u32>(visitOf(visits, node)) == NONE) setU32(stack, depth++, node);
  }
  while (depth > 0) {
    const node: u32 = u32At(stack, --depth);
    const end: u32 = u32At(firstEdge, node + 1);
    for (let edge: u32 = u32At(firstEdge, node); edge < end; edge++) {
      const child: u32 = u32At(edgeTo, edge);
      if (u8At(edgeType, edge) == weakType || bitAt(claimed, child)) continue;
      const number: u32 = load<u32>(visitOf(visits, child));
      if (number != NONE && number != 0) continue;
      setBit(claimed, child);
      if (number == NONE) setU32(stack, depth++, child);
    }
  }
}

/**
 * Sets a bit in `held` for every node not yet visited that an edge of another one keeps. Only edges of such nodes can: what a
 * visited node keeps has been visited.
 */
function markHeld(
  firstEdge: usize,
  edgeTo: usize,
  retaining: usize,
  claimed: usize,
  nodes: u32,
  visits: usize,
  held: usize,
): void {
  for (let node: u32 = 0; node < nodes; node++) {
    if (load<u32>(visitOf(visits, node)) != NONE) continue;
    const guarded: bool = !bitAt(claimed, node);
    const end: u32 = u32At(firstEdge, node + 1);
    for (let edge: u32 = u32At(firstEdge, node); edge < end; edge++) {
      if (!bitAt(retaining, edge)) continue;
      const child: u32 = u32At(edgeTo, edge);
      if (child == node || (guarded && bitAt(claimed, child))) continue;
      setBit(held, child);
    }
  }
}

/**
 * Depth-first order over essential edges: from what the page owns (S2), from the root's other edges, then from each node that
 * no essential edge keeps, then the rest. `retaining` has the edges that count whoever owns what (S3).
 * Out: `order` preorder → ordinal (all nodes), `parent` and `semi` by preorder, `visits` with every node's number, `claimed`
 * (zeroed, one bit a node) with what the page owns besides the numbers below the second result.
 * An edge met on the way down or past it is a candidate for the semidominator: `semi` starts as the least source of those,
 * so only the edges from higher to lower numbers need a list. Their number by target is left in `visits`.
 * `held`: one zeroed bit a node, for the nodes that the root's search leaves over.
 * Scratch: `frames`, 8 bytes a node, touched as deep as the search goes.
 * Results, two u32 at `result`: how many nodes the searches reached, those behind have only the root above; and how many of
 * these the page owns for certain: a node is owned if its number is from 1 to below that, or it is claimed.
 */
export function depthFirst(
  firstEdge: usize,
  edgeTo: usize,
  edgeType: usize,
  nodeType: usize,
  nodeName: usize,
  tags: usize,
  retaining: usize,
  claimed: usize,
  held: usize,
  nodes: u32,
  root: u32,
  elementType: u32,
  shortcutType: u32,
  weakType: u32,
  syntheticType: u32,
  order: usize,
  parent: usize,
  semi: usize,
  visits: usize,
  frames: usize,
  result: usize,
): void {
  for (let node: u32 = 0; node < nodes; node++) store<u64>(visitOf(visits, node), <u64>NONE);
  enter(root, 0, 0, 0, firstEdge, visits, order, parent, semi, frames);
  let reached: u32 = 1;
  let owned: u32 = 0;
  let rootOwned: bool = false;
  const rootEnd: u32 = u32At(firstEdge, root + 1);
  for (let phase: u32 = 0; phase < 2; phase++) {
    const owning: bool = phase == 0 || rootOwned;
    for (let edge: u32 = u32At(firstEdge, root); edge < rootEnd; edge++) {
      const target: u32 = u32At(edgeTo, edge);
      if (
        phase == 0 &&
        !isPageSeed(edge, target, edgeType, nodeType, nodeName, tags, elementType, shortcutType, syntheticType)
      ) {
        continue;
      }
      if (owning && target == root) setBit(claimed, root);
      if (!bitAt(retaining, edge)) {
        // A table's edge, which owns without counting.
        if (owning && u8At(edgeType, edge) != weakType) setBit(claimed, target);
        continue;
      }
      const number: u32 = load<u32>(visitOf(visits, target));
      if (number != NONE) {
        setU32(semi, number, 0);
        continue;
      }
      reached = descend(
        target, 0, reached, owning, owned,
        firstEdge, edgeTo, edgeType, weakType, retaining, claimed, order, parent, semi, visits, frames,
      );
    }
    if (!owning) break;
    spreadClaims(firstEdge, edgeTo, edgeType, weakType, nodes, visits, claimed, frames);
    owned = reached;
    // Where the page holds the root, it owns all that the root holds.
    rootOwned = load<u32>(visitOf(visits, root), PLACES) != 0 || bitAt(claimed, root);
  }
  if (reached < nodes) {
    markHeld(firstEdge, edgeTo, retaining, claimed, nodes, visits, held);
    for (let node: u32 = 0; node < nodes; node++) {
      if (load<u32>(visitOf(visits, node)) != NONE || bitAt(held, node)) continue;
      reached = descend(
        node, 0, reached, false, owned,
        firstEdge, edgeTo, edgeType, weakType, retaining, claimed, order, parent, semi, visits, frames,
      );
    }
  }
  let next: u32 = reached;
  for (let node: u32 = 0; next < nodes; node++) {
    const visit: usize = visitOf(visits, node);
    if (load<u32>(visit) != NONE) continue;
    store<u32>(visit, next);
    setU32(order, next, node);
    setU32(parent, next, 0);
    setU32(semi, next++, 0);
  }
  store<u32>(result, reached);
  store<u32>(result, owned, 4);
}
