import type { EdgeRow, HiddenValue, NodeRow, Rows } from '../base/explorer-types.js';
import type { Ordinal } from '../base/types.js';
import type { ExploredGraph } from '../explore/explored-graph.js';
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

type ShownName = { readonly name: string } | { readonly name: null; readonly value: HiddenValue };

function shownName(exploration: Exploration, node: Ordinal): ShownName {
  const { graph, told } = exploration;
  const { names, nodeName } = graph;
  if (told?.isValue(node)) return hidden(graph, nodeName[node], () => names.display(node));
  if (told?.goesByClass(node)) return { name: clip(exploration.className(node)) };
  return { name: clip(isLong(graph, nodeName[node]) ? beginning(graph, nodeName[node]) : names.display(node)) };
}

function isLong({ strings }: ExploredGraph, index: number): boolean {
  return strings.byteLength(index) > LONG_BYTES;
}

function beginning({ strings }: ExploredGraph, index: number): string {
  return strings.text(index, 8 * NAME_LIMIT);
}

/** What stands for a text, which is that of a string or is made of it. */
function hidden(graph: ExploredGraph, index: number, text: () => string) {
  if (isLong(graph, index)) return { name: null, value: { bytes: graph.strings.byteLength(index) } } as const;
  const shown = text();
  return { name: null, value: { length: shown.length, fingerprint: graph.fingerprints.of(shown) } } as const;
}

/** `from`: what has the edge; `node`: the one at its other end, as it is looked at. */
export function edgeRow(
  exploration: Exploration,
  { edge, from }: { readonly edge: number; readonly from: Ordinal },
  node: Ordinal,
): EdgeRow {
  const { graph } = exploration;
  return {
    index: edge,
    type: graph.header.edgeTypes[graph.edgeType[edge]],
    ...shownEdge(exploration, edge, from),
    node: nodeRow(exploration, node),
  };
}

function shownEdge({ graph, told }: Exploration, edge: number, from: Ordinal): ShownName | { readonly name: number } {
  const name = told ? told.edge(edge, from) : graph.names.edge(edge);
  const index = graph.edgeName[edge];
  if (name === null) return hidden(graph, index, () => graph.strings.text(index));
  return typeof name === 'string' ? { name: clip(name) } : { name };
}

export function rows<T, U>(total: number, { offset }: Page, items: Iterable<T>, row: (item: T) => U): Rows<U> {
  return { total, offset, items: Array.from(items, row) };
}
