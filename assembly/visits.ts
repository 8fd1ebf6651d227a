// The depth-first search's record of a node, 8 bytes by ordinal: its preorder number, and the count of predecessors, later the
// next free place in their list.

/** In place of a number: not visited. */
export const NONE: u32 = 0xffffffff;
export const PLACES: usize = 4;

@inline
export function visitOf(visits: usize, node: u32): usize {
  return visits + ((<usize>node) << 3);
}
