import { closeSync, openSync, writeSync } from 'node:fs';

const BUFFER_BYTES = 1 << 20;
const LONGEST_NUMBER = 20;

/** Text into a file through one buffer: memory stays the same for any length, and a slow disk slows the writer down. */
export class FileWriter {
  #buffer = Buffer.allocUnsafe(BUFFER_BYTES);
  #used = 0;
  #file;
  bytesWritten = 0;

  /** @param {string} path */
  constructor(path) {
    this.#file = openSync(path, 'w');
  }

  text(text) {
    if (text.length * 3 > BUFFER_BYTES - this.#used) this.#flush();
    if (text.length * 3 > BUFFER_BYTES)
      throw new RangeError(`text: ${text.length} characters, the buffer takes ${BUFFER_BYTES / 3}`);
    this.#used += this.#buffer.utf8Write(text, this.#used);
  }

  /** One byte, ASCII. */
  byte(code) {
    if (this.#used === BUFFER_BYTES) this.#flush();
    this.#buffer[this.#used++] = code;
  }

  /** Digits by hand: `String(value)` for tens of millions of numbers takes longer than everything else together. */
  number(value) {
    if (this.#used + LONGEST_NUMBER > BUFFER_BYTES) this.#flush();
    let end = this.#used + digitCount(value);
    this.#used = end;
    do {
      const rest = Math.floor(value / 10);
      this.#buffer[--end] = 48 + value - rest * 10;
      value = rest;
    } while (value > 0);
  }

  close() {
    this.#flush();
    closeSync(this.#file);
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
