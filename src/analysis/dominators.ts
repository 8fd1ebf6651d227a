import type { Graph, U32 } from '../graph/graph.js';
import type { Arena } from '../wasm/arena.js';

/** Where the dominator search leaves its results; `order` and `idom` serve the sweeps over the tree. */
export interface DominatorTree {
  /** Preorder of the depth-first search → ordinal; a dominator comes before its nodes. */
  readonly order: U32;
  /** Immediate dominators in preorder numbers. */
  readonly idom: U32;
}

/** The tree as later passes read it. */
export interface DominatorColumns {
  /** Ordinal → ordinal of the immediate dominator. */
  readonly dominator: U32;
  /** Preorder position in the dominator tree → ordinal. */
  readonly treeOrder: U32;
  /** Preorder position → nodes in the subtree. */
  readonly treeSize: U32;
}

/**
 * S2, S3 and S4: page-owned nodes, essential edges, immediate dominators. Fills `tree` (two u32 a node, allocated by the
 * caller). Scratch: 28 bytes a node, 4 for each edge that does not follow the depth-first order, 1 bit an edge.
 */
export function computeDominators(arena: Arena, graph: Graph, tree: DominatorTree): void {
  const { header, columns, nodeTypes, edgeTypes, tags } = graph;
  const { kernels } = arena;
  const nodes = header.nodeCount;
  arena.scratch(() => {
    const semi = arena.allocate('u32', nodes);
    const firstPredecessor = arena.allocate('u32', nodes + 1);
    // The search's records are done with when the dominators are computed: both use the same bytes.
    const visits = arena.allocate('u32', 2 * nodes);
    const frames = arena.allocate('u32', 2 * nodes);
    const links = visits;
    const labels = { offset: frames.offset };
    const buckets = { offset: frames.offset + 4 * nodes };
    const stack = arena.allocate('u32', nodes);
    const retaining = arena.allocate('u32', Math.ceil(header.edgeCount / 32));
    const claimed = arena.bits(nodes);
    const held = arena.bits(nodes);
    const result = arena.allocate('u32', 2);
    markRetainingEdges(arena, graph, retaining);
    kernels.depthFirst(
      columns.firstEdge.offset,
      columns.edgeTo.offset,
      columns.edgeType.offset,
      columns.nodeType.offset,
      columns.nodeName.offset,
      tags.offset,
      retaining.offset,
      claimed.offset,
      held.offset,
      nodes,
      header.root,
      edgeTypes.element,
      edgeTypes.shortcut,
      edgeTypes.weak,
      nodeTypes.synthetic,
      tree.order.offset,
      tree.idom.offset,
      semi.offset,
      visits.offset,
      frames.offset,
      result.offset,
    );
    const [reached, owned] = arena.view(result);
    const count = kernels.placePredecessors(tree.order.offset, reached, visits.offset, firstPredecessor.offset);
    const predecessors = arena.allocate('u32', count);
    kernels.fillPredecessors(
      columns.firstEdge.offset,
      columns.edgeTo.offset,
      retaining.offset,
      claimed.offset,
      nodes,
      reached,
      owned,
      visits.offset,
      predecessors.offset,
    );
    kernels.immediateDominators(
      nodes,
      reached,
      firstPredecessor.offset,
      predecessors.offset,
      semi.offset,
      links.offset,
      labels.offset,
      buckets.offset,
      stack.offset,
      tree.idom.offset,
    );
  });
}

function markRetainingEdges(arena: Arena, graph: Graph, retaining: U32): void {
  const { header, columns, edgeTypes, tags, ephemerons } = graph;
  arena.kernels.markRetaining(
    columns.edgeType.offset,
    header.edgeCount,
    columns.firstEdge.offset,
    header.root,
    edgeTypes.shortcut,
    edgeTypes.weak,
    retaining.offset,
  );
  arena.kernels.dropTableEdges(
    columns.firstEdge.offset,
    columns.edgeType.offset,
    columns.edgeName.offset,
    columns.nodeId.low.offset,
    columns.nodeId.high?.offset ?? 0,
    tags.offset,
    header.nodeCount,
    edgeTypes.internal,
    ephemerons.names.offset,
    ephemerons.tables.offset,
    ephemerons.count,
    retaining.offset,
  );
}

/** The tree as columns: dominators by ordinal, and its preorder with the size of every subtree. Scratch: 8 bytes a node. */
export function orderDominators(arena: Arena, nodes: number, { order, idom }: DominatorTree): DominatorColumns {
  const dominator = arena.allocate('u32', nodes);
  const treeOrder = arena.allocate('u32', nodes);
  const treeSize = arena.allocate('u32', nodes);
  arena.kernels.dominatorsByOrdinal(order.offset, idom.offset, nodes, dominator.offset);
  arena.scratch(() => {
    const size = arena.allocate('u32', nodes);
    const next = arena.allocate('u32', nodes);
    arena.kernels.orderTree(
      order.offset,
      idom.offset,
      nodes,
      size.offset,
      next.offset,
      treeOrder.offset,
      treeSize.offset,
    );
  });
  return { dominator, treeOrder, treeSize };
}
