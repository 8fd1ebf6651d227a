import { Fingerprints } from '../analysis/fingerprints.js';
import type { HeapView } from '../analysis/heap-view.js';
import type { StringIndexes } from '../analysis/text-indexes.js';
import type { Bytes } from '../base/types.js';
import { columnsIn } from '../graph/column.js';
import type { Graph } from '../graph/graph.js';
import { NodeNames } from '../graph/names.js';
import type { StringTable } from '../read/string-table.js';
import type { Arena } from '../wasm/arena.js';
import type { WholeColumn } from '../wasm/region.js';
import { WASTE_TEXTS } from '../waste/names.js';
import { largestNodes, type TreeColumns } from './largest-nodes.js';
import { type NamedView, ShownNames } from './shown-names.js';

/** What a tree is cut to. */
export interface TreeCut {
  readonly nodes: number;
  readonly showValues: boolean;
}

type TreeGraph = Pick<
  Graph,
  'header' | 'nodeTypes' | 'edgeTypes' | 'tags' | 'detachedness' | 'renamesDetached' | 'columns'
>;

/** What a tree is cut from: plain data, for any thread on the arena's memory. */
export interface TreePlan {
  readonly graph: TreeGraph;
  readonly tree: TreeColumns;
  readonly selfSize: WholeColumn;
  readonly indexes: StringIndexes;
  readonly cut: TreeCut;
}

/** The nodes of a cut tree in preorder, one array a field; children in the order of their retained sizes, equal ones as they come. */
export interface CutNodes {
  readonly ordinals: Uint32Array;
  readonly depths: Uint32Array;
  /** Nodes that each immediately dominates. */
  readonly childCounts: Uint32Array;
  /** Undefined for those that go by their class. */
  readonly names: readonly (string | undefined)[];
  readonly ids: Float64Array;
  readonly selfSizes: Float64Array;
  readonly retainedSizes: Float64Array;
  readonly leastSize: Bytes;
}

/** The analysis must have kept ids. Cost: a pass over the strings' lengths, if nobody has looked for the texts yet. */
export function planTree(view: HeapView, cut: TreeCut): TreePlan {
  const { snapshot } = view;
  const { graph, treeOrder, treeSize, retainedSize, selfSize } = snapshot;
  const { header, nodeTypes, edgeTypes, tags, detachedness, renamesDetached, columns } = graph;
  return {
    graph: { header, nodeTypes, edgeTypes, tags, detachedness, renamesDetached, columns },
    tree: { treeOrder, treeSize, retainedSize },
    selfSize,
    indexes: view.indexesOf(WASTE_TEXTS),
    cut,
  };
}

/** `arena`: any on the memory of the snapshot's. Cost: the children of the nodes it keeps, and a name for each of those. */
export function cutNodes(arena: Arena, strings: StringTable, plan: TreePlan): CutNodes {
  const { nodes, showValues } = plan.cut;
  const { positions, childCounts, leastSize } = largestNodes(arena, plan.tree, nodes);
  const [treeOrder, treeSize] = [arena.view(plan.tree.treeOrder), arena.view(plan.tree.treeSize)];
  const retainedSize = arena.view(plan.tree.retainedSize);
  const sizes = Float64Array.from(positions, (position) => retainedSize[treeOrder[position]]);
  const { order, depths } = largestFirst(parentsOf(treeSize, positions), sizes);
  const ordinals = order.map((at) => treeOrder[positions[at]]);
  const names = new ShownNames(viewFor(arena, strings, plan), showValues);
  return {
    ...{ ordinals, depths, leastSize },
    childCounts: order.map((at) => childCounts[at]),
    names: Array.from(ordinals, (node) => names.of(node)),
    ids: picked(arena, plan.graph.columns.nodeId, ordinals),
    selfSizes: picked(arena, plan.selfSize, ordinals),
    retainedSizes: Float64Array.from(ordinals, (node) => retainedSize[node]),
  };
}

/** Those of a column's numbers. */
function picked(arena: Arena, { low, high }: WholeColumn, ordinals: Uint32Array): Float64Array {
  const [lows, highs] = [arena.view(low), high && arena.view(high)];
  return Float64Array.from(ordinals, (node) => lows[node] + (highs ? highs[node] * 2 ** 32 : 0));
}

function viewFor(arena: Arena, strings: StringTable, plan: TreePlan): NamedView {
  const { graph, indexes } = plan;
  const { nodeType, nodeName, firstEdge, edgeType, edgeName, edgeTo } = graph.columns;
  const columns = {
    nodeName: arena.view(nodeName),
    firstEdge: arena.view(firstEdge),
  };
  return {
    ...columns,
    ...{ header: graph.header, nodeTypes: graph.nodeTypes, edgeTypes: graph.edgeTypes, strings },
    tags: arena.view(graph.tags),
    nodeType: arena.view(nodeType),
    edgeType: arena.view(edgeType),
    edgeName: arena.view(edgeName),
    edgeTo: arena.view(edgeTo),
    names: new NodeNames({ ...graph, strings }, columnsIn(arena.memory.buffer)),
    fingerprints: new Fingerprints(columns),
    indexesOf: () => indexes,
  };
}

const NONE = -1;

/** A tree's nodes in preorder, and how deep each lies. `parents`: each before its children. */
function largestFirst(parents: Int32Array, sizes: Float64Array) {
  const count = parents.length;
  // Smallest and last ones first: who comes last in a list of children is on top of the stack.
  const byParent = Uint32Array.from(sizes.keys()).sort((a, b) => sizes[a] - sizes[b] || b - a);
  const firstChild = new Int32Array(count).fill(NONE);
  const next = new Int32Array(count).fill(NONE);
  for (const at of byParent) {
    if (at === 0) continue;
    next[at] = firstChild[parents[at]];
    firstChild[parents[at]] = at;
  }
  const [order, depths] = [new Uint32Array(count), new Uint32Array(count)];
  let position = 0;
  let depth = 0;
  for (let at = count > 0 ? 0 : NONE; at !== NONE; ) {
    order[position] = at;
    depths[position++] = depth;
    if (firstChild[at] !== NONE) {
      at = firstChild[at];
      depth++;
      continue;
    }
    while (at !== 0 && next[at] === NONE) {
      at = parents[at];
      depth--;
    }
    at = at === 0 ? NONE : next[at];
  }
  return { order, depths };
}

/** By position in the list: that of the immediate dominator. */
function parentsOf(treeSize: Uint32Array, positions: Uint32Array): Int32Array {
  const parents = new Int32Array(positions.length).fill(NONE);
  for (let at = 1; at < positions.length; at++) {
    let parent = at - 1;
    while (positions[parent] + treeSize[positions[parent]] <= positions[at]) parent = parents[parent];
    parents[at] = parent;
  }
  return parents;
}
