// The other passes that follow edges from node to node, over blocks of edges (edge-blocks.ts): shallow-size transfer (S5),
// detachedness (S10), distances (S7). Each has its twin over whole columns, and visits in the same order where order matters.

import { baseOf, blockWith, DONE, stopOf } from './edge-blocks';
import { bitAt, flipBit, setBit, setU32, setU8, u32At, u8At } from './memory';
import { makeOwner } from './owners';

// The states' first words in all of these walks.
const EDGE: usize = 0;
const END: usize = 4;

// The state of `spreadOwners`; all zeros at first.
const SEED: usize = 8;
const DEPTH: usize = 12;
const HOLDER: usize = 16;

/**
 * The second half of `findOwners`: `owner` has UNOWNED for ownable nodes and the node itself for all others. `firm` has a bit for
 * each edge that is not weak. Scratch: `stack`, two u32 for each ownable one. Returns a block that is needed, or DONE.
 */
export function spreadOwners(
  nodes: u32,
  state: usize,
  table: usize,
  marks: usize,
  shift: u32,
  firstEdge: usize,
  firm: usize,
  stack: usize,
  owner: usize,
): u32 {
  let edge: u32 = load<u32>(state, EDGE);
  let end: u32 = load<u32>(state, END);
  let seed: u32 = load<u32>(state, SEED);
  let depth: u32 = load<u32>(state, DEPTH);
  let holder: u32 = load<u32>(state, HOLDER);
  let base: usize = 0;
  let stop: u32 = edge;
  while (true) {
    if (edge == stop) {
      if (edge == end) {
        let node: u32;
        if (depth > 0) {
          node = u32At(stack, --depth);
        } else {
          while (seed < nodes && u32At(owner, seed) != seed) seed++;
          if (seed == nodes) return DONE;
          node = seed++;
        }
        holder = u32At(owner, node);
        edge = u32At(firstEdge, node);
        end = u32At(firstEdge, node + 1);
        stop = edge;
        continue;
      }
      const block: usize = blockWith(edge, table, marks, shift);
      if (block == 0) {
        store<u32>(state, edge, EDGE);
        store<u32>(state, end, END);
        store<u32>(state, seed, SEED);
        store<u32>(state, depth, DEPTH);
        store<u32>(state, holder, HOLDER);
        return edge >>> shift;
      }
      base = baseOf(block, edge, shift);
      stop = stopOf(edge, end, shift);
    }
    const child: u32 = u32At(base, edge++);
    if (!bitAt(firm, edge - 1)) continue;
    if (makeOwner(holder, child, owner)) setU32(stack, depth++, child);
  }
}

const ATTACHED: u32 = 1;
const DETACHED: u32 = 2;
/** The field's bits that hold the state. */
const STATE: u32 = 3;

// The state of `spreadDetachedness`.
const FRONT: usize = 8;
const BACK: usize = 12;
const SPREAD: usize = 16;

/**
 * The first half of `propagateDetachedness`: what is known before anything spreads. Fills `settled` and both ends of `stack`, and
 * the walk's state with their depths.
 */
export function startDetachedness(
  nodes: u32,
  nodeType: usize,
  nativeType: u32,
  settled: usize,
  stack: usize,
  detachedness: usize,
  state: usize,
): void {
  let attached: u32 = 0;
  let detached: u32 = nodes;
  for (let node: u32 = 0; node < nodes; node++) {
    const known: u32 = u8At(detachedness, node) & STATE;
    setU8(detachedness, node, known);
    if (known == 0) continue;
    setU8(settled, node, 1);
    if (u8At(nodeType, node) != nativeType) continue;
    if (known == ATTACHED) setU32(stack, attached++, node);
    else if (known == DETACHED) setU32(stack, --detached, node);
  }
  store<u32>(state, attached, FRONT);
  store<u32>(state, detached, BACK);
}

