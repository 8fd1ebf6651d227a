import { type Direction, orderBy } from './radix-order.js';

/** A part of a list. */
export interface Page {
  readonly offset: number;
  readonly limit: number;
}

/** Below this a comparison is sooner done than counts of digits. */
const SHORT = 4096;

/** Positions of a list by their keys, which are 0 or more, equal keys by position. */
export function rankedPositions(keys: Float64Array, direction: Direction): Uint32Array {
  if (keys.length > SHORT) return orderBy(keys, direction);
  const sign = direction === 'ascending' ? 1 : -1;
  const positions = Uint32Array.from({ length: keys.length }, (_, position) => position);
  return positions.sort((a, b) => (keys[a] === keys[b] ? a - b : sign * (keys[a] - keys[b])));
}

export function partOf(list: Uint32Array, { offset, limit }: Page): Uint32Array {
  return list.subarray(Math.min(offset, list.length), Math.min(offset + limit, list.length));
}
