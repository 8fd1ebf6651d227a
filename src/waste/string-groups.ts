import type { Bytes, Ordinal } from '../base/types.js';
import type { Names, TextView } from './names.js';
import { Facts } from './string-facts.js';
import type { StringSearch } from './string-search.js';
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
 * nor nodes without a size, which stand for numbers. Cost: what the search costs, and the texts that may be alike.
 */
export function groupStrings(view: TextView, names: Names, search: StringSearch): StringGroups {
  const texts = new TextNumbers(view, names, search);
  const whole = search.ropes.filter((node) => !texts.isFlattened(node));
  const alike = search.alike(
    whole,
    whole.map((node) => texts.hashOf(node)),
  );
  const repeated = repeatedIn(alike.hashes);
  const nodes = alike.nodes.filter((_, at) => repeated.has(alike.hashes[at])).sort();
  const numbers = Uint32Array.from(nodes, (node) => texts.of(node));
  const grouping = new Grouping(texts, new Facts(view, names), nodes.length);
  const groups = numbers.map((text, at) => grouping.add(nodes[at], text, view.selfSize(nodes[at])));
  return { nodes, groups, ...grouping.finish() };
}

/** Those of the numbers that come more than once. */
function repeatedIn(numbers: Uint32Array): ReadonlySet<number> {
  const sorted = numbers.slice().sort();
  return new Set(sorted.filter((number, at) => at > 0 && number === sorted[at - 1]));
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
