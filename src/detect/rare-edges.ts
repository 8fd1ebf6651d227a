import type { HeapView } from '../analysis/heap-view.js';
import { edgeNamesOf } from './edge-names.js';

const KINDS = ['events', 'eventTargets', 'readable', 'writable', 'resourceStore', 'contextFrame'] as const;

type Kind = (typeof KINDS)[number];

/** Edges of one name, by the ordinal of the object that has the property. */
export interface EdgeEnds {
  readonly from: readonly number[];
  readonly to: readonly number[];
}

export type RareEdges = Readonly<Record<Kind, EdgeEnds>>;

interface GrowingEnds {
  readonly from: number[];
  readonly to: number[];
}

const ofViews = new WeakMap<HeapView, RareEdges>();

/** Cost: one pass over the edges of all objects, a view; nothing where the file has none of the names. */
export function rareEdgesOf(view: HeapView): RareEdges {
  const known = ofViews.get(view);
  if (known !== undefined) return known;
  const edges = collect(view);
  ofViews.set(view, edges);
  return edges;
}

function collect(view: HeapView): RareEdges {
  const { strings, nodeCount, nodeType, firstEdge, edgeType, edgeName, edgeTo } = view;
  const { property } = view.edgeTypes;
  const { object } = view.nodeTypes;
  const names = edgeNamesOf(view);
  const lists = KINDS.map((): GrowingEnds => ({ from: [], to: [] }));
  // 0: any other name; otherwise the list, counted from 1.
  const listOf = new Uint8Array(strings.count);
  let found = 0;
  for (const [at, kind] of KINDS.entries()) {
    for (const index of names[kind]) {
      listOf[index] = at + 1;
      found++;
    }
  }
  for (let node = 0; found > 0 && node < nodeCount; node++) {
    if (nodeType[node] !== object) continue;
    const end = firstEdge[node + 1];
    for (let edge = firstEdge[node]; edge < end; edge++) {
      if (edgeType[edge] !== property) continue;
      const list = listOf[edgeName[edge]];
      if (list === 0) continue;
      lists[list - 1].from.push(node);
      lists[list - 1].to.push(edgeTo[edge]);
    }
  }
  return Object.fromEntries(KINDS.map((kind, at) => [kind, lists[at]])) as unknown as RareEdges;
}
