import type { EdgeRow, HiddenValue, NodeRow, Rows } from '../base/explorer-types.js';
import type { Ordinal } from '../base/types.js';
import { edgeLabel, hiddenText, isValue } from '../explore/hidden-values.js';
import { sourceOf } from '../explore/node-lists.js';
import type { Page } from '../explore/ranked-page.js';
import { clip, NAME_LIMIT } from '../report/inspection.js';
import type { Exploration } from './exploration.js';

/** Names with more bytes are decoded no further, and values no longer measured. */
const LONG_BYTES = 1 << 20;

export function nodeRow(exploration: Exploration, node: Ordinal): NodeRow {
  const { graph } = exploration;
  return {
    id: graph.id[node],
    ordinal: node,
    type: graph.header.nodeTypes[graph.nodeType[node]],
    ...shownName(exploration, node),
    className: clip(exploration.className(node)),
    selfSize: graph.selfSizes[node],
    retainedSize: graph.retainedSize[node],
    distance: graph.distance[node],
    edgeCount: graph.firstEdge[node + 1] - graph.firstEdge[node],
    retainerCount: graph.firstRetainer[node + 1] - graph.firstRetainer[node],
    dominates: graph.treeSize[graph.treePosition[node]] > 1,
  };
}

function shownName(exploration: Exploration, node: Ordinal): { name: string } | { name: null; value: HiddenValue } {
  const { graph, hidden } = exploration;
  const { strings, names, nodeName } = graph;
  const bytes = strings.byteLength(nodeName[node]);
  const isLong = bytes > LONG_BYTES;
  if (isValue(graph, hidden, node)) return { name: null, value: isLong ? { bytes } : hiddenText(names.display(node)) };
  return { name: clip(isLong ? strings.text(nodeName[node], 8 * NAME_LIMIT) : names.display(node)) };
}

/** An edge with the node it leads to, or comes from. */
export function edgeRow(exploration: Exploration, edge: number, end: 'to' | 'from'): EdgeRow {
  const { graph } = exploration;
  return edgeRowOf(exploration, edge, end === 'to' ? graph.edgeTo[edge] : sourceOf(graph, edge));
}

export function edgeRowOf(exploration: Exploration, edge: number, node: Ordinal): EdgeRow {
  const { graph } = exploration;
  const name = exploration.showsValues ? graph.names.edge(edge) : edgeLabel(graph, edge);
  return {
    index: edge,
    type: graph.header.edgeTypes[graph.edgeType[edge]],
    name: typeof name === 'string' ? clip(name) : name,
    node: nodeRow(exploration, node),
  };
}

export function rows<T, U>(total: number, { offset }: Page, items: Iterable<T>, row: (item: T) => U): Rows<U> {
  return { total, offset, items: Array.from(items, row) };
}
