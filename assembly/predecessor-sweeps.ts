// Predecessors for the dominators where edges are read in windows (S4): sweeps over all edges in the file's order, so that nothing
// is read twice or out of turn. Where the lists do not fit beside what the dominators need, they go to a file piece by piece.

import { bitAt, setU32, u32At } from './memory';

/**
 * Over the edges of nodes [from, to): lowers `semi` (by preorder, the depth-first parents on entry) to the least source of the
 * edges from lower numbers, and adds up in `counts` (by preorder, zeroed) those from higher ones. `edgeTo` is the base that the
 * window has as a part of the whole column. Edges count as in `fillPredecessors`.
 */
export function countPredecessors(
  from: u32,
  to: u32,
  firstEdge: usize,
  edgeTo: usize,
  retaining: usize,
  claimed: usize,
  reached: u32,
  owned: u32,
  numbers: usize,
  semi: usize,
  counts: usize,
): void {
  for (let node: u32 = from; node < to; node++) {
    const number: u32 = u32At(numbers, node);
    if (number >= reached) continue;
    const guarded: bool = number >= owned && number != 0 && !bitAt(claimed, node);
    const end: u32 = u32At(firstEdge, node + 1);
    for (let edge: u32 = u32At(firstEdge, node); edge < end; edge++) {
      if (!bitAt(retaining, edge)) continue;
      const target: u32 = u32At(edgeTo, edge);
      const other: u32 = u32At(numbers, target);
      if (other == number || (guarded && (other < owned || bitAt(claimed, target)))) continue;
      if (other < number) setU32(counts, other, u32At(counts, other) + 1);
      else if (number < u32At(semi, other)) setU32(semi, other, number);
    }
  }
}

/** The same edges from higher numbers into `predecessors`: the source at the next free place of its target (`places`). */
export function placeSources(
  from: u32,
  to: u32,
  firstEdge: usize,
  edgeTo: usize,
  retaining: usize,
  claimed: usize,
  reached: u32,
  owned: u32,
  numbers: usize,
  places: usize,
  predecessors: usize,
): void {
  for (let node: u32 = from; node < to; node++) {
    const number: u32 = u32At(numbers, node);
    if (number >= reached || number == 0) continue;
    const guarded: bool = number >= owned && !bitAt(claimed, node);
    const end: u32 = u32At(firstEdge, node + 1);
    for (let edge: u32 = u32At(firstEdge, node); edge < end; edge++) {
      if (!bitAt(retaining, edge)) continue;
      const target: u32 = u32At(edgeTo, edge);
      const other: u32 = u32At(numbers, target);
      if (other >= number || (guarded && (other < owned || bitAt(claimed, target)))) continue;
      const place: u32 = u32At(places, other);
      setU32(places, other, place + 1);
      setU32(predecessors, place, number);
    }
  }
}

// The state of the sweep below: where it goes on. Mirrored in src/external/predecessors.ts.
const NODE: usize = 0;
const EDGE: usize = 4;

/**
 * The same for lists that lie in a file: pairs of place and source, 8 bytes each, in a buffer for every `pieceSize` places.
 * `fills` has how many pairs each buffer holds, at most `capacity`. Where one is full the sweep stops and returns its number;
 * the caller writes it out, sets its fill to 0 and calls again. 0xffffffff: all of [node, to) is done.
 */
export function spillSources(
  to: u32,
  state: usize,
  firstEdge: usize,
  edgeTo: usize,
  retaining: usize,
  claimed: usize,
  reached: u32,
  owned: u32,
  numbers: usize,
  places: usize,
  pieceSize: u32,
  buffers: usize,
  fills: usize,
  capacity: u32,
): u32 {
  let resumed: u32 = load<u32>(state, EDGE);
  for (let node: u32 = load<u32>(state, NODE); node < to; node++) {
    const number: u32 = u32At(numbers, node);
    if (number >= reached || number == 0) continue;
    const guarded: bool = number >= owned && !bitAt(claimed, node);
    const end: u32 = u32At(firstEdge, node + 1);
    let edge: u32 = u32At(firstEdge, node);
    if (edge < resumed) edge = resumed;
    for (; edge < end; edge++) {
      if (!bitAt(retaining, edge)) continue;
      const target: u32 = u32At(edgeTo, edge);
      const other: u32 = u32At(numbers, target);
      if (other >= number || (guarded && (other < owned || bitAt(claimed, target)))) continue;
      const place: u32 = u32At(places, other);
      const piece: u32 = place / pieceSize;
      const filled: u32 = u32At(fills, piece);
      if (filled == capacity) {
        store<u32>(state, node, NODE);
        store<u32>(state, edge, EDGE);
        return piece;
      }
      setU32(places, other, place + 1);
      const at: usize = buffers + ((<usize>piece * <usize>capacity + <usize>filled) << 3);
      store<u32>(at, place);
      store<u32>(at, number, 4);
      setU32(fills, piece, filled + 1);
    }
  }
  store<u32>(state, to, NODE);
  store<u32>(state, 0, EDGE);
  return 0xffffffff;
}

/** Pairs of place and source back to where they belong; `predecessors` is the base that the piece has as a part of all lists. */
export function placePairs(pairs: usize, count: u32, predecessors: usize): void {
  for (let i: u32 = 0; i < count; i++) {
    const pair: usize = pairs + ((<usize>i) << 3);
    setU32(predecessors, load<u32>(pair), load<u32>(pair, 4));
  }
}
