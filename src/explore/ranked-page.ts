import { candidatesFor, type Direction, type Keys, orderBy } from './radix-order.js';

/** A part of a list. */
export interface Page {
  readonly offset: number;
  readonly limit: number;
}

/** Below this a comparison is sooner done than counts of digits. */
const SHORT = 4096;
/** From this length on a list is not sorted for its first pages: those end before one of `FRONT` parts of it, and candidates for them are one of `FEW`. */
const LONG = 50_000;
const FRONT = 50;
const FEW = 4;

/** Positions of a list by their keys, equal keys by position. */
export function rankedPositions(keys: Keys, direction: Direction): Uint32Array {
  if (keys.length > SHORT) return orderBy(keys, direction);
  const sign = direction === 'ascending' ? 1 : -1;
  const positions = Uint32Array.from({ length: keys.length }, (_, position) => position);
  return positions.sort((a, b) => (keys[a] === keys[b] ? a - b : sign * (keys[a] - keys[b])));
}

export function partOf(list: Uint32Array, { offset, limit }: Page): Uint32Array {
  return list.subarray(Math.min(offset, list.length), Math.min(offset + limit, list.length));
}

/** A list in the order of its keys, sorted only as far as its first pages need. */
export class RankedList {
  readonly length: number;
  readonly #keys: Keys;
  readonly #direction: Direction;
  readonly #item: (position: number) => number;
  #all: Uint32Array | undefined;

  /** `item`: what stands at a position. */
  constructor(keys: Keys, direction: Direction, item: (position: number) => number) {
    this.length = keys.length;
    this.#keys = keys;
    this.#direction = direction;
    this.#item = item;
  }

  /** Cost: two looks at each key; for pages far from the front, and where many keys are much alike, a sort, once. */
  page(page: Page): number[] {
    const first = this.#all ?? this.#first(page.offset + page.limit);
    return Array.from(partOf(first, page), this.#item);
  }

  #first(wanted: number): Uint32Array {
    if (this.length > LONG && wanted <= this.length / FRONT) {
      const candidates = candidatesFor(this.#keys, this.#direction, wanted);
      if (candidates.length <= this.length / FEW) {
        const keys = new (this.#keys.constructor as Float64ArrayConstructor)(candidates.length);
        for (let at = 0; at < keys.length; at++) keys[at] = this.#keys[candidates[at]];
        return rankedPositions(keys, this.#direction).map((place) => candidates[place]);
      }
    }
    this.#all = rankedPositions(this.#keys, this.#direction);
    return this.#all;
  }
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
