import type { Stopwatch } from '../base/stopwatch.js';
import type { Graph, U32 } from '../graph/graph.js';
import type { Arena } from '../wasm/arena.js';
import type { Kernels } from '../wasm/kernels.js';
import { timed } from './timed.js';

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

/** What the depth-first search leaves for the dominators. */
interface Search {
  readonly semi: U32;
  /** Room for where each node's list of predecessors begins. */
  readonly first: U32;
  /** Two u32 a node, by ordinal: assembly/visits.ts. */
  readonly visits: U32;
  /** One bit an edge: whether it counts, whoever owns what. */
  readonly retaining: U32;
  /** One bit a node: owned by the page besides the first `owned` ones. */
  readonly claimed: U32;
  readonly reached: number;
  readonly owned: number;
}

export interface DominatorOptions {
  /** A u32 a node in memory touched already, free from the first look at the edges on: ids are needed no longer then. */
  readonly spare?: U32;
  readonly stopwatch?: Stopwatch;
}

/**
 * S2, S3 and S4: page-owned nodes, essential edges, immediate dominators. Fills `tree` (two u32 a node, allocated by the
 * caller). Scratch: 16 bytes a node, 12 with `spare`, 4 for each edge that does not follow the depth-first order, 1 bit an edge.
 */
export function computeDominators(
  arena: Arena,
  graph: Graph,
  tree: DominatorTree,
  { spare, stopwatch }: DominatorOptions = {},
): void {
  const pass = <T>(stage: string, work: () => T) => timed(arena, stopwatch, stage, work);
  arena.scratch(() => {
    const search = pass('depth-first search', () => searchDepthFirst(arena, graph, tree, spare));
    const predecessors = pass('predecessors', () => listPredecessors(arena, graph, tree, search));
    pass('dominators', () => findDominators(arena, graph.header.nodeCount, tree, search, predecessors));
  });
}

/** The most scratch that takes without `spare`. */
export function dominatorBytes({ nodeCount, edgeCount }: Graph['header']): number {
  // Semidominators, list starts, records; a bit an edge and two a node; a list of all edges, or the search's frames.
  return 16 * nodeCount + edgeCount / 8 + nodeCount / 4 + Math.max(4 * edgeCount, 8 * nodeCount) + (1 << 12);
}

function searchDepthFirst(arena: Arena, graph: Graph, tree: DominatorTree, spare?: U32): Search {
  const { header, columns, nodeTypes, edgeTypes, tags } = graph;
  const nodes = header.nodeCount;
  // What is filled from its start to its end comes first: TOUCHED_AHEAD counts on it.
  const semi = spare ?? arena.allocate('u32', nodes);
  const first = arena.allocate('u32', nodes + 1);
  const visits = arena.allocate('u32', 2 * nodes);
  const retaining = arena.allocate('u32', Math.ceil(header.edgeCount / 32));
  const claimed = arena.bits(nodes);
  const held = arena.bits(nodes);
  const result = arena.allocate('u32', 2);
  markRetainingEdges(arena, graph, retaining);
  // Done with after the search, which may have touched little of it.
  const frames = arena.scratch(() => arena.allocate('u32', 2 * nodes));
  arena.kernels.depthFirst(
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
  return { semi, first, visits, retaining, claimed, reached, owned };
}

/**
 * Bytes a node, from where the tree's own columns begin, that are filled from start to end: `order`, `idom` and `first`. Another
 * thread can touch them ahead of the search.
 */
export const TOUCHED_AHEAD = 12;

/** Sources of the essential edges that lead to lower numbers: by target, in lists. */
interface Predecessors {
  readonly first: U32;
  readonly list: U32;
}

function listPredecessors(arena: Arena, graph: Graph, { order }: DominatorTree, search: Search): Predecessors {
  const { header, columns } = graph;
  const { first, visits, retaining, claimed, reached, owned } = search;
  const count = arena.kernels.placePredecessors(order.offset, reached, visits.offset, first.offset);
  const list = arena.allocate('u32', count);
  arena.kernels.fillPredecessors(
    columns.firstEdge.offset,
    columns.edgeTo.offset,
    retaining.offset,
    claimed.offset,
    header.nodeCount,
    reached,
    owned,
    visits.offset,
    list.offset,
  );
  return { first, list };
}

/** The search's records are done with: the same bytes serve here. */
function findDominators(
  arena: Arena,
  nodes: number,
  { idom }: DominatorTree,
  { semi, visits, reached }: Search,
  { first, list }: Predecessors,
): void {
  arena.kernels.immediateDominators(nodes, reached, first.offset, list.offset, semi.offset, visits.offset, idom.offset);
}

/** S3 but for what the page owns: fills `retaining`, one bit an edge. */
export function markRetainingEdges(arena: Arena, graph: Graph, retaining: U32): void {
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

/** Dominators by ordinal, and room for the tree's preorder, which `orderTree` fills. */
export function placeTree(arena: Arena, nodes: number, { order, idom }: DominatorTree): DominatorColumns {
  const dominator = arena.allocate('u32', nodes);
  const treeOrder = arena.allocate('u32', nodes);
  const treeSize = arena.allocate('u32', nodes);
  arena.kernels.dominatorsByOrdinal(order.offset, idom.offset, nodes, dominator.offset);
  return { dominator, treeOrder, treeSize };
}

/** What ordering a tree reads, its scratch, and what it fills: addresses, for any thread. */
export interface TreeOrdering {
  readonly order: number;
  readonly idom: number;
  readonly nodes: number;
  readonly size: number;
  readonly next: number;
  readonly treeOrder: number;
  readonly treeSize: number;
}

/** `spare`: a u32 a node that nobody needs any more; else the scratch is 8 bytes a node, not 4. The caller gives it back. */
export function planOrdering(
  arena: Arena,
  nodes: number,
  { order, idom, treeOrder, treeSize }: DominatorTree & DominatorColumns,
  spare?: U32,
): TreeOrdering {
  const size = spare ?? arena.allocate('u32', nodes);
  const next = arena.allocate('u32', nodes);
  return {
    ...{ order: order.offset, idom: idom.offset, nodes, size: size.offset, next: next.offset },
    ...{ treeOrder: treeOrder.offset, treeSize: treeSize.offset },
  };
}

/** The tree's preorder, with the size of every subtree. */
export function orderTree(kernels: Kernels, ordering: TreeOrdering): void {
  const { order, idom, nodes, size, next, treeOrder, treeSize } = ordering;
  kernels.orderTree(order, idom, nodes, size, next, treeOrder, treeSize);
}

/** All of it here. Scratch: 8 bytes a node, 4 with `spare`. */
export function orderDominators(arena: Arena, nodes: number, tree: DominatorTree, spare?: U32): DominatorColumns {
  const columns = placeTree(arena, nodes, tree);
  arena.scratch(() => orderTree(arena.kernels, planOrdering(arena, nodes, { ...tree, ...columns }, spare)));
  return columns;
}
