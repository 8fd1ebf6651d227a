import type { Ordinal } from '../base/types.js';
import type { Names, TextView } from './names.js';
import type { StringSearch } from './string-search.js';
import { hashOfText } from './text-hashes.js';

/** V8 cuts texts here, and joins no more of a concatenated one than takes it this far (S8). */
export const CUT_LENGTH = 1024;
/** More steps than any string takes that V8 makes: its concatenated ones have 13 units at least, its parts none that are empty. */
const MOST_STEPS = 1 << 16;
const PENDING = 0xffff_ffff;
/** A power of two. */
const FIRST_ROOM = 1024;

/**
 * Numbers for the texts of strings, flat and concatenated: two have the same exactly when they show the same text. An entry of the
 * file's strings is decoded only where two hashes of different entries are equal or it has escapes.
 */
export class TextNumbers {
  /** How many numbers are given. */
  count = 0;
  readonly #view: TextView;
  readonly #first: readonly number[];
  readonly #second: readonly number[];
  /** Of flat strings' texts, by string index. */
  readonly #hashOfIndex: Uint32Array;
  /** All concatenated strings, ascending, and for each of them number + 1. */
  readonly #concatenatedNodes: Uint32Array;
  readonly #ofConcatenated: Uint32Array;
  /** By number: a node with the text, the text's hash, whether it may be longer than the file says, whether a joined one is empty. */
  #example = new Uint32Array(FIRST_ROOM);
  #hash = new Uint32Array(FIRST_ROOM);
  #isCut = new Uint8Array(FIRST_ROOM);
  #isEmpty = new Uint8Array(FIRST_ROOM);
  /** Number + 1, at the place of the hash or the next free one behind it; twice the room of the others. */
  #slots = new Uint32Array(2 * FIRST_ROOM);

  /** `hashes`: of the texts of flat strings that are going to be asked for, by string index. `concatenated`: all such nodes, ascending. */
  constructor(view: TextView, names: Names, { hashes, concatenated }: Pick<StringSearch, 'hashes' | 'concatenated'>) {
    this.#view = view;
    this.#first = names.indexes('first');
    this.#second = names.indexes('second');
    this.#hashOfIndex = hashes;
    this.#concatenatedNodes = concatenated;
    this.#ofConcatenated = new Uint32Array(concatenated.length);
  }

  /** Of a node of type `string` or `concatenated string`. */
  of(node: Ordinal): number {
    return this.#isConcatenated(node) ? this.#concatenated(node) : this.#flat(node);
  }

  /** Of a concatenated string's text. */
  hashOf(node: Ordinal): number {
    return this.#hash[this.#concatenated(node)];
  }

  /** Whether there may be more of the text than is known. */
  isCut(number: number): boolean {
    return this.#isCut[number] === 1;
  }

  /** The text as far as it is known. */
  text(number: number): string {
    return this.#textOf(this.#example[number]);
  }

  /** Whether a concatenated string has been made flat: one of its halves is empty then. */
  isFlattened(node: Ordinal): boolean {
    const { firstEdge, edgeType, edgeName, edgeTo, edgeTypes } = this.#view;
    for (let edge = firstEdge[node]; edge < firstEdge[node + 1]; edge++) {
      if (edgeType[edge] !== edgeTypes.internal) continue;
      if (!this.#first.includes(edgeName[edge]) && !this.#second.includes(edgeName[edge])) continue;
      const half = edgeTo[edge];
      const isEmpty = this.#isConcatenated(half)
        ? this.#isEmpty[this.#concatenated(half)] === 1
        : this.#view.names.raw(half) === '';
      if (isEmpty) return true;
    }
    return false;
  }

  #flat(node: Ordinal): number {
    const { strings, nodeName } = this.#view;
    const index = nodeName[node];
    const isLong = () => strings.byteLength(index) >= CUT_LENGTH && strings.text(index).length >= CUT_LENGTH;
    return this.#numberOf(node, this.#hashOfIndex[index], isLong);
  }

