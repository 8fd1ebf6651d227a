import { type Direction, orderBy } from './radix-order.js';

/** A part of a list. */
export interface Page {
  readonly offset: number;
  readonly limit: number;
}

/** Below this a comparison is sooner done than counts of digits. */
const SHORT = 4096;

/** Positions of a list by their keys, which are 0 or more, equal keys by position. */
export function rankedPositions(keys: Float64Array | Uint32Array, direction: Direction): Uint32Array {
  if (keys.length > SHORT) return orderBy(keys, direction);
  const sign = direction === 'ascending' ? 1 : -1;
  const positions = Uint32Array.from({ length: keys.length }, (_, position) => position);
  return positions.sort((a, b) => (keys[a] === keys[b] ? a - b : sign * (keys[a] - keys[b])));
}

export function partOf(list: Uint32Array, { offset, limit }: Page): Uint32Array {
  return list.subarray(Math.min(offset, list.length), Math.min(offset + limit, list.length));
}

/** Nodes of a list, each once, by their places in an order of all nodes; in a list of its own. */
export function inOrder(
  nodes: Uint32Array,
  { order, rank }: { readonly order: Uint32Array; readonly rank: Uint32Array },
): Uint32Array {
  const ranks = new Uint32Array(nodes.length);
  for (let at = 0; at < nodes.length; at++) ranks[at] = rank[nodes[at]];
  const positions = rankedPositions(ranks, 'ascending');
  for (let at = 0; at < positions.length; at++) positions[at] = order[ranks[positions[at]]];
  return positions;
}
