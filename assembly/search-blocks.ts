// The depth-first search of depth-first.ts over blocks of edges (edge-blocks.ts): the same numbers in the same order. What that
// one does on the way and this one does not, the sweep over all edges does afterwards (predecessor-sweeps.ts): semidominators from
// lower numbers, and counts of predecessors.

import { baseOf, blockWith, DONE, stopOf } from './edge-blocks';
import { bitAt, nextBit, setBit, setU32, u32At } from './memory';

/** In place of a number: not visited. */
const UNVISITED: u32 = 0xffffffff;

// The search's state, u32 each. Mirrored in src/external/dominators.ts.
const REACHED: usize = 0;
const OWNED: usize = 4;
/** 1 where an edge that counts leads to the root. */
const ROOT_HELD: usize = 8;
/** The next seed: a position among the root's edges, or a node. */
const SEED: usize = 12;
/** 1 within the search from a seed. */
const INSIDE: usize = 16;
const DEPTH: usize = 20;
const CURRENT: usize = 24;
const EDGE: usize = 28;

/** Gives `node` the next number and the stack its frame: the number, and the next edge to look at. */
@inline
function enter(
  node: u32,
  number: u32,
  above: u32,
  depth: u32,
  firstEdge: usize,
  numbers: usize,
  order: usize,
  parent: usize,
  frames: usize,
): void {
  setU32(numbers, node, number);
  setU32(order, number, node);
  setU32(parent, number, above);
  const frame: usize = frames + ((<usize>depth) << 3);
  store<u32>(frame, number);
  store<u32>(frame, u32At(firstEdge, node), 4);
}

@inline
function beginAt(
  seed: u32,
  state: usize,
  firstEdge: usize,
  numbers: usize,
  order: usize,
  parent: usize,
  frames: usize,
): void {
  const reached: u32 = load<u32>(state, REACHED);
  enter(seed, reached, 0, 0, firstEdge, numbers, order, parent, frames);
  store<u32>(state, 1, INSIDE);
  store<u32>(state, 0, DEPTH);
  store<u32>(state, reached, CURRENT);
  store<u32>(state, u32At(firstEdge, seed), EDGE);
  store<u32>(state, reached + 1, REACHED);
}

/** `descend` of depth-first.ts, up to its end or to a block that is missing. */
function descend(
  owning: bool,
  state: usize,
  table: usize,
  marks: usize,
  shift: u32,
  firstEdge: usize,
  retaining: usize,
  firm: usize,
  claimed: usize,
  numbers: usize,
  order: usize,
  parent: usize,
  frames: usize,
): u32 {
  const owned: u32 = load<u32>(state, OWNED);
  let reached: u32 = load<u32>(state, REACHED);
  let depth: u32 = load<u32>(state, DEPTH);
  let current: u32 = load<u32>(state, CURRENT);
  let edge: u32 = load<u32>(state, EDGE);
  let node: u32 = u32At(order, current);
  let end: u32 = u32At(firstEdge, node + 1);
  let guarded: bool = !owning && !bitAt(claimed, node);
  let base: usize = 0;
  let stop: u32 = edge;
  while (true) {
    if (edge == stop) {
      if (edge == end) {
        if (depth == 0) {
          store<u32>(state, 0, INSIDE);
          store<u32>(state, reached, REACHED);
          return DONE;
        }
        depth--;
        const frame: usize = frames + ((<usize>depth) << 3);
        current = load<u32>(frame);
        edge = load<u32>(frame, 4);
        node = u32At(order, current);
        end = u32At(firstEdge, node + 1);
        if (!owning) guarded = !bitAt(claimed, node);
        stop = edge;
        continue;
      }
      const block: usize = blockWith(edge, table, marks, shift);
      if (block == 0) {
        store<u32>(state, reached, REACHED);
        store<u32>(state, depth, DEPTH);
        store<u32>(state, current, CURRENT);
        store<u32>(state, edge, EDGE);
        return edge >>> shift;
      }
      base = baseOf(block, edge, shift);
      stop = stopOf(edge, end, shift);
    }
    const target: u32 = u32At(base, edge);
    const counts: bool = bitAt(retaining, edge);
    edge++;
    if (!counts) {
      if (owning && bitAt(firm, edge - 1)) setBit(claimed, target);
      continue;
    }
    const number: u32 = u32At(numbers, target);
    if (guarded && (number < owned || bitAt(claimed, target))) continue;
    if (number == UNVISITED) {
      store<u32>(frames + ((<usize>depth) << 3), edge, 4);
      enter(target, reached, current, ++depth, firstEdge, numbers, order, parent, frames);
      current = reached++;
      edge = u32At(firstEdge, target);
      end = u32At(firstEdge, target + 1);
      stop = edge;
      if (!owning) guarded = !bitAt(claimed, target);
    } else if (number == 0) {
      store<u32>(state, 1, ROOT_HELD);
    }
  }
}

