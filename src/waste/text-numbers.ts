import type { Ordinal } from '../base/types.js';
import { SEGMENT } from '../read/string-table.js';
import type { Names, TextView } from './names.js';

/** V8 cuts texts here, and joins no more of a concatenated one than takes it this far (S8). */
export const CUT_LENGTH = 1024;
/** More steps than any string takes that V8 makes: its concatenated ones have 13 units at least, its parts none that are empty. */
const MOST_STEPS = 1 << 16;
const FNV_START = 0x811c9dc5;
const FNV_PRIME = 0x01000193;
const BACKSLASH = 0x5c;
const PENDING = 0xffff_ffff;

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
  readonly #segments: readonly Uint8Array[];
  /** Number + 1 by string index, and by ordinal for concatenated strings. */
  readonly #ofIndex: Uint32Array;
  #ofConcatenated: Uint32Array | undefined;
  /** By number: a node with the text, the text's hash, whether it may be longer than the file says, whether a joined one is empty. */
  readonly #example: Uint32Array;
  readonly #hash: Uint32Array;
  readonly #isCut: Uint8Array;
  readonly #isEmpty: Uint8Array;
  /** Number + 1, at the place of the hash or the next free one behind it. */
  readonly #slots: Uint32Array;

  constructor(view: TextView, names: Names) {
    this.#view = view;
    this.#first = names.indexes('first');
    this.#second = names.indexes('second');
    this.#segments = view.strings.data.segments.map((segment) => new Uint8Array(segment));
    const { string, 'concatenated string': concatenated } = view.nodeTypes;
    let strings = 0;
    for (let node = 0; node < view.nodeCount; node++) {
      const type = view.nodeType[node];
      if (type === string || type === concatenated) strings++;
    }
    this.#ofIndex = new Uint32Array(view.strings.count);
    this.#example = new Uint32Array(strings);
    this.#hash = new Uint32Array(strings);
    this.#isCut = new Uint8Array(strings);
    this.#isEmpty = new Uint8Array(strings);
    this.#slots = new Uint32Array(2 ** Math.ceil(Math.log2(2 * strings + 2)));
  }

  /** Of a node of type `string` or `concatenated string`. */
  of(node: Ordinal): number {
    return this.#isConcatenated(node) ? this.#concatenated(node) : this.#flat(node);
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
      const hash = this.#hashOfEntry(index) ?? hashOfText(strings.text(index));
      const isLong = strings.byteLength(index) >= CUT_LENGTH && strings.text(index).length >= CUT_LENGTH;
      this.#ofIndex[index] = 1 + this.#numberOf(node, hash, isLong);
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

  /** Undefined where bytes are not units one by one, or do not lie in one piece. */
  #hashOfEntry(index: number): number | undefined {
    const { strings } = this.#view;
    const start = strings.end(index - 1);
    const segment = Math.floor(start / SEGMENT);
    const from = start - segment * SEGMENT;
    const to = from + strings.byteLength(index);
    return to <= SEGMENT ? hashOfBytes(this.#segments[segment], from, to) : undefined;
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
    const number = this.count++;
    this.#slots[slot] = number + 1;
    this.#example[number] = node;
    this.#hash[number] = hash;
    this.#isCut[number] = Number(isCut);
    return number;
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

/** Undefined where bytes are not units one by one: an escape, or more than ASCII. */
function hashOfBytes(bytes: Uint8Array, from: number, to: number): number | undefined {
  let hash = FNV_START;
  for (let at = from; at < to; at++) {
    const byte = bytes[at];
    if (byte === BACKSLASH || byte >= 0x80) return undefined;
    hash = Math.imul(hash ^ byte, FNV_PRIME);
  }
  return finished(hash);
}

function hashOfText(text: string): number {
  let hash = FNV_START;
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), FNV_PRIME);
  return finished(hash);
}

/** The low bits say where to look first; FNV alone leaves them to the last unit. */
function finished(hash: number): number {
  return (hash ^ (hash >>> 15)) >>> 0;
}
