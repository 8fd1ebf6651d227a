import type { Ordinal } from '../base/types.js';
import type { ExploredGraph } from './explored-graph.js';
import { NO_PARENT } from './nearest-parents.js';
import { type Page, RankedList } from './ranked-page.js';

/** For what nothing reaches. */
const FARTHEST = 0xffff_ffff;

export const EDGE_SORTS = ['file', 'retained'] as const;
export type EdgeSort = (typeof EDGE_SORTS)[number];
export const RETAINER_SORTS = ['distance', 'file'] as const;
export type RetainerSort = (typeof RETAINER_SORTS)[number];

/** What there is of a list, page by page. */
export interface PagedList {
  readonly length: number;
  page(page: Page): readonly number[];
}

/** Indexes of a node's edges: in the file's order, or to what retains most first. Cost: a walk over the edges where they are sorted. */
export function listEdges(graph: ExploredGraph, node: Ordinal, sort: EdgeSort): PagedList {
  const { firstEdge, edgeTo, retainedSize } = graph;
  const first = firstEdge[node];
  const length = firstEdge[node + 1] - first;
  if (sort === 'file') return listInOrder(length, (place) => first + place);
  const keys = new Float64Array(length);
  for (let place = 0; place < length; place++) keys[place] = retainedSize[edgeTo[first + place]];
  return new RankedList(keys, 'descending', (place) => first + place);
}

/** Indexes of the edges into a node: from what is nearest to the root first, or in the file's order. */
export function listRetainers(graph: ExploredGraph, node: Ordinal, sort: RetainerSort): PagedList {
  const { firstRetainer, retainers, distance } = graph;
  const own = retainers.subarray(firstRetainer[node], firstRetainer[node + 1]);
  if (sort === 'file') return listInOrder(own.length, (place) => own[place]);
  const keys = new Uint32Array(own.length);
  let source = 0;
  for (let place = 0; place < own.length; place++) {
    source = sourceFrom(graph, source, own[place]);
    keys[place] = distance[source] < 0 ? FARTHEST : distance[source];
  }
  return new RankedList(keys, 'ascending', (place) => own[place]);
}

/** The nodes that a node immediately dominates, largest retained size first. Cost: a walk over them. */
export function listDominated(graph: ExploredGraph, node: Ordinal): PagedList {
  const { treeOrder, treeSize, treePosition, retainedSize } = graph;
  const places = new Uint32Array(countDominated(graph, node));
  const keys = new Float64Array(places.length);
  let place = treePosition[node] + 1;
  for (let next = 0; next < places.length; next++) {
    places[next] = place;
    keys[next] = retainedSize[treeOrder[place]];
    place += treeSize[place];
  }
  return new RankedList(keys, 'descending', (position) => treeOrder[places[position]]);
}

function listInOrder(length: number, item: (place: number) => number): PagedList {
  return {
    length,
    page: ({ offset, limit }) => {
      const from = Math.min(offset, length);
      return Array.from({ length: Math.min(offset + limit, length) - from }, (_, place) => item(from + place));
    },
  };
}

/** How many nodes it immediately dominates. */
export function countDominated({ treeSize, treePosition }: ExploredGraph, node: Ordinal): number {
  const place = treePosition[node];
  const end = place + treeSize[place];
  let total = 0;
  for (let child = place + 1; child < end; child += treeSize[child]) total++;
  return total;
}

/** Places on a way from a node to the root, the first and last of them, and how many there are. */
export interface Way {
  readonly total: number;
  /** `step` counts from the node, from 1. */
  readonly steps: readonly { readonly step: number; readonly from: Ordinal; readonly to: Ordinal }[];
}

/** Immediate dominator, its immediate dominator and so on, up to the root. */
export function dominatorWay({ dominator, root }: ExploredGraph, node: Ordinal, shown: number): Way {
  return wayOf(node, (at) => (at === root || dominator[at] === at ? NO_PARENT : dominator[at]), shown);
}

/** The shortest path to the root; without a step for the root and for nodes that nothing reaches. */
export function pathWay(parents: Uint32Array, node: Ordinal, shown: number): Way {
  return wayOf(node, (at) => parents[at], shown);
}

/** Walked twice: a way can have millions of steps, of which few are shown. */
function wayOf(node: Ordinal, next: (node: Ordinal) => Ordinal, shown: number): Way {
  let total = 0;
  for (let at = next(node); at !== NO_PARENT; at = next(at)) total++;
  const head = Math.ceil(Math.min(total, shown) / 2);
  const tail = Math.min(total, shown) - head;
  const steps: { step: number; from: Ordinal; to: Ordinal }[] = [];
  for (
    let [step, to, from] = [1, node, next(node)];
    from !== NO_PARENT;
    [step, to, from] = [step + 1, from, next(from)]
  ) {
    if (step <= head || step > total - tail) steps.push({ step, from, to });
  }
  return { total, steps };
}

/** The edge from `parent` that a path to `node` takes: the first one that holds, a weak one where there is no other. -1 without any. */
export function edgeBetween(graph: ExploredGraph, parent: Ordinal, node: Ordinal): number {
  const { firstEdge, edgeType, edgeTypes, firstRetainer, retainers } = graph;
  let low = firstRetainer[node];
  let high = firstRetainer[node + 1];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (retainers[middle] < firstEdge[parent]) low = middle + 1;
    else high = middle;
  }
  let weak = -1;
  for (let slot = low; slot < firstRetainer[node + 1] && retainers[slot] < firstEdge[parent + 1]; slot++) {
    const edge = retainers[slot];
    if (edgeType[edge] !== edgeTypes.weak) return edge;
    if (weak < 0) weak = edge;
  }
  return weak;
}

/** The node that an edge belongs to: the last one whose first edge is not behind it. */
export function sourceOf(graph: ExploredGraph, edge: number): Ordinal {
  return sourceFrom(graph, 0, edge);
}

/** The same, for an edge that belongs to `from` or a later node. Cost: by how far away that is, so that ascending edges are found at once. */
function sourceFrom({ firstEdge, nodeCount }: ExploredGraph, from: Ordinal, edge: number): Ordinal {
  let low = from;
  let step = 1;
  while (low + step < nodeCount && firstEdge[low + step] <= edge) {
    low += step;
    step *= 2;
  }
  let high = Math.min(low + step, nodeCount);
  while (low + 1 < high) {
    const middle = (low + high) >>> 1;
    if (firstEdge[middle] <= edge) low = middle;
    else high = middle;
  }
  return low;
}
