import type { PlainGraph } from './graph.js';
import { parseWeakMapPair } from './weak-map-pair.js';

function isEssential(graph: PlainGraph, pageOwned: Uint8Array, edge: number): boolean {
  const from = graph.edgeFrom[edge];
  const to = graph.edgeTo[edge];
  const type = graph.edgeType[edge];
  const pair = parseWeakMapPair(type, graph.edgeName[edge]);
  if (pair !== undefined && pair.table === graph.id[from]) return false;
  if (type === 'weak' || from === to) return false;
  if (from === graph.root) return true;
  if (type === 'shortcut') return false;
  return !(pageOwned[to] && !pageOwned[from]);
}

/** 1 for every edge that counts for dominators, in edge order. Rule: devtools-semantics S3. */
export function plainEssentialEdges(graph: PlainGraph, pageOwned: Uint8Array): Uint8Array {
  return Uint8Array.from({ length: graph.edgeCount }, (_, edge) => Number(isEssential(graph, pageOwned, edge)));
}
