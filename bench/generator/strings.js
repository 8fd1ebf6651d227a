import { Random, seedOf } from './random.js';

const NUMERIC = 0x40000000;
const FRESH = 0x80000000;

/**
 * The string table, three parts in a row: fixed words, texts that occur once, and the numbers that name internal edges.
 * How long the parts become is known only after planning, so nodes and edges carry a tagged reference until they are written.
 */
export class StringTable {
  #fixed = new Map();
  #words = [];
  #freshCount = 0;
  #numericCount = 0;

  fixed(text) {
    let index = this.#fixed.get(text);
    if (index === undefined) {
      index = this.#words.push(text) - 1;
      this.#fixed.set(text, index);
    }
    return index;
  }

  wordAt(index) {
    return this.#words[index];
  }

  numeric(value) {
    if (value >= this.#numericCount) this.#numericCount = value + 1;
    return value + NUMERIC;
  }

  fresh(index) {
    if (index >= this.#freshCount) this.#freshCount = index + 1;
    return index + FRESH;
  }

  /** The string index that a reference has in the file. */
  indexOf(reference) {
    if (reference < NUMERIC) return reference;
    if (reference >= FRESH) return this.#words.length + reference - FRESH;
    return this.#words.length + this.#freshCount + reference - NUMERIC;
  }

  words() {
    return this.#words;
  }

  *numbers() {
    for (let value = 0; value < this.#numericCount; value++) yield String(value);
  }
}

const letters = 'abcdefghijklmnopqrstuvwxyz';
const marks = ['\n', '"', '\\', '\t', '\u00e9', '\u4e2d', '\u2713'];

/** A text that no other fresh string has; lengths as in a service: most below 50 characters, one in twenty near V8's 1,024. */
export function freshText(seed, index) {
  const random = new Random(seedOf(seed, index) ^ 0x51ed270b);
  const kind = random.next();
  if (kind < 0.3) return `${word(random, 3 + random.below(4))}-${index}`;
  if (kind < 0.5) return `${word(random, 4 + random.below(6))}${index}@example.org`;
  if (kind < 0.7) return `/api/${word(random, 6)}/${index}?${word(random, 4)}=${word(random, 5)}`;
  if (kind < 0.75) return `${random.below(1e9)}${index}`;
  return prose(random, index, kind < 0.95 ? 30 + random.skewed(700) : 400 + random.below(624));
}

function word(random, length) {
  let text = '';
  while (text.length < length) text += letters[random.skewed(26)];
  return text;
}

function prose(random, index, length) {
  let text = `${index}`;
  while (text.length < length)
    text += random.chance(0.03) ? marks[random.below(marks.length)] : ` ${word(random, 2 + random.below(8))}`;
  return text.slice(0, 1024);
}

/** As V8 writes it: pure ASCII, everything else as an escape. */
export function quoted(text) {
  return JSON.stringify(text).replace(
    /[^\x20-\x7e]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
