import type { Ordinal } from '../base/types.js';
import type { Names, TextView } from './names.js';
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
 * file's strings is looked at once, however many nodes have it, and decoded only where two hashes are equal or it has escapes.
 */
export class TextNumbers {
  /** How many numbers are given. */
  count = 0;
  readonly #view: TextView;
  readonly #first: readonly number[];
  readonly #second: readonly number[];
  /** Of flat strings' texts, by string index. */
  readonly #hashOfIndex: Uint32Array;
  /** Number + 1 by string index, and by ordinal for concatenated strings. */
  readonly #ofIndex: Uint32Array;
  #ofConcatenated: Uint32Array | undefined;
  /** By number: a node with the text, the text's hash, whether it may be longer than the file says, whether a joined one is empty. */
  #example = new Uint32Array(FIRST_ROOM);
  #hash = new Uint32Array(FIRST_ROOM);
  #isCut = new Uint8Array(FIRST_ROOM);
  #isEmpty = new Uint8Array(FIRST_ROOM);
  /** Number + 1, at the place of the hash or the next free one behind it; twice the room of the others. */
  #slots = new Uint32Array(2 * FIRST_ROOM);

  /** `hashes`: of the texts of flat strings that are going to be asked for, by string index. */
  constructor(view: TextView, names: Names, hashes: Uint32Array) {
    this.#view = view;
    this.#first = names.indexes('first');
    this.#second = names.indexes('second');
    this.#hashOfIndex = hashes;
    this.#ofIndex = new Uint32Array(view.strings.count);
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
    if (this.#ofIndex[index] === 0) {
      const isLong = strings.byteLength(index) >= CUT_LENGTH && strings.text(index).length >= CUT_LENGTH;
      this.#ofIndex[index] = 1 + this.#numberOf(node, this.#hashOfIndex[index], isLong);
    }
    return this.#ofIndex[index] - 1;
  }

  /**
   * Each string on the way down the first halves gets its number, the lowest first: one whose first half fills what is joined shows that
   * half's text, so that a million appended letters are no longer way than one.
   */
  #concatenated(node: Ordinal): number {
    this.#ofConcatenated ??= new Uint32Array(this.#view.nodeCount);
    const numbers = this.#ofConcatenated;
    const pending: Ordinal[] = [];
    let at = node;
    while (this.#isConcatenated(at) && numbers[at] === 0) {
      numbers[at] = PENDING;
      pending.push(at);
      [at] = this.#partsOf(at);
    }
    for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
      const [first] = this.#partsOf(next);
      const known = this.#isConcatenated(first) ? numbers[first] : 0;
      const isFull = known !== 0 && known !== PENDING && this.isCut(known - 1);
      numbers[next] = isFull ? known : 1 + this.#joinedNumber(next);
    }
    return numbers[node] - 1;
  }

  #joinedNumber(node: Ordinal): number {
    const text = this.#joined(node);
    const number = this.#numberOf(node, hashOfText(text), text.length >= CUT_LENGTH, text);
    this.#isEmpty[number] = Number(text === '');
    return number;
  }

  #numberOf(node: Ordinal, hash: number, isCut: boolean, text?: string): number {
    const mask = this.#slots.length - 1;
    let slot = hash & mask;
    let own = text;
    for (; this.#slots[slot] !== 0; slot = (slot + 1) & mask) {
      const number = this.#slots[slot] - 1;
      if (this.#hash[number] !== hash) continue;
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
    this.#isCut[number] = Number(isCut);
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
