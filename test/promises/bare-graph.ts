import { type AnalysedSnapshot, analyseSnapshot } from '#src/analysis/index.js';
import type { RawSnapshot } from '#src/read/snapshot-columns.js';
import { StringTableBuilder } from '#src/read/string-table.js';
import type { Arena } from '#src/wasm/arena.js';

export const EDGE_TYPES = ['property', 'weak', 'shortcut', 'element'] as const;

/** Nothing but nodes, edges and sizes: every node is an object, names are empty. */
export interface BareGraph {
  readonly root: number;
  /** Length nodes + 1. */
  readonly firstEdge: Uint32Array;
  readonly edgeTo: Uint32Array;
  /** Indexes into EDGE_TYPES; all `property` where it is missing. */
  readonly edgeType?: Uint8Array;
  readonly selfSize: Float64Array;
}

export interface BareAnalysis {
  readonly dominator: Uint32Array;
  readonly retainedSize: Float64Array;
  readonly distance: Int32Array;
}

const strings = (() => {
  const builder = new StringTableBuilder();
  builder.append(new Uint8Array(0), new Uint32Array([0]), new Uint32Array(0));
  return builder.finish();
})();

/** The graph in the arena, as if it had been read from a file: a list of millions would be slow to write as JSON. */
export function rawSnapshotOf(arena: Arena, graph: BareGraph): RawSnapshot {
  const nodes = graph.selfSize.length;
  const edges = graph.edgeTo.length;
  const header = {
    nodeCount: nodes,
    edgeCount: edges,
    root: graph.root,
    extraNativeBytes: 0,
    nodeFields: ['type', 'name', 'id', 'self_size', 'edge_count'],
    edgeFields: ['type', 'name_or_index', 'to_node'],
    nodeTypes: ['object'],
    edgeTypes: [...EDGE_TYPES],
    locationFields: [],
    sampleFields: [],
    scopeFields: [],
    scopeContextVarFields: [],
    scopeUseFields: [],
  };
  const columns = {
    nodeType: arena.zeroed('u8', nodes),
    nodeName: arena.zeroed('u32', nodes),
    nodeId: { low: arena.allocate('u32', nodes), high: undefined },
    rawSelfSize: { low: arena.allocate('u32', nodes), high: undefined },
    firstEdge: arena.allocate('u32', nodes + 1),
    detachedness: undefined,
    edgeType: arena.zeroed('u8', edges),
    edgeName: arena.zeroed('u32', edges),
    edgeTo: arena.allocate('u32', edges),
  };
  const id = arena.view(columns.nodeId.low);
  for (let node = 0; node < nodes; node++) id[node] = 2 * node + 1;
  arena.view(columns.rawSelfSize.low).set(graph.selfSize);
  arena.view(columns.firstEdge).set(graph.firstEdge);
  if (graph.edgeType) arena.view(columns.edgeType).set(graph.edgeType);
  arena.view(columns.edgeTo).set(graph.edgeTo);
  const none = new Float64Array(0);
  const fields = { node: 0, nodeWidth: 5, scriptId: 0, line: 0, column: 0 };
  const locations = { count: 0, list: none, width: 0, isAscending: true, ...fields };
  return { header, columns, strings, locations, lists: new Map() };
}

/** All passes over the graph. The results are views of the arena. */
export function analyseBare(arena: Arena, graph: BareGraph): BareAnalysis {
  const analysed: AnalysedSnapshot = analyseSnapshot(arena, rawSnapshotOf(arena, graph));
  return {
    dominator: arena.view(analysed.dominator),
    retainedSize: arena.view(analysed.retainedSize),
    distance: arena.view(analysed.distance),
  };
}

/** A graph from its edges, in any order of their sources. Self sizes are 1, 2, 3, … so that no two sums meet by chance. */
export function graphOfEdges(nodes: number, from: ArrayLike<number>, to: ArrayLike<number>): BareGraph {
  const firstEdge = new Uint32Array(nodes + 1);
  for (let edge = 0; edge < from.length; edge++) firstEdge[from[edge] + 1]++;
  for (let node = 0; node < nodes; node++) firstEdge[node + 1] += firstEdge[node];
  const next = firstEdge.slice();
  const edgeTo = new Uint32Array(from.length);
  for (let edge = 0; edge < from.length; edge++) edgeTo[next[from[edge]]++] = to[edge];
  return { root: 0, firstEdge, edgeTo, selfSize: Float64Array.from({ length: nodes }, (_, node) => node + 1) };
}