  /** Whether two nodes have one entry of the file's strings for their text. */
  #isSameEntry(one: Ordinal, other: Ordinal): boolean {
    const { nodeType, nodeName } = this.#view;
    return nodeName[one] === nodeName[other] && nodeType[one] === nodeType[other] && !this.#isConcatenated(one);
  }

  /**
   * Each string on the way down the first halves gets its number, the lowest first: one whose first half fills what is joined shows that
   * half's text, so that a million appended letters are no longer way than one.
   */
  #concatenated(node: Ordinal): number {
    const numbers = this.#ofConcatenated;
    const position = this.#positionOf(node);
    const pending: Ordinal[] = [];
    let next = node;
    for (let at = position; at >= 0 && numbers[at] === 0; at = this.#positionOf(next)) {
      numbers[at] = PENDING;
      pending.push(next);
      [next] = this.#partsOf(next);
    }
    for (let last = pending.pop(); last !== undefined; last = pending.pop()) {
      const first = this.#positionOf(this.#partsOf(last)[0]);
      const known = first < 0 ? 0 : numbers[first];
      const isFull = known !== 0 && known !== PENDING && this.isCut(known - 1);
      numbers[this.#positionOf(last)] = isFull ? known : 1 + this.#joinedNumber(last);
    }
    return numbers[position] - 1;
  }

  /** Among the concatenated strings; -1 for any other node. */
  #positionOf(node: Ordinal): number {
    if (!this.#isConcatenated(node)) return -1;
    const nodes = this.#concatenatedNodes;
    let [low, high] = [0, nodes.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (nodes[middle] < node) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  #joinedNumber(node: Ordinal): number {
    const text = this.#joined(node);
    const number = this.#numberOf(node, hashOfText(text), () => text.length >= CUT_LENGTH, text);
    this.#isEmpty[number] = Number(text === '');
    return number;
  }

  #numberOf(node: Ordinal, hash: number, isCut: () => boolean, text?: string): number {
    const mask = this.#slots.length - 1;
    let slot = hash & mask;
    let own = text;
    for (; this.#slots[slot] !== 0; slot = (slot + 1) & mask) {
      const number = this.#slots[slot] - 1;
      if (this.#hash[number] !== hash) continue;
      if (this.#isSameEntry(this.#example[number], node)) return number;
      own ??= this.#textOf(node);
      if (this.text(number) === own) return number;
    }
    if (this.count === this.#example.length) {
      this.#grow();
      return this.#numberOf(node, hash, isCut, own);
    }
    const number = this.count++;
    this.#slots[slot] = number + 1;
    this.#example[number] = node;
    this.#hash[number] = hash;
    this.#isCut[number] = Number(isCut());
    return number;
  }

  #grow(): void {
    const room = 2 * this.count;
    this.#example = grown(this.#example, new Uint32Array(room));
    this.#hash = grown(this.#hash, new Uint32Array(room));
    this.#isCut = grown(this.#isCut, new Uint8Array(room));
    this.#isEmpty = grown(this.#isEmpty, new Uint8Array(room));
    this.#slots = new Uint32Array(2 * room);
    const mask = 2 * room - 1;
    for (let number = 0; number < this.count; number++) {
      let slot = this.#hash[number] & mask;
      while (this.#slots[slot] !== 0) slot = (slot + 1) & mask;
      this.#slots[slot] = number + 1;
    }
  }

  #textOf(node: Ordinal): string {
    return this.#isConcatenated(node) ? this.#joined(node) : this.#view.strings.text(this.#view.nodeName[node]);
  }

  /** As `NodeNames` joins it. */
  #joined(node: Ordinal): string {
    const stack = [node];
    let text = '';
    for (let steps = 0; stack.length > 0 && text.length < CUT_LENGTH && steps < MOST_STEPS; steps++) {
      const next = stack.pop() as Ordinal;
      if (this.#isConcatenated(next)) stack.push(...this.#partsOf(next).reverse());
      else text += this.#view.names.raw(next);
    }
    return text;
  }

  /** First and second half, as `NodeNames` finds them: node 0 where there is none, and one that is node 0 is looked for again. */
  #partsOf(node: Ordinal): [Ordinal, Ordinal] {
    const { firstEdge, edgeType, edgeName, edgeTo, edgeTypes } = this.#view;
    let first = 0;
    let second = 0;
    for (let edge = firstEdge[node]; edge < firstEdge[node + 1] && (first === 0 || second === 0); edge++) {
      if (edgeType[edge] !== edgeTypes.internal) continue;
      if (this.#first.includes(edgeName[edge])) first = edgeTo[edge];
      else if (this.#second.includes(edgeName[edge])) second = edgeTo[edge];
    }
    return [first, second];
  }

  #isConcatenated(node: Ordinal): boolean {
    return this.#view.nodeType[node] === this.#view.nodeTypes['concatenated string'];
  }
}

function grown<T extends Uint8Array | Uint32Array>(values: T, larger: T): T {
  larger.set(values);
  return larger;
}
