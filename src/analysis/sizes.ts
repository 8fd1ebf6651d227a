import type { F64, Graph, U32 } from '../graph/graph.js';
import type { Arena } from '../wasm/arena.js';
import type { WholeColumn } from '../wasm/region.js';

/**
 * S5: turns the file's self sizes in `selfSize` (length nodeCount) into those after the transfer. Scratch: 12 bytes a node.
 */
export function transferSelfSizes(arena: Arena, graph: Graph, selfSize: WholeColumn): void {
  const { header, columns, nodeTypes, edgeTypes, tags } = graph;
  const { kernels } = arena;
  const nodes = header.nodeCount;
  const hasUserRoot = kernels.hasUserRoot(
    columns.firstEdge.offset,
    columns.edgeTo.offset,
    columns.nodeType.offset,
    columns.nodeName.offset,
    tags.offset,
    header.root,
    nodeTypes.synthetic,
  );
  // Without user roots the snapshot was taken with internals exposed: sizes then stay where the heap has them.
  if (hasUserRoot === 0) return;
  arena.scratch(() => {
    const owner = arena.allocate('u32', nodes);
    const stack = arena.allocate('u32', 2 * nodes);
    kernels.findOwners(
      columns.firstEdge.offset,
      columns.edgeTo.offset,
      columns.edgeType.offset,
      columns.nodeType.offset,
      columns.nodeName.offset,
      tags.offset,
      graph.renamesDetached ? graph.detachedness.offset : 0,
      nodes,
      nodeTypes.hidden,
      nodeTypes.array,
      nodeTypes.native,
      edgeTypes.weak,
      stack.offset,
      owner.offset,
    );
    kernels.transferSizes(
      owner.offset,
      columns.nodeType.offset,
      nodes,
      header.root,
      nodeTypes.synthetic,
      selfSize.low.offset,
      selfSize.high?.offset ?? 0,
    );
  });
}

/** S6: fills `retainedSize` (length nodeCount). Cost: one sweep. */
export function computeRetainedSizes(
  arena: Arena,
  graph: Graph,
  order: U32,
  dominator: U32,
  selfSize: WholeColumn,
  retainedSize: F64,
): void {
  arena.kernels.retainedSizes(
    order.offset,
    dominator.offset,
    selfSize.low.offset,
    selfSize.high?.offset ?? 0,
    graph.header.nodeCount,
    retainedSize.offset,
  );
}
