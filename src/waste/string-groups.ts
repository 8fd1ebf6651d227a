import type { HeapView } from '../analysis/heap-view.js';
import type { Bytes, Ordinal } from '../base/types.js';
import type { Names } from './names.js';
import { NodeList, nodesOfTypes } from './node-list.js';
import { Facts } from './string-facts.js';
import { TextNumbers } from './text-numbers.js';

/** Strings that DevTools takes for duplicates of each other have one group (S12). */
export interface StringGroups {
  readonly size: number;
  /** Strings that may have a duplicate, ascending, and the group of each. All that have one are among them. */
  readonly nodes: Uint32Array;
  readonly groups: Uint32Array;
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
 * nor nodes without a size, which stand for numbers. Cost: one pass over the nodes, two over the strings, and the texts.
 */
export function groupStrings(view: HeapView, names: Names): StringGroups {
  const { string, 'concatenated string': concatenated } = view.nodeTypes;
  const strings = nodesOfTypes(view, string, concatenated);
  const texts = new TextNumbers(view, names, strings);
  const nodes = likeOthers(
    texts,
    strings.filter((node) => {
      if (view.selfSize(node) === 0) return false;
      return view.nodeType[node] !== concatenated || !texts.isFlattened(node);
    }),
  );
  const groups = new Uint32Array(nodes.length);
  for (let at = 0; at < nodes.length; at++) groups[at] = texts.of(nodes[at]);
  const grouping = new Grouping(texts, new Facts(view, names), nodes.length);
  for (let at = 0; at < nodes.length; at++) groups[at] = grouping.add(nodes[at], groups[at], view.selfSize(nodes[at]));
  return { nodes, groups, ...grouping.finish() };
}

/** Bits for each string: of all that are alone, one in so many is taken for one that is not. */
const SIEVE = 8;

/** Those whose text's hash is another one's as well, as far as some of its bits tell. */
function likeOthers(texts: TextNumbers, strings: Uint32Array): Uint32Array {
  const bits = 2 ** Math.ceil(Math.log2(SIEVE * strings.length + 32));
  const [once, twice] = [new Uint32Array(bits / 32), new Uint32Array(bits / 32)];
  const places = new Uint32Array(strings.length);
  for (let at = 0; at < strings.length; at++) {
    const place = texts.hashOf(strings[at]) & (bits - 1);
    const [word, bit] = [place >>> 5, 1 << (place & 31)];
    twice[word] |= once[word] & bit;
    once[word] |= bit;
    places[at] = place;
  }
  const alike = new NodeList();
  for (let at = 0; at < strings.length; at++) {
    if ((twice[places[at] >>> 5] & (1 << (places[at] & 31))) !== 0) alike.add(strings[at]);
  }
  return alike.all;
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
  readonly #ofText: Uint32Array;
  readonly #ofTruncated = new Map<string, number>();
  readonly #textOf: Uint32Array;
  readonly #counts: Uint32Array;
  readonly #bytes: Float64Array;
  readonly #largest: Float64Array;
  readonly #truncations = new Map<number, Truncation>();
  #size = 0;

  /** `texts`: all have their numbers. `most`: strings that are going to be added. */
  constructor(texts: TextNumbers, facts: Facts, most: number) {
    this.#texts = texts;
    this.#facts = facts;
    this.#ofText = new Uint32Array(texts.count);
    this.#textOf = new Uint32Array(most);
    this.#counts = new Uint32Array(most);
    this.#bytes = new Float64Array(most);
    this.#largest = new Float64Array(most);
  }

  add(node: Ordinal, text: number, size: Bytes): number {
    const group = this.#facts.isTruncated(node) ? this.#truncated(node, text) : this.#whole(text);
    this.#counts[group]++;
    this.#bytes[group] += size;
    if (this.#largest[group] < size) this.#largest[group] = size;
    return group;
  }

  finish(): Omit<StringGroups, 'nodes' | 'groups'> {
    const size = this.#size;
    const textOf = this.#textOf;
    const text = (group: number) => this.#texts.text(textOf[group]);
    return {
      size,
      counts: this.#counts,
      bytes: this.#bytes,
      largest: this.#largest,
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
    if (this.#ofText[text] === 0) this.#ofText[text] = 1 + this.#next(text);
    return this.#ofText[text] - 1;
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
    this.#textOf[group] = text;
    return group;
  }
}
