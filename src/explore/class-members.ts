import type { Ordinal } from '../base/types.js';
import type { ExploredGraph } from './explored-graph.js';
import { orderBy } from './radix-order.js';
import { sharedU32 } from './shared-arrays.js';

/** By what lists of nodes are sorted: sizes largest first, distances nearest first and what nothing reaches last; ties by ordinal. */
export const NODE_SORTS = ['retained', 'self', 'distance'] as const;
export type NodeSort = (typeof NODE_SORTS)[number];

/** The members of every class, as `classes()` counts them: nodes that have a self size. */
export interface ClassMembers {
  /** Members of class c: sorted[…][starts[c]] … sorted[…][starts[c + 1] - 1]. */
  readonly starts: Uint32Array;
  readonly sorted: Readonly<Record<NodeSort, Uint32Array>>;
}

/** All nodes by retained size. */
export interface RetainedOrder {
  readonly order: Uint32Array;
  /** Ordinal → place in it. */
  readonly rank: Uint32Array;
}

export function orderByRetained({ retainedSize, nodeCount }: ExploredGraph): RetainedOrder {
  const order = orderBy(retainedSize, 'descending');
  const rank = sharedU32(nodeCount);
  for (let place = 0; place < nodeCount; place++) rank[order[place]] = place;
  return { order, rank };
}

/** Cost: a sort of the nodes for each way to sort, and 4 bytes a member. */
export function listMembers(graph: ExploredGraph, byRetained: Uint32Array): ClassMembers {
  const starts = memberStarts(graph);
  const distances = Float64Array.from(graph.distance, (distance) =>
    distance < 0 ? Number.POSITIVE_INFINITY : distance,
  );
  return {
    starts,
    sorted: {
      retained: distribute(graph, starts, byRetained),
      self: distribute(graph, starts, orderBy(graph.selfSizes, 'descending')),
      distance: distribute(graph, starts, orderBy(distances, 'ascending')),
    },
  };
}

function memberStarts({ nodeCount, classOf, selfSizes, classCount }: ExploredGraph): Uint32Array {
  const starts = sharedU32(classCount + 1);
  for (let node = 0; node < nodeCount; node++) if (selfSizes[node] > 0) starts[classOf[node] + 1]++;
  for (let number = 0; number < classCount; number++) starts[number + 1] += starts[number];
  return starts;
}

/** Each class's members in the order of all nodes. */
function distribute({ classOf, selfSizes }: ExploredGraph, starts: Uint32Array, order: Uint32Array): Uint32Array {
  const next = starts.slice();
  const members = sharedU32(starts[starts.length - 1]);
  for (const node of order) if (selfSizes[node] > 0) members[next[classOf[node]]++] = node;
  return members;
}

/** Ids in ascending order, so that a node is found by its id. */
export function orderById({ id }: ExploredGraph): Uint32Array {
  return orderBy(id, 'ascending');
}

/** The first node with this id, -1 if there is none. Cost: a binary search. */
export function nodeWithId({ id }: Pick<ExploredGraph, 'id'>, byId: Uint32Array, wanted: number): Ordinal {
  let low = 0;
  let high = byId.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (id[byId[middle]] < wanted) low = middle + 1;
    else high = middle;
  }
  return low < byId.length && id[byId[low]] === wanted ? byId[low] : -1;
}
