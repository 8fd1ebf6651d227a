import type { Graph, U32 } from '../graph/graph.js';
import type { Arena } from '../wasm/arena.js';

/** All edges by the node they point to: 4 bytes a node and 4 an edge. Only opened snapshots need it. */
export function buildRetainers(arena: Arena, { header, columns }: Graph): { firstRetainer: U32; retainers: U32 } {
  const firstRetainer = arena.allocate('u32', header.nodeCount + 1);
  const retainers = arena.allocate('u32', header.edgeCount);
  arena.kernels.buildRetainers(
    columns.edgeTo.offset,
    header.nodeCount,
    header.edgeCount,
    firstRetainer.offset,
    retainers.offset,
  );
  return { firstRetainer, retainers };
}