/**
 * Numbers what the root's edges reach, the root itself being number 0 already. `rootTargets` are those edges' targets, and
 * `pageSeeds` (one bit each) those that make their target the page's: where `onlySeeds` is 1, the others are passed over.
 * While `owning` is 1 everything reached is the page's own. `firm` has a bit for each edge that is not weak.
 * Returns a block that is needed, or DONE. The root's and the seeds' part of the state is for the caller to set.
 */
export function searchFromRoot(
  onlySeeds: u32,
  owning: u32,
  state: usize,
  table: usize,
  marks: usize,
  shift: u32,
  firstEdge: usize,
  retaining: usize,
  firm: usize,
  claimed: usize,
  root: u32,
  rootTargets: usize,
  pageSeeds: usize,
  numbers: usize,
  order: usize,
  parent: usize,
  frames: usize,
): u32 {
  const owns: bool = owning != 0;
  const first: u32 = u32At(firstEdge, root);
  const count: u32 = u32At(firstEdge, root + 1) - first;
  while (true) {
    if (load<u32>(state, INSIDE) != 0) {
      const needed: u32 = descend(
        owns, state, table, marks, shift, firstEdge, retaining, firm, claimed, numbers, order, parent, frames,
      );
      if (needed != DONE) return needed;
    }
    const seed: u32 = load<u32>(state, SEED);
    if (seed == count) return DONE;
    store<u32>(state, seed + 1, SEED);
    if (onlySeeds != 0 && !bitAt(pageSeeds, seed)) continue;
    const target: u32 = u32At(rootTargets, seed);
    if (owns && target == root) setBit(claimed, root);
    if (!bitAt(retaining, first + seed)) {
      if (owns && bitAt(firm, first + seed)) setBit(claimed, target);
      continue;
    }
    if (u32At(numbers, target) == UNVISITED) {
      beginAt(target, state, firstEdge, numbers, order, parent, frames);
    }
  }
}

/** Numbers what the nodes reach that have no number and are not `held`, in order of their ordinals. Returns as above. */
export function searchFromOrphans(
  nodes: u32,
  held: usize,
  state: usize,
  table: usize,
  marks: usize,
  shift: u32,
  firstEdge: usize,
  retaining: usize,
  firm: usize,
  claimed: usize,
  numbers: usize,
  order: usize,
  parent: usize,
  frames: usize,
): u32 {
  while (true) {
    if (load<u32>(state, INSIDE) != 0) {
      const needed: u32 = descend(
        false, state, table, marks, shift, firstEdge, retaining, firm, claimed, numbers, order, parent, frames,
      );
      if (needed != DONE) return needed;
    }
    let seed: u32 = load<u32>(state, SEED);
    while (seed < nodes && (u32At(numbers, seed) != UNVISITED || bitAt(held, seed))) seed++;
    if (seed == nodes) return DONE;
    store<u32>(state, seed + 1, SEED);
    beginAt(seed, state, firstEdge, numbers, order, parent, frames);
  }
}

/** Numbers the nodes that no search has reached, behind all others, with the root above them. */
export function numberRest(nodes: u32, reached: u32, numbers: usize, order: usize, parent: usize): void {
  let next: u32 = reached;
  for (let node: u32 = 0; next < nodes; node++) {
    if (u32At(numbers, node) != UNVISITED) continue;
    setU32(numbers, node, next);
    setU32(order, next, node);
    setU32(parent, next++, 0);
  }
}

