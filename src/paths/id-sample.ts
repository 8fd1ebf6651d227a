import type { HeapView } from '../analysis/heap-view.js';
import type { Ordinal } from '../base/types.js';

/** Ids kept of a snapshot. The share of a thousandth that the test asks for shows in so many. */
const MOST_SAMPLES = 8192;

/**
 * A sample of a heap's own objects by their ids: the same ids are taken in every snapshot, so that two samples can be compared. Even ids
 * are the embedder's, which change from snapshot to snapshot.
 */
export interface IdSample {
  /** An id is taken where its hash ends in so many zero bits. */
  readonly level: number;
  /** Ascending. */
  readonly ids: Float64Array;
  /** Type and name of each, hashed. */
  readonly kinds: Uint32Array;
  /** The largest odd id of the snapshot; 0 if there is none. */
  readonly largest: number;
}

/** Cost: one pass over the ids. `labels`: a hash of each text, by string index (`labelStrings`); 0 where nobody asked for one. */
export function sampleIds(view: HeapView, labels: Uint32Array): IdSample {
  const { nodeCount } = view;
  let largest = 0;
  let level = 0;
  // Bits of a hash that are zero where an id is taken.
  let mask = 0;
  let taken: number[] = [];
  for (let node = 0; node < nodeCount; node++) {
    const id = view.id(node);
    if ((id & 1) === 0) continue;
    if (id > largest) largest = id;
    if ((hashOf(id) & mask) !== 0) continue;
    taken.push(node);
    while (taken.length > MOST_SAMPLES) {
      level++;
      mask = 2 * mask + 1;
      taken = taken.filter((other) => (hashOf(view.id(other)) & mask) === 0);
    }
  }
  taken.sort((a, b) => view.id(a) - view.id(b));
  const kind = (node: number) => (Math.imul(view.nodeType[node] + 1, 0x9e3779b1) ^ labels[view.nodeName[node]]) >>> 0;
  return {
    level,
    ids: Float64Array.from(taken, (node) => view.id(node)),
    kinds: Uint32Array.from(taken, kind),
    largest,
  };
}

const FOUR_GIB = 2 ** 32;

/** Neighbouring ids are born together, so that the low bits themselves would be a poor sample. */
export function hashOf(id: number): number {
  // Bit operations take a number modulo 2^32 by themselves, and a remainder of doubles is slow.
  let hash = (id ^ (id < FOUR_GIB ? 0 : Math.floor(id / FOUR_GIB))) >>> 0;
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}

function trailingZeros(hash: number): number {
  return hash === 0 ? 32 : 31 - Math.clz32(hash & -hash);
}

/** What two samples say about each other, over the ids that both levels take. */
export interface IdComparison {
  readonly common: number;
  /** Of these, with the same type and name. */
  readonly equal: number;
  readonly added: number;
  /** Of these, at or below the largest id of the earlier snapshot. */
  readonly addedBelow: number;
}

export function compareIds(earlier: IdSample, later: IdSample): IdComparison {
  const level = Math.max(earlier.level, later.level);
  let [common, equal, added, addedBelow] = [0, 0, 0, 0];
  let at = 0;
  for (const [position, id] of later.ids.entries()) {
    if (trailingZeros(hashOf(id)) < level) continue;
    while (at < earlier.ids.length && earlier.ids[at] < id) at++;
    if (earlier.ids[at] === id) {
      common++;
      if (earlier.kinds[at] === later.kinds[position]) equal++;
    } else {
      added++;
      if (id <= earlier.largest) addedBelow++;
    }
  }
  return { common, equal, added, addedBelow };
}

/** The newest of these nodes' ids, three at most. */
export function newestIds(view: HeapView, nodes: Iterable<Ordinal>): number[] {
  return Array.from(nodes, (node) => view.id(node))
    .sort((a, b) => b - a)
    .slice(0, 3);
}
