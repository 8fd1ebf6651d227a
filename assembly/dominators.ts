// Immediate dominators (S4): Lengauer and Tarjan's algorithm with path compression only, over nodes renumbered in
// depth-first preorder. Chosen over semi-NCA because its bound, m log n, holds for every graph: a long list whose tail
// refers to an index of all members makes semi-NCA's upward walks quadratic.
//
// What a step touches together lies together, since most steps miss the caches:
//   visit record, 8 bytes by ordinal:   preorder number, count of predecessors → next free place in their list
//   link record, 8 bytes by preorder:   ancestor; least semidominator on the path up to it, before that the node's bucket

import { bitAt, setU32, u32At } from './memory';
import { NONE, PLACES, visitOf } from './visits';

const LEAST: usize = 4;
/** A node's bucket is empty before it joins the forest, and only then has it a least semidominator. */
const BUCKET: usize = LEAST;

@inline
function linkOf(links: usize, number: u32): usize {
  return links + ((<usize>number) << 3);
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
 * On the way up each record is turned to point down, which is the way back: a stack would take 4 bytes a node.
 */
@inline
function compress(node: u32, linked: u32, links: usize, labels: usize): u32 {
  let link: usize = linkOf(links, node);
  let above: u32 = load<u32>(link);
  let least: u32 = load<u32>(link, LEAST);
  if (above < linked) return least;
  let below: u32 = NONE;
  do {
    store<u32>(link, below);
    below = node;
    node = above;
    link = linkOf(links, node);
    above = load<u32>(link);
  } while (above >= linked);
  least = load<u32>(link, LEAST);
  let holder: u32 = node;
  do {
    node = below;
    link = linkOf(links, node);
    below = load<u32>(link);
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
  } while (below != NONE);
  return least;
}

/** Every reached node a tree of its own: `links` with the depth-first parents that `idom` holds, and empty buckets. */
export function startDominators(reached: u32, idom: usize, links: usize): void {
  for (let number: u32 = 0; number < reached; number++) {
    const link: usize = linkOf(links, number);
    store<u32>(link, u32At(idom, number));
    store<u32>(link, NONE, BUCKET);
  }
}

/**
 * The main loop, from `node` down to 1, over the predecessors from `lowest` on. Where a node has some below that it stops, and
 * returns the node: called again with those, it goes on where it was. 0: all is done.
 * `firstPredecessor` is written over with labels: where a node's list begins is needed up to the moment that it gets its own.
 */
export function linkDominators(
  node: u32,
  lowest: u32,
  slot: u32,
  firstPredecessor: usize,
  predecessors: usize,
  semi: usize,
  links: usize,
  idom: usize,
): u32 {
  const labels: usize = firstPredecessor;
  for (; node > 0; node--) {
    const link: usize = linkOf(links, node);
    const parent: u32 = load<u32>(link);
    let least: u32 = u32At(semi, node);
    const begin: u32 = u32At(firstPredecessor, node);
    for (const stop: u32 = begin > lowest ? begin : lowest; slot > stop; ) {
      slot--;
      const candidate: u32 = compress(u32At(predecessors, slot), node + 1, links, labels);
      if (candidate < least) least = candidate;
    }
    setU32(semi, node, least);
    if (slot > begin) return node;
    setU32(labels, node, node);
    store<u32>(link, least, LEAST);
    if (least == parent) {
      setU32(idom, node, parent);
    } else {
      const bucket: usize = linkOf(links, least) + BUCKET;
      setU32(idom, node, load<u32>(bucket));
      store<u32>(bucket, node);
    }
    const bucket: usize = linkOf(links, parent) + BUCKET;
    let waiting: u32 = load<u32>(bucket);
    if (waiting == NONE) continue;
    store<u32>(bucket, NONE);
    do {
      const next: u32 = u32At(idom, waiting);
      // All that wait here have `parent` as their semidominator.
      const lowestOfPath: u32 = compress(waiting, node, links, labels);
      setU32(idom, waiting, lowestOfPath < parent ? u32At(labels, waiting) : parent);
      waiting = next;
    } while (waiting != NONE);
  }
  return 0;
}

/** What the main loop has left open: nodes whose dominator is that of another one. */
export function settleDominators(nodes: u32, reached: u32, semi: usize, idom: usize): void {
  setU32(idom, 0, 0);
  for (let node: u32 = 1; node < reached; node++) {
    const dominator: u32 = u32At(idom, node);
    if (dominator != u32At(semi, node)) setU32(idom, node, u32At(idom, dominator));
  }
  for (let node: u32 = reached; node < nodes; node++) setU32(idom, node, 0);
}

/**
 * Immediate dominators in preorder numbers: `idom` (all nodes; the root is its own), which holds the depth-first parents
 * on entry. `semi` comes from `depthFirst` and is completed here. Scratch: `links`, 8 bytes a reached node;
 * `firstPredecessor` is written over. While a node waits in a bucket its `idom` slot is the link to the next one.
 */
export function immediateDominators(
  nodes: u32,
  reached: u32,
  firstPredecessor: usize,
  predecessors: usize,
  semi: usize,
  links: usize,
  idom: usize,
): void {
  startDominators(reached, idom, links);
  const slots: u32 = u32At(firstPredecessor, reached);
  linkDominators(reached - 1, 0, slots, firstPredecessor, predecessors, semi, links, idom);
  settleDominators(nodes, reached, semi, idom);
}
