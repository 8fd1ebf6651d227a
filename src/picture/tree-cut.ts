import { Fingerprints } from '../analysis/fingerprints.js';
import type { HeapView } from '../analysis/heap-view.js';
import type { StringIndexes } from '../analysis/text-indexes.js';
import type { Bytes } from '../base/types.js';
import { columnsIn } from '../graph/column.js';
import type { Graph } from '../graph/graph.js';
import { NodeNames } from '../graph/names.js';
import type { StringTable } from '../read/string-table.js';
import type { Arena } from '../wasm/arena.js';
import { viewOf } from '../wasm/region.js';
import { WASTE_TEXTS } from '../waste/names.js';
import { findLargest, type LargestPlan, planLargest } from './largest-nodes.js';
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
  readonly largest: LargestPlan;
  readonly indexes: StringIndexes;
  readonly showValues: boolean;
}

/** The nodes of a cut tree in preorder, one array a field; children in the order of their retained sizes, equal ones as they come. */
export interface CutNodes {
  readonly ordinals: Uint32Array;
  readonly depths: Uint32Array;
  /** Nodes that each immediately dominates. */
  readonly childCounts: Uint32Array;
  /** Undefined for those that go by their class. */
  readonly names: readonly (string | undefined)[];
  readonly leastSize: Bytes;
}

/** In the arena: room that is hardly touched. */
export function planTree(arena: Arena, view: HeapView, { nodes, showValues }: TreeCut): TreePlan {
  const { snapshot } = view;
  const { header, nodeTypes, edgeTypes, tags, detachedness, renamesDetached, columns } = snapshot.graph;
  return {
    graph: { header, nodeTypes, edgeTypes, tags, detachedness, renamesDetached, columns },
    largest: planLargest(arena, snapshot, nodes),
    indexes: view.indexesOf(WASTE_TEXTS),
    showValues,
  };
}

/** Cost: the children of the nodes it keeps, and a name for each of those. */
export function cutNodes(space: Pick<Arena, 'memory' | 'kernels'>, strings: StringTable, plan: TreePlan): CutNodes {
  const largest = findLargest(space, plan.largest);
  const [treeOrder, treeSize, retainedSize] = [
    viewOf(space.memory.buffer, plan.largest.tree.treeOrder),
    viewOf(space.memory.buffer, plan.largest.tree.treeSize),
    viewOf(space.memory.buffer, plan.largest.tree.retainedSize),
  ];
  const sizes = Float64Array.from(largest.positions, (position) => retainedSize[treeOrder[position]]);
  const { order, depths } = largestFirst(parentsOf(treeSize, largest.positions), sizes);
  const ordinals = order.map((at) => treeOrder[largest.positions[at]]);
  const names = new ShownNames(viewFor(space, strings, plan), plan.showValues);
  return {
    ...{ ordinals, depths },
    childCounts: order.map((at) => largest.childCounts[at]),
    names: Array.from(ordinals, (node) => names.of(node)),
    leastSize: largest.leastSize,
  };
}

function viewFor({ memory }: Pick<Arena, 'memory'>, strings: StringTable, plan: TreePlan): NamedView {
  const { graph, indexes } = plan;
  const { nodeType, nodeName, firstEdge, edgeType, edgeName, edgeTo } = graph.columns;
  const columns = {
    nodeName: viewOf(memory.buffer, nodeName),
    firstEdge: viewOf(memory.buffer, firstEdge),
  };
  return {
    ...columns,
    ...{ header: graph.header, nodeTypes: graph.nodeTypes, edgeTypes: graph.edgeTypes, strings },
    tags: viewOf(memory.buffer, graph.tags),
    nodeType: viewOf(memory.buffer, nodeType),
    edgeType: viewOf(memory.buffer, edgeType),
    edgeName: viewOf(memory.buffer, edgeName),
    edgeTo: viewOf(memory.buffer, edgeTo),
    names: new NodeNames({ ...graph, strings }, columnsIn(memory.buffer)),
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
