import { SnapshotError } from '../base/errors.js';

/** Bytes of all names and scripts together, about; a profile of 100 MB has some megabytes. */
const MOST_BYTES = 1 << 27;
/** What a text takes beside its characters: short ones would fill the memory as well. */
const BYTES_A_TEXT = 32;

/** Texts, each kept once and known by a number from then on: a script stands at every one of its frames. */
export class Texts {
  readonly #numbers = new Map<string, number>();
  readonly #texts: string[] = [];
  #bytes = 0;

  numberOf(text: string): number {
    const known = this.#numbers.get(text);
    if (known !== undefined) return known;
    this.#bytes += BYTES_A_TEXT + text.length;
    if (this.#bytes > MOST_BYTES) {
      const most = MOST_BYTES.toLocaleString('en-US');
      throw new SnapshotError('TOO_LARGE', `found more than ${most} bytes of names and scripts, expected fewer`);
    }
    const copy = copyOf(text);
    this.#numbers.set(copy, this.#texts.length);
    return this.#texts.push(copy) - 1;
  }

  at(number: number): string {
    return this.#texts[number];
  }
}

/** A part of a longer text would keep all of that in memory: a piece of the file for every name. */
function copyOf(text: string): string {
  return ` ${text}`.slice(1);
}
