import type { EdgeTypes, NodeTypes, U8 } from '../graph/graph.js';
import type { RawSnapshot } from '../read/snapshot-columns.js';
import type { Arena } from '../wasm/arena.js';

/** S10. Writes the propagated state of every node into `state` (length nodeCount). Scratch: 5 bytes a node. */
export function computeDetachedness(
  arena: Arena,
  { header, columns }: RawSnapshot,
  nodeTypes: NodeTypes,
  edgeTypes: EdgeTypes,
  tags: U8,
  state: U8,
): void {
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
  arena.view(state).set(arena.view(columns.detachedness));
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