/** The second half, over edges with a bit in `visible`: neither hidden, invisible nor weak. Returns as above. */
export function spreadDetachedness(
  nodes: u32,
  state: usize,
  table: usize,
  marks: usize,
  shift: u32,
  firstEdge: usize,
  visible: usize,
  nodeType: usize,
  nativeType: u32,
  settled: usize,
  stack: usize,
  detachedness: usize,
): u32 {
  let edge: u32 = load<u32>(state, EDGE);
  let end: u32 = load<u32>(state, END);
  let attached: u32 = load<u32>(state, FRONT);
  let detached: u32 = load<u32>(state, BACK);
  let spread: u32 = load<u32>(state, SPREAD);
  let base: usize = 0;
  let stop: u32 = edge;
  while (true) {
    if (edge == stop) {
      if (edge == end) {
        if (attached == 0 && detached == nodes) return DONE;
        spread = attached > 0 ? ATTACHED : DETACHED;
        const node: u32 = spread == ATTACHED ? u32At(stack, --attached) : u32At(stack, detached++);
        edge = u32At(firstEdge, node);
        end = u32At(firstEdge, node + 1);
        stop = edge;
        continue;
      }
      const block: usize = blockWith(edge, table, marks, shift);
      if (block == 0) {
        store<u32>(state, edge, EDGE);
        store<u32>(state, end, END);
        store<u32>(state, attached, FRONT);
        store<u32>(state, detached, BACK);
        store<u32>(state, spread, SPREAD);
        return edge >>> shift;
      }
      base = baseOf(block, edge, shift);
      stop = stopOf(edge, end, shift);
    }
    const child: u32 = u32At(base, edge++);
    if (!bitAt(visible, edge - 1) || u8At(settled, child) != 0) continue;
    setU8(settled, child, 1);
    if (u8At(nodeType, child) != nativeType) continue;
    setU8(detachedness, child, spread);
    if (spread == ATTACHED) setU32(stack, attached++, child);
    else setU32(stack, --detached, child);
  }
}

// The state of `spreadDistances`. The caller sets what a phase starts with: NEXT, HEAD 0, TAIL and LEVEL_END the queue's length.
const NEXT: usize = 8;
const HEAD: usize = 12;
const TAIL: usize = 16;
const LEVEL_END: usize = 20;

/** Number of the WeakMap pair that `edge` is of; 0xffffffff for other edges. `pairEdges` is ascending. */
function pairOf(edge: u32, pairEdges: usize, pairNumbers: usize, pairCount: u32): u32 {
  let low: u32 = 0;
  let high: u32 = pairCount;
  while (low < high) {
    const middle: u32 = (low + high) >>> 1;
    if (u32At(pairEdges, middle) < edge) low = middle + 1;
    else high = middle;
  }
  return low < pairCount && u32At(pairEdges, low) == edge ? u32At(pairNumbers, low) : 0xffffffff;
}

/**
 * One phase of `findDistances`, from the nodes in the queue. `open` has a bit for every edge that the search may take at its first
 * sight; of the others those that belong to a WeakMap pair may be taken at the pair's second. Returns as above.
 */
export function spreadDistances(
  state: usize,
  table: usize,
  marks: usize,
  shift: u32,
  firstEdge: usize,
  open: usize,
  pairEdges: usize,
  pairNumbers: usize,
  pairCount: u32,
  seen: usize,
  pending: usize,
  queue: usize,
  distance: usize,
): u32 {
  let edge: u32 = load<u32>(state, EDGE);
  let end: u32 = load<u32>(state, END);
  let next: u32 = load<u32>(state, NEXT);
  let head: u32 = load<u32>(state, HEAD);
  let tail: u32 = load<u32>(state, TAIL);
  let levelEnd: u32 = load<u32>(state, LEVEL_END);
  let base: usize = 0;
  let stop: u32 = edge;
  while (true) {
    if (edge == stop) {
      if (edge == end) {
        if (head == tail) return DONE;
        // The queue holds the nodes of one distance after those of the one before.
        if (head == levelEnd) {
          next++;
          levelEnd = tail;
        }
        const node: u32 = u32At(queue, head++);
        edge = u32At(firstEdge, node);
        end = u32At(firstEdge, node + 1);
        stop = edge;
        continue;
      }
      const block: usize = blockWith(edge, table, marks, shift);
      if (block == 0) {
        store<u32>(state, edge, EDGE);
        store<u32>(state, end, END);
        store<u32>(state, next, NEXT);
        store<u32>(state, head, HEAD);
        store<u32>(state, tail, TAIL);
        store<u32>(state, levelEnd, LEVEL_END);
        return edge >>> shift;
      }
      base = baseOf(block, edge, shift);
      stop = stopOf(edge, end, shift);
    }
    const child: u32 = u32At(base, edge++);
    if (bitAt(seen, child)) continue;
    if (!bitAt(open, edge - 1)) {
      if (pairCount == 0) continue;
      const pair: u32 = pairOf(edge - 1, pairEdges, pairNumbers, pairCount);
      if (pair == 0xffffffff) continue;
      const second: bool = bitAt(pending, pair);
      flipBit(pending, pair);
      if (!second) continue;
    }
    setBit(seen, child);
    setU32(distance, child, next);
    setU32(queue, tail++, child);
  }
}
