// All edges turned round: for each node the edges that point to it, in the order of the file's edges.

import { setU32, u32At } from './memory';

/**
 * `firstRetainer` (nodes + 1) and `retainers`: edge indexes, ascending within a node.
 * The edge's source is found from its index by a binary search in `firstEdge` when it is shown.
 */
export function buildRetainers(edgeTo: usize, nodes: u32, edges: u32, firstRetainer: usize, retainers: usize): void {
  memory.fill(firstRetainer, 0, (<usize>nodes + 1) << 2);
  for (let edge: u32 = 0; edge < edges; edge++) {
    const at: usize = firstRetainer + ((<usize>u32At(edgeTo, edge)) << 2);
    store<u32>(at, load<u32>(at) + 1);
  }
  let sum: u32 = 0;
  for (let node: u32 = 0; node <= nodes; node++) {
    sum += u32At(firstRetainer, node);
    setU32(firstRetainer, node, sum);
  }
  for (let edge: u32 = edges; edge > 0; edge--) {
    const at: usize = firstRetainer + ((<usize>u32At(edgeTo, edge - 1)) << 2);
    const slot: u32 = load<u32>(at) - 1;
    store<u32>(at, slot);
    setU32(retainers, slot, edge - 1);
  }
}
