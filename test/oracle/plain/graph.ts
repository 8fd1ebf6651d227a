import { edgeNameIsIndex, type Ordinal, type PlainEdge, type PlainSnapshot } from '../../build/plain-snapshot.js';
import type { ReferenceColumns } from '../reference-reader.js';

export type { Ordinal } from '../../build/plain-snapshot.js';

export interface Location {
  scriptId: number;
  line: number;
  column: number;
}

/**
 * A heap snapshot with every type and name spelled out: what the plain twins read.
 * Nodes are ordinals; the edges of node v are `firstEdge[v]` … `firstEdge[v + 1] - 1`, in file order.
 */
export interface PlainGraph {
  readonly nodeCount: number;
  readonly edgeCount: number;
  readonly root: Ordinal;
  readonly type: readonly string[];
  readonly name: readonly string[];
  readonly id: Float64Array;
  readonly selfSize: Float64Array;
  /** The field of the file (0 unknown, 1 attached, 2 detached); undefined where the file has none. */
  readonly detachedness: Uint8Array | undefined;
  /** Length nodeCount + 1. */
  readonly firstEdge: Uint32Array;
  readonly edgeFrom: Uint32Array;
  readonly edgeType: readonly string[];
  /** A number for `element` and `hidden` edges. */
  readonly edgeName: readonly (string | number)[];
  readonly edgeTo: Uint32Array;
  readonly locations: ReadonlyMap<Ordinal, Location>;
  readonly extraNativeBytes: number;
}

/** Ordinals of the edges that leave a node. */
export function* edgesOf(graph: PlainGraph, node: Ordinal): Generator<number> {
  for (let edge = graph.firstEdge[node]; edge < graph.firstEdge[node + 1]; edge++) yield edge;
}

/** Ordinals of the edges that lead to each node, in file order. */
export function retainersOfAll(graph: PlainGraph): number[][] {
  const retainers: number[][] = Array.from({ length: graph.nodeCount }, () => []);
  for (let edge = 0; edge < graph.edgeCount; edge++) retainers[graph.edgeTo[edge]].push(edge);
  return retainers;
}

/** A node that S5 and S7 take for a root of the user's: not synthetic, or the trees of the document. */
export function isUserRoot(graph: PlainGraph, node: Ordinal): boolean {
  return graph.type[node] !== 'synthetic' || graph.name[node] === '(Document DOM trees)';
}

/** The DevTools reader keeps the last of several locations of one node. */
function locationMap(locations: readonly (Location & { node: Ordinal })[]): Map<Ordinal, Location> {
  return new Map(locations.map(({ node, scriptId, line, column }) => [node, { scriptId, line, column }]));
}

function firstEdges(edgeCounts: readonly number[]): Uint32Array {
  const first = new Uint32Array(edgeCounts.length + 1);
  for (const [node, count] of edgeCounts.entries()) first[node + 1] = first[node] + count;
  return first;
}

/** DevTools keeps two bits of the field. */
function twoBits(states: ArrayLike<number>): Uint8Array {
  return Uint8Array.from(states, (state) => state & 3);
}

/** The graph a description stands for; equal to reading back what the builder writes. */
export function graphOfSnapshot(plain: PlainSnapshot): PlainGraph {
  const { nodes } = plain;
  const lists: PlainEdge[][] = nodes.map(() => []);
  for (const edge of plain.edges) lists[edge.from].push(edge);
  const edges = lists.flat();
  const hasDetachedness = nodes.some((node) => node.detachedness !== undefined);
  return {
    nodeCount: nodes.length,
    edgeCount: edges.length,
    root: plain.rootIndex ?? 0,
    type: nodes.map((node) => node.type),
    name: nodes.map((node) => node.name),
    id: Float64Array.from(nodes, (node) => node.id),
    selfSize: Float64Array.from(nodes, (node) => node.selfSize),
    detachedness: hasDetachedness ? twoBits(nodes.map((node) => node.detachedness ?? 0)) : undefined,
    firstEdge: firstEdges(lists.map((list) => list.length)),
    edgeFrom: Uint32Array.from(edges, (edge) => edge.from),
    edgeType: edges.map((edge) => edge.type),
    edgeName: edges.map(({ type, nameOrIndex }) => (edgeNameIsIndex(type) ? Number(nameOrIndex) : String(nameOrIndex))),
    edgeTo: Uint32Array.from(edges, (edge) => edge.to),
    locations: locationMap(plain.locations ?? []),
    extraNativeBytes: plain.extraNativeBytes ?? 0,
  };
}

/** The graph of a file that the reference reader has read. */
export function graphOfColumns(columns: ReferenceColumns): PlainGraph {
  const { nodeCount, edgeCount, edgeCountOfNode } = columns;
  const edgeFrom = new Uint32Array(edgeCount);
  const firstEdge = firstEdges(Array.from(edgeCountOfNode));
  for (let node = 0; node < nodeCount; node++) edgeFrom.fill(node, firstEdge[node], firstEdge[node + 1]);
  return {
    nodeCount,
    edgeCount,
    root: columns.root,
    type: columns.type,
    name: columns.name,
    id: columns.id,
    selfSize: columns.selfSize,
    detachedness: columns.detachedness && twoBits(columns.detachedness),
    firstEdge,
    edgeFrom,
    edgeType: columns.edgeType,
    edgeName: columns.edgeName,
    edgeTo: columns.edgeTo,
    locations: locationMap(columns.locations),
    extraNativeBytes: columns.extraNativeBytes,
  };
}
