import type { Graph } from '../graph/graph.js';
import type { Arena } from '../wasm/arena.js';

/** S10. Fills the graph's `detachedness` with the propagated state of every node. Scratch: 5 bytes a node. */
export function computeDetachedness(arena: Arena, graph: Graph): void {
  const { header, columns, nodeTypes, edgeTypes, tags, detachedness: state } = graph;
  const { kernels } = arena;
  const nodes = header.nodeCount;
  if (columns.detachedness === undefined) {
    kernels.detachedByName(
      columns.nodeType.offset,
      columns.nodeName.offset,
      tags.offset,
      nodes,
      nodeTypes.native,
      state.offset,
    );
    return;
  }
  arena.scratch(() => {
    const settled = arena.zeroed('u8', nodes);
    const stack = arena.allocate('u32', nodes);
    kernels.propagateDetachedness(
      columns.firstEdge.offset,
      columns.edgeTo.offset,
      columns.edgeType.offset,
      columns.nodeType.offset,
      nodes,
      nodeTypes.native,
      edgeTypes.hidden,
      edgeTypes.invisible,
      edgeTypes.weak,
      settled.offset,
      stack.offset,
      state.offset,
    );
  });
}