/** Claimed nodes that have no number, as the first entries of `stack`, a u32 a node. Returns how many. */
export function collectClaimed(nodes: u32, numbers: usize, claimed: usize, stack: usize): u32 {
  let depth: u32 = 0;
  for (let node: u32 = nextBit(0, nodes, claimed); node < nodes; node = nextBit(node + 1, nodes, claimed)) {
    if (u32At(numbers, node) == UNVISITED) setU32(stack, depth++, node);
  }
  return depth;
}

// The state of the two walks below.
const WALK_DEPTH: usize = 0;
const WALK_EDGE: usize = 4;
const WALK_END: usize = 8;
const WALK_NODE: usize = 12;

/**
 * `spreadClaims` of depth-first.ts: claims what claimed nodes hold by edges that are not weak, unless it is owned already.
 * The state's first word is the depth of the stack, the others are 0. Returns as above.
 */
export function spreadClaimed(
  state: usize,
  table: usize,
  marks: usize,
  shift: u32,
  firstEdge: usize,
  firm: usize,
  numbers: usize,
  claimed: usize,
  stack: usize,
): u32 {
  let depth: u32 = load<u32>(state, WALK_DEPTH);
  let edge: u32 = load<u32>(state, WALK_EDGE);
  let end: u32 = load<u32>(state, WALK_END);
  let base: usize = 0;
  let stop: u32 = edge;
  while (true) {
    if (edge == stop) {
      if (edge == end) {
        if (depth == 0) return DONE;
        const node: u32 = u32At(stack, --depth);
        edge = u32At(firstEdge, node);
        end = u32At(firstEdge, node + 1);
        stop = edge;
        continue;
      }
      const block: usize = blockWith(edge, table, marks, shift);
      if (block == 0) {
        store<u32>(state, depth, WALK_DEPTH);
        store<u32>(state, edge, WALK_EDGE);
        store<u32>(state, end, WALK_END);
        return edge >>> shift;
      }
      base = baseOf(block, edge, shift);
      stop = stopOf(edge, end, shift);
    }
    const child: u32 = u32At(base, edge++);
    if (!bitAt(firm, edge - 1) || bitAt(claimed, child)) continue;
    const number: u32 = u32At(numbers, child);
    if (number != UNVISITED && number != 0) continue;
    setBit(claimed, child);
    if (number == UNVISITED) setU32(stack, depth++, child);
  }
}

/** `markHeld` of depth-first.ts. The state starts as zeros; nodes are looked at in order. Returns as above. */
export function markHeldNodes(
  nodes: u32,
  state: usize,
  table: usize,
  marks: usize,
  shift: u32,
  firstEdge: usize,
  retaining: usize,
  numbers: usize,
  claimed: usize,
  held: usize,
): u32 {
  let edge: u32 = load<u32>(state, WALK_EDGE);
  for (let node: u32 = load<u32>(state, WALK_NODE); node < nodes; node++) {
    if (u32At(numbers, node) != UNVISITED) continue;
    const guarded: bool = !bitAt(claimed, node);
    const end: u32 = u32At(firstEdge, node + 1);
    // A state of an earlier node is behind this one's edges; where it stopped within them, it goes on.
    if (edge < u32At(firstEdge, node)) edge = u32At(firstEdge, node);
    while (edge < end) {
      const block: usize = blockWith(edge, table, marks, shift);
      if (block == 0) {
        store<u32>(state, edge, WALK_EDGE);
        store<u32>(state, node, WALK_NODE);
        return edge >>> shift;
      }
      const base: usize = baseOf(block, edge, shift);
      const stop: u32 = stopOf(edge, end, shift);
      for (; edge < stop; edge++) {
        if (!bitAt(retaining, edge)) continue;
        const child: u32 = u32At(base, edge);
        if (child == node || (guarded && bitAt(claimed, child))) continue;
        setBit(held, child);
      }
    }
  }
  return DONE;
}
