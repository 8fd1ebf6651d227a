import type { Bytes, Ordinal } from '../base/types.js';
import type { Names, TextView } from './names.js';
import { Facts } from './string-facts.js';
import { TextNumbers } from './text-numbers.js';

/** Strings that DevTools takes for duplicates of each other have one group (S12). */
export interface StringGroups {
  readonly size: number;
  /** Group + 1 by ordinal; 0 for what is no string, or none that counts. */
  readonly groupOf: Uint32Array;
  readonly counts: Uint32Array;
  readonly bytes: Float64Array;
  /** Self size of each group's largest string. */
  readonly largest: Float64Array;
  /** Whether its strings are certainly equal: their texts are whole, or the file knows their length and hash. */
  isCertain(group: number): boolean;
  text(group: number): string;
  /** In UTF-16 units: what the file says of a truncated text, else what it has of it. */
  textLength(group: number): number;
}

/**
 * Flat and concatenated strings by text. Not those of concatenated ones that V8 has made flat, which have their text from another one,
 * nor nodes without a size, which stand for numbers. Cost: one pass over the nodes, 4 bytes each, and the texts.
 */
export function groupStrings(view: TextView, names: Names): StringGroups {
  const { string, 'concatenated string': concatenated } = view.nodeTypes;
  const texts = new TextNumbers(view, names);
  const groups = new Grouping(texts, new Facts(view, names));
  const groupOf = new Uint32Array(view.nodeCount);
  for (let node = 0; node < view.nodeCount; node++) {
    const type = view.nodeType[node];
    if (type !== string && type !== concatenated) continue;
    const size = view.selfSize(node);
    if (size === 0 || (type === concatenated && texts.isFlattened(node))) continue;
    groupOf[node] = 1 + groups.add(node, size);
  }
  return { groupOf, ...groups.finish() };
}

/** What the file says of a truncated text besides its beginning. */
interface Truncation {
  readonly length: number | undefined;
  readonly hash: number | undefined;
}

class Grouping {
  readonly #texts: TextNumbers;
  readonly #facts: Facts;
  /** Group + 1 by number of a text, where the text is not said to be truncated. */
  readonly #ofText = new Growing(Uint32Array);
  readonly #ofTruncated = new Map<string, number>();
  readonly #textOf = new Growing(Uint32Array);
  readonly #counts = new Growing(Uint32Array);
  readonly #bytes = new Growing(Float64Array);
  readonly #largest = new Growing(Float64Array);
  readonly #truncations = new Map<number, Truncation>();
  #size = 0;

  constructor(texts: TextNumbers, facts: Facts) {
    this.#texts = texts;
    this.#facts = facts;
  }

  add(node: Ordinal, size: Bytes): number {
    const text = this.#texts.of(node);
    const group = this.#facts.isTruncated(node) ? this.#truncated(node, text) : this.#whole(text);
    this.#counts.at(group)[group]++;
    this.#bytes.at(group)[group] += size;
    const largest = this.#largest.at(group);
    if (largest[group] < size) largest[group] = size;
    return group;
  }

  finish(): Omit<StringGroups, 'groupOf'> {
    const size = this.#size;
    const textOf = this.#textOf.at(size);
    const text = (group: number) => this.#texts.text(textOf[group]);
    return {
      size,
      counts: this.#counts.at(size),
      bytes: this.#bytes.at(size),
      largest: this.#largest.at(size),
      text,
      isCertain: (group) => {
        const truncation = this.#truncations.get(group);
        if (truncation === undefined) return !this.#texts.isCut(textOf[group]);
        return truncation.length !== undefined && truncation.hash !== undefined;
      },
      textLength: (group) => this.#truncations.get(group)?.length ?? text(group).length,
    };
  }

  #whole(text: number): number {
    const ofText = this.#ofText.at(text);
    if (ofText[text] === 0) ofText[text] = 1 + this.#next(text);
    return ofText[text] - 1;
  }

  /** As DevTools has it, what is unknown equals what is unknown. */
  #truncated(node: Ordinal, text: number): number {
    const truncation = { length: this.#facts.int(node, 'length'), hash: this.#facts.int(node, 'hash') };
    const key = `${text},${truncation.length},${truncation.hash}`;
    let group = this.#ofTruncated.get(key);
    if (group === undefined) {
      group = this.#next(text);
      this.#ofTruncated.set(key, group);
      this.#truncations.set(group, truncation);
    }
    return group;
  }

  #next(text: number): number {
    const group = this.#size++;
    this.#textOf.at(group)[group] = text;
    return group;
  }
}

/** An array of zeros that has room for whatever is asked for. */
class Growing<T extends Uint32Array | Float64Array> {
  readonly #make: new (
    length: number,
  ) => T;
  #values: T;

  constructor(make: new (length: number) => T) {
    this.#make = make;
    this.#values = new make(1024);
  }

  at(index: number): T {
    if (index >= this.#values.length) {
      const larger = new this.#make(2 * index);
      larger.set(this.#values);
      this.#values = larger;
    }
    return this.#values;
  }
}
