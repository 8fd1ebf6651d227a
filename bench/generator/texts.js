import { Random, seedOf } from './random.js';

const WORD_COUNT = 4096;
const MARK_SHARE = 0.03;
const letters = 'abcdefghijklmnopqrstuvwxyz';
const marks = ['\n', '"', '\\', '\t', '\u00e9', '\u4e2d', '\u2713'];

/** As V8 writes it: pure ASCII, everything else as an escape. Without the quotes. */
export function quoted(text) {
  return JSON.stringify(text)
    .slice(1, -1)
    .replace(/[^\x20-\x7e]/g, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

/** Ready-made pieces of text, end to end as bytes of JSON. */
class Pieces {
  #bytes;
  #starts;

  /** @param {string[]} texts */
  constructor(texts) {
    const escaped = texts.map(quoted);
    this.#bytes = Buffer.from(escaped.join(''), 'latin1');
    this.#starts = new Uint32Array(texts.length + 1);
    escaped.forEach((text, index) => {
      this.#starts[index + 1] = this.#starts[index] + text.length;
    });
  }

  /** Writes piece `index`; returns how many bytes it has. */
  write(writer, index) {
    const [from, to] = [this.#starts[index], this.#starts[index + 1]];
    writer.bytes(this.#bytes, from, to);
    return to - from;
  }
}

const [DASH, MAIL, API, SLASH, QUESTION, EQUALS] = [0, 1, 2, 3, 4, 5];

/**
 * Texts that occur once, straight to bytes: as strings of JavaScript they would take half of the generator's time.
 * Each has its number in it, so no two are the same. Lengths as in a service: mostly 10 to 40 characters, one in fifty
 * up to V8's 1,024.
 */
export class FreshTexts {
  #fixed = new Pieces(['-', '@example.org', '/api/', '/', '?', '=']);
  #names;
  #prose;

  /** @param {import('./writer.js').FileWriter} writer */
  constructor(writer, seed) {
    Object.assign(this, { writer, seed });
    const random = new Random(seedOf(seed, WORD_COUNT));
    this.#names = new Pieces(Array.from({ length: WORD_COUNT }, () => makeName(random)));
    this.#prose = new Pieces(Array.from({ length: WORD_COUNT }, () => makeProse(random)));
  }

  write(index) {
    const random = new Random(seedOf(this.seed, index) ^ 0x51ed270b);
    const kind = random.next();
    this.writer.startString();
    if (kind < 0.35) this.#key(random, index);
    else if (kind < 0.5) this.#address(random, index);
    else if (kind < 0.65) this.#path(random, index);
    else if (kind < 0.75) this.#number(random, index);
    else this.#sentence(random, index, kind < 0.98 ? 12 + random.skewed(120) : 100 + random.below(900));
    this.writer.endString();
  }

  #key(random, index) {
    this.#name(random);
    this.#fixed.write(this.writer, DASH);
    this.writer.digits(index);
  }

  #address(random, index) {
    this.#name(random);
    this.writer.digits(index);
    this.#fixed.write(this.writer, MAIL);
  }

  #path(random, index) {
    this.#fixed.write(this.writer, API);
    this.#name(random);
    this.#fixed.write(this.writer, SLASH);
    this.writer.digits(index);
    this.#fixed.write(this.writer, QUESTION);
    this.#name(random);
    this.#fixed.write(this.writer, EQUALS);
    this.#name(random);
  }

  #number(random, index) {
    this.writer.digits(index);
    this.#fixed.write(this.writer, DASH);
    this.writer.digits(random.below(1e6));
  }

  #sentence(random, index, length) {
    this.writer.digits(index);
    for (let left = length; left > 0; ) left -= this.#prose.write(this.writer, random.below(WORD_COUNT));
  }

  #name(random) {
    this.#names.write(this.writer, random.below(WORD_COUNT));
  }
}

function makeName(random) {
  let name = '';
  for (let left = 3 + random.below(7); left > 0; left--) name += letters[random.skewed(letters.length)];
  return name;
}

function makeProse(random) {
  return random.chance(MARK_SHARE) ? marks[random.below(marks.length)] : ` ${makeName(random)}`;
}
