import type { Ordinal } from '../base/types.js';
import type { TextView } from './names.js';
import { NodeList } from './node-list.js';
import { hashEntries } from './text-hashes.js';
import { sieveBits } from './texts.js';

/** Strings, and the hashes of their texts. */
export interface HashedStrings {
  readonly nodes: Uint32Array;
  readonly hashes: Uint32Array;
}

/** The strings of a snapshot. Those without a size stand for numbers. */
export interface StringSearch {
  /** All concatenated ones, ascending. */
  readonly concatenated: Uint32Array;
  /** Those of them that have a size. */
  readonly ropes: Uint32Array;
  /** Of flat ones' texts, by string index. */
  readonly hashes: Uint32Array;
  /** Flat strings with a size whose hash may come more than once among theirs and `further`, and further strings of which the same is true. */
  alike(further: Uint32Array, furtherHashes: Uint32Array): HashedStrings;
}

/** By arrays alone. Cost: one pass over the nodes, and one over the texts. */
export class PlainStringSearch implements StringSearch {
  readonly concatenated: Uint32Array;
  readonly ropes: Uint32Array;
  readonly hashes: Uint32Array;
  readonly #flat: Uint32Array;
  readonly #indexes: Uint32Array;

  constructor(view: TextView) {
    const { flat, indexes, concatenated, isUsed } = listStrings(view);
    this.concatenated = concatenated;
    this.ropes = concatenated.filter((node) => view.selfSize(node) > 0);
    this.hashes = hashEntries(view.strings, isUsed);
    this.#flat = flat;
    this.#indexes = indexes;
  }

  alike(further: Uint32Array, furtherHashes: Uint32Array): HashedStrings {
    const [flat, indexes, hashes] = [this.#flat, this.#indexes, this.hashes];
    const sieve = new Sieve(flat.length + further.length);
    for (let at = 0; at < flat.length; at++) sieve.add(hashes[indexes[at]]);
    for (const hash of furtherHashes) sieve.add(hash);
    const alike = { nodes: new NodeList(), hashes: new NodeList() };
    const keep = (node: Ordinal, hash: number) => {
      if (!sieve.isTwice(hash)) return;
      alike.nodes.add(node);
      alike.hashes.add(hash);
    };
    for (let at = 0; at < flat.length; at++) keep(flat[at], hashes[indexes[at]]);
    for (let at = 0; at < further.length; at++) keep(further[at], furtherHashes[at]);
    return { nodes: alike.nodes.all, hashes: alike.hashes.all };
  }
}

/** Flat ones with a size, which entries of the table they are, and all concatenated ones. */
function listStrings(view: TextView) {
  const { nodeCount, nodeType, nodeName, nodeTypes } = view;
  const { string, 'concatenated string': rope } = nodeTypes;
  const [flat, indexes, concatenated] = [new NodeList(), new NodeList(), new NodeList()];
  const isUsed = new Uint8Array(view.strings.count);
  for (let node = 0; node < nodeCount; node++) {
    const type = nodeType[node];
    if (type === rope) concatenated.add(node);
    if (type !== string || view.selfSize(node) === 0) continue;
    flat.add(node);
    indexes.add(nodeName[node]);
    isUsed[nodeName[node]] = 1;
  }
  return { flat: flat.all, indexes: indexes.all, concatenated: concatenated.all, isUsed };
}

/** Tells hashes that have come more than once, as far as some of their bits tell. */
class Sieve {
  readonly #mask: number;
  readonly #once: Uint32Array;
  readonly #twice: Uint32Array;

  constructor(most: number) {
    const bits = sieveBits(most);
    this.#mask = bits - 1;
    this.#once = new Uint32Array(bits / 32);
    this.#twice = new Uint32Array(bits / 32);
  }

  add(hash: number): void {
    const word = (hash & this.#mask) >>> 5;
    const bit = 1 << (hash & 31);
    this.#twice[word] |= this.#once[word] & bit;
    this.#once[word] |= bit;
  }

  isTwice(hash: number): boolean {
    return (this.#twice[(hash & this.#mask) >>> 5] & (1 << (hash & 31))) !== 0;
  }
}
