import type { Graph, U32 } from '../graph/graph.js';
import type { Arena } from '../wasm/arena.js';

/** Where the dominator search leaves its results; `order` and `idom` serve the sweeps over the tree. */
export interface DominatorTree {
  /** Preorder of the depth-first search → ordinal; a dominator comes before its nodes. */
  readonly order: U32;
  /** Immediate dominators in preorder numbers. */
  readonly idom: U32;
}

/**
 * S2, S3 and S4: page-owned nodes, essential edges, immediate dominators. Fills `tree` (two u32 a node, allocated by the
 * caller). Scratch: 28 bytes a node, 4 an essential edge, 1 bit an edge.
 */
export function computeDominators(arena: Arena, graph: Graph, tree: DominatorTree): void {
  const { header, columns } = graph;
  const nodes = header.nodeCount;
  arena.scratch(() => {
    const essential = arena.bits(header.edgeCount);
    const held = arena.bits(nodes);
    const essentialEdges = markEssentialEdges(arena, graph, essential, held);
    const number = arena.allocate('u32', nodes);
    const parent = arena.allocate('u32', nodes);
    const cursor = arena.allocate('u32', nodes);
    const reached = arena.kernels.depthFirst(
      columns.firstEdge.offset,
      columns.edgeTo.offset,
      essential.offset,
      held.offset,
      nodes,
      header.root,
      tree.order.offset,
      number.offset,
      parent.offset,
      cursor.offset,
    );
    const firstPredecessor = arena.allocate('u32', reached + 1);
    const predecessors = arena.allocate('u32', essentialEdges);
    arena.kernels.buildPredecessors(
      columns.firstEdge.offset,
      columns.edgeTo.offset,
      essential.offset,
      tree.order.offset,
      number.offset,
      reached,
      firstPredecessor.offset,
      predecessors.offset,
    );
    const label = arena.allocate('u32', reached);
    const bucket = arena.allocate('u32', reached);
    // The search's cursors and the numbering have served: their columns become the semidominators and the stack.
    arena.kernels.immediateDominators(
      nodes,
      reached,
      firstPredecessor.offset,
      predecessors.offset,
      parent.offset,
      cursor.offset,
      label.offset,
      bucket.offset,
      number.offset,
      tree.idom.offset,
    );
  });
}

/** Returns how many edges are essential. */
function markEssentialEdges(arena: Arena, graph: Graph, essential: U32, held: U32): number {
  const { header, columns, nodeTypes, edgeTypes, tags, ephemerons } = graph;
  const nodes = header.nodeCount;
  return arena.scratch(() => {
    const owned = arena.bits(nodes);
    const stack = arena.allocate('u32', nodes);
    arena.kernels.markPageOwned(
      columns.firstEdge.offset,
      columns.edgeTo.offset,
      columns.edgeType.offset,
      columns.nodeType.offset,
      columns.nodeName.offset,
      tags.offset,
      header.root,
      edgeTypes.element,
      edgeTypes.shortcut,
      edgeTypes.weak,
      nodeTypes.synthetic,
      stack.offset,
      owned.offset,
    );
    return arena.kernels.markEssential(
      columns.firstEdge.offset,
      columns.edgeTo.offset,
      columns.edgeType.offset,
      columns.edgeName.offset,
      columns.nodeId.offset,
      tags.offset,
      nodes,
      header.root,
      edgeTypes.internal,
      edgeTypes.shortcut,
      edgeTypes.weak,
      ephemerons.names.offset,
      ephemerons.tables.offset,
      ephemerons.count,
      owned.offset,
      essential.offset,
      held.offset,
    );
  });
}
