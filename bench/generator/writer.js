import { closeSync, openSync, readSync, rmSync, writeSync } from 'node:fs';

const BUFFER_BYTES = 1 << 20;
const LONGEST_NUMBER = 20;
/** Room that `startString` makes: V8 cuts texts at 1,024 characters, of which each takes six bytes as an escape. */
const LONGEST_STRING = 8192;
const LARGEST_INTEGER = 0x7fffffff;

const [ZERO, COMMA, OPENING, QUOTE] = [0x30, 0x2c, 0x5b, 0x22];

/** JSON into a file through one buffer: memory stays the same for any length, and a slow disk slows the writer down. */
export class FileWriter {
  #buffer = Buffer.allocUnsafe(BUFFER_BYTES);
  #used = 0;
  #file;
  /** What the next item of a list stands behind. */
  #separator = OPENING;
  bytesWritten = 0;

  /** @param {string} path */
  constructor(path) {
    this.path = path;
    this.#file = openSync(path, 'w');
  }

  /** ASCII, as it is. */
  raw(text) {
    if (text.length > BUFFER_BYTES)
      throw new RangeError(`text: ${text.length} characters, the buffer takes ${BUFFER_BYTES}`);
    this.#reserve(text.length);
    this.#used += this.#buffer.latin1Write(text, this.#used);
  }

  beginList() {
    this.#separator = OPENING;
  }

  endList() {
    this.raw(this.#separator === OPENING ? '[]' : ']');
  }

  /** An item of a list. */
  number(value) {
    this.#reserve(LONGEST_NUMBER + 1);
    this.#separate();
    this.digits(value);
  }

  /** An item of a list, to be followed by `bytes` and `digits` of it and by `endString`. */
  startString() {
    this.#reserve(LONGEST_STRING);
    this.#separate();
    this.#buffer[this.#used++] = QUOTE;
  }

  endString() {
    this.#buffer[this.#used++] = QUOTE;
  }

  bytes(source, from, to) {
    const buffer = this.#buffer;
    let used = this.#used;
    // A loop: most pieces are shorter than what a call of `set` costs.
    for (let place = from; place < to; place++) buffer[used++] = source[place];
    this.#used = used;
  }

  /** Digits by hand: `String(value)` for hundreds of millions of numbers takes longer than everything else together. */
  digits(value) {
    const buffer = this.#buffer;
    let end = this.#used + digitCount(value);
    this.#used = end;
    let rest = value;
    // Beyond 31 bits the division is one of floating-point numbers, several times slower.
    while (rest > LARGEST_INTEGER) {
      const tenth = Math.floor(rest / 10);
      buffer[--end] = ZERO + (rest - tenth * 10);
      rest = tenth;
    }
    rest |= 0;
    do {
      const tenth = (rest / 10) | 0;
      buffer[--end] = ZERO + (rest - tenth * 10);
      rest = tenth;
    } while (rest > 0);
  }

  /** Moves the content of another writer to the end of this one's file. */
  take(other) {
    other.close();
    this.#flush();
    const source = openSync(other.path);
    for (;;) {
      this.#used = readSync(source, this.#buffer, 0, BUFFER_BYTES, null);
      if (this.#used === 0) break;
      this.#flush();
    }
    closeSync(source);
    rmSync(other.path);
  }

  close() {
    this.#flush();
    closeSync(this.#file);
  }

  #separate() {
    this.#buffer[this.#used++] = this.#separator;
    this.#separator = COMMA;
  }

  #reserve(bytes) {
    if (this.#used + bytes > BUFFER_BYTES) this.#flush();
  }

  #flush() {
    for (let from = 0; from < this.#used; ) from += writeSync(this.#file, this.#buffer, from, this.#used - from);
    this.bytesWritten += this.#used;
    this.#used = 0;
  }
}

function digitCount(value) {
  let count = 1;
  for (let limit = 10; value >= limit; limit *= 10) count++;
  return count;
}
