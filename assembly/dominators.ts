// Immediate dominators (S4): Lengauer and Tarjan's algorithm with path compression only, over nodes renumbered in
// depth-first preorder. Chosen over semi-NCA because its bound, m log n, holds for every graph: a long list whose tail
// refers to an index of all members makes semi-NCA's upward walks quadratic.
//
// What a step touches together lies together, since most steps miss the caches:
//   visit record, 8 bytes by ordinal:   preorder number, count of predecessors → next free place in their list
//   link record, 8 bytes by preorder:   ancestor, least semidominator on the path up to it

import { bitAt, setBit, setU32, u32At, u8At } from './memory';
import { TAG_DOM_TREES, TAG_KIND } from './tags';

const NONE: u32 = 0xffffffff;

const PLACES: usize = 4;
const LEAST: usize = 4;

@inline
function visitOf(visits: usize, node: u32): usize {
  return visits + ((<usize>node) << 3);
}

@inline
function linkOf(links: usize, number: u32): usize {
  return links + ((<usize>number) << 3);
}

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
  for (let node: u32 = 0; node < nodes; node++) {
    if ((node & 31) == 0) {
      while (node < nodes && u32At(claimed, node >>> 5) == 0) node += 32;
      if (node >= nodes) break;
    }
    if (bitAt(claimed, node) && load<u32>(visitOf(visits, node)) == NONE) setU32(stack, depth++, node);
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

/** Where each reached node's list of predecessors begins, by preorder (reached + 1); `visits` then holds its end. Returns the sum. */
export function placePredecessors(order: usize, reached: u32, visits: usize, firstPredecessor: usize): u32 {
  let sum: u32 = 0;
  for (let number: u32 = 0; number < reached; number++) {
    setU32(firstPredecessor, number, sum);
    const visit: usize = visitOf(visits, u32At(order, number));
    sum += load<u32>(visit, PLACES);
    store<u32>(visit, sum, PLACES);
  }
  setU32(firstPredecessor, reached, sum);
  return sum;
}

/**
 * Fills the lists: for every essential edge from a higher to a lower number, the source's number at the target.
 * Goes by ordinal, where edges lie in a row and their targets are near. Only edges of reached nodes count: what the
 * unreached point at is either unreached too or not affected (S4).
 */
export function fillPredecessors(
  firstEdge: usize,
  edgeTo: usize,
  retaining: usize,
  claimed: usize,
  nodes: u32,
  reached: u32,
  owned: u32,
  visits: usize,
  predecessors: usize,
): void {
  for (let node: u32 = 0; node < nodes; node++) {
    const number: u32 = load<u32>(visitOf(visits, node));
    // Nothing runs from the root to a lower number.
    if (number >= reached || number == 0) continue;
    const guarded: bool = number >= owned && !bitAt(claimed, node);
    const end: u32 = u32At(firstEdge, node + 1);
    for (let edge: u32 = u32At(firstEdge, node); edge < end; edge++) {
      if (!bitAt(retaining, edge)) continue;
      const target: u32 = u32At(edgeTo, edge);
      const visit: usize = visitOf(visits, target);
      const lower: u32 = load<u32>(visit);
      if (lower >= number || (guarded && (lower < owned || bitAt(claimed, target)))) continue;
      const place: u32 = load<u32>(visit, PLACES) - 1;
      store<u32>(visit, place, PLACES);
      setU32(predecessors, place, number);
    }
  }
}

/**
 * Shortens the path from `node` up to the forest's root, so that the node's link record then holds the least semidominator
 * on that path, and `label` the node it belongs to. Nodes from `linked` on are in the forest. Returns that least one.
 */
@inline
function compress(node: u32, linked: u32, links: usize, labels: usize, stack: usize): u32 {
  let link: usize = linkOf(links, node);
  let above: u32 = load<u32>(link);
  let least: u32 = load<u32>(link, LEAST);
  if (above < linked) return least;
  let depth: u32 = 0;
  do {
    setU32(stack, depth++, node);
    node = above;
    link = linkOf(links, node);
    above = load<u32>(link);
  } while (above >= linked);
  least = load<u32>(link, LEAST);
  let holder: u32 = node;
  while (depth > 0) {
    node = u32At(stack, --depth);
    link = linkOf(links, node);
    store<u32>(link, above);
    const own: u32 = load<u32>(link, LEAST);
    if (least < own) {
      store<u32>(link, least, LEAST);
      setU32(labels, node, u32At(labels, holder));
    } else {
      least = own;
    }
    // From here on the label of what was just passed is the one to hand down.
    holder = node;
  }
  return least;
}

/**
 * Immediate dominators in preorder numbers: `idom` (all nodes; the root is its own), which holds the depth-first parents
 * on entry. `semi` comes from `depthFirst` and is completed here. Scratch: `links`, 8 bytes a reached node, and `labels`,
 * `buckets` and `stack`, a u32 each. While a node waits in a bucket its `idom` slot is the link to the next one.
 */
export function immediateDominators(
  nodes: u32,
  reached: u32,
  firstPredecessor: usize,
  predecessors: usize,
  semi: usize,
  links: usize,
  labels: usize,
  buckets: usize,
  stack: usize,
  idom: usize,
): void {
  for (let number: u32 = 0; number < reached; number++) {
    store<u32>(linkOf(links, number), u32At(idom, number));
    setU32(labels, number, number);
    setU32(buckets, number, NONE);
  }
  let slot: u32 = u32At(firstPredecessor, reached);
  for (let node: u32 = reached - 1; node > 0; node--) {
    const link: usize = linkOf(links, node);
    const parent: u32 = load<u32>(link);
    let least: u32 = u32At(semi, node);
    for (const begin: u32 = u32At(firstPredecessor, node); slot > begin; ) {
      slot--;
      const candidate: u32 = compress(u32At(predecessors, slot), node + 1, links, labels, stack);
      if (candidate < least) least = candidate;
    }
    setU32(semi, node, least);
    store<u32>(link, least, LEAST);
    if (least == parent) {
      setU32(idom, node, parent);
    } else {
      setU32(idom, node, u32At(buckets, least));
      setU32(buckets, least, node);
    }
    let waiting: u32 = u32At(buckets, parent);
    if (waiting == NONE) continue;
    setU32(buckets, parent, NONE);
    do {
      const next: u32 = u32At(idom, waiting);
      // All that wait here have `parent` as their semidominator.
      const lowest: u32 = compress(waiting, node, links, labels, stack);
      setU32(idom, waiting, lowest < parent ? u32At(labels, waiting) : parent);
      waiting = next;
    } while (waiting != NONE);
  }
  setU32(idom, 0, 0);
  for (let node: u32 = 1; node < reached; node++) {
    const dominator: u32 = u32At(idom, node);
    if (dominator != u32At(semi, node)) setU32(idom, node, u32At(idom, dominator));
  }
  for (let node: u32 = reached; node < nodes; node++) setU32(idom, node, 0);
}
