// Targets of edges in blocks of 2^shift, not all of which are in memory: `table` has the address of each block, 0 for an absent
// one, and `marks` a byte a block that says it was used. A search over them stops where it needs an absent block, leaves
// everything it knows in its `state` and returns the block's number; called again it goes on as if nothing had been.

import { setU8, u32At } from './memory';

/** In place of a block's number: the work is done. */
export const DONE: u32 = 0xffffffff;

/** Address of the block that `edge` lies in, 0 if it is absent. */
@inline
export function blockWith(edge: u32, table: usize, marks: usize, shift: u32): usize {
  const block: u32 = edge >>> shift;
  setU8(marks, block, 1);
  return u32At(table, block);
}

/** From the address of the block that `edge` lies in: the base that its edges have as members of one column. */
@inline
export function baseOf(block: usize, edge: u32, shift: u32): usize {
  return block - ((<usize>((edge >>> shift) << shift)) << 2);
}

/** Up to which edge the block that `edge` lies in serves those before `end`. */
@inline
export function stopOf(edge: u32, end: u32, shift: u32): u32 {
  const left: u32 = (1 << shift) - (edge & ((1 << shift) - 1));
  return end - edge > left ? edge + left : end;
}
