import type { F64, Graph, U32 } from '../graph/graph.js';
import type { Arena } from '../wasm/arena.js';
import type { WholeColumn } from '../wasm/region.js';

/** Edges sieved at a time for those that may own: their list stays in a cache. */
const SIEVED = 16_384;

/**
 * S5: turns the file's self sizes in `selfSize` (length nodeCount) into those after the transfer. Scratch: 4 bytes a node and
 * 8 for each that others may own; only theirs are touched.
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
    const ownable = arena.allocate('u32', Math.ceil(nodes / 32));
    const owner = arena.allocate('u32', nodes);
    const sieved = arena.allocate('u32', SIEVED);
    const ownableCount = kernels.markOwnable(
      nodes,
      columns.nodeType.offset,
      columns.nodeName.offset,
      tags.offset,
      graph.renamesDetached ? graph.detachedness.offset : 0,
      nodeTypes.hidden,
      nodeTypes.array,
      nodeTypes.native,
      ownable.offset,
    );
    const stack = arena.allocate('u32', 2 * ownableCount);
    kernels.findOwners(
      columns.firstEdge.offset,
      columns.edgeTo.offset,
      columns.edgeType.offset,
      nodes,
      edgeTypes.weak,
      ownable.offset,
      sieved.offset,
      sieved.length,
      stack.offset,
      owner.offset,
    );
    kernels.transferSizes(
      ownable.offset,
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
