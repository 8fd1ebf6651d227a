import { createHmac } from 'node:crypto';
import { parseEphemeron } from '../analysis/ephemerons.js';
import type { RedactionLevel } from '../base/rewrite-types.js';
import type { StringTable } from '../read/string-table.js';
import { placeholder } from './placeholder-text.js';
import { PART_OF_KEY, TAG, USE } from './vocabulary.js';

/** Bytes of a text looked at a time. */
const PIECE = 1 << 20;
const BACKSLASH = 0x5c;
const LETTER_U = 0x75;
const DETACHED = 'Detached ';

/** Both names of a WeakMap's pair, as JSON text. */
const PAIR = /^(\d+ \/ part of key \()(.*?)( @\d+\) -> value \()(.*)( @\d+\) pair in WeakMap \(table @\d+\))$/s;

/** What stands in the place of texts: their length and a keyed hash, so that equal ones stay equal. */
export class Placeholders {
  readonly #strings: StringTable;
  readonly #key: Uint8Array;
  readonly #keepsTags: boolean;

  constructor(strings: StringTable, key: Uint8Array, level: RedactionLevel) {
    this.#strings = strings;
    this.#keepsTags = level !== 'full';
    this.#key = key;
  }

  /** For a string that is used in these ways; ASCII, as JSON has it between quotes. Structure that rules go by is kept. */
  of(index: number, uses: number): string {
    if ((uses & (USE.link | USE.own)) === 0) return this.#whole(index);
    const text = this.#strings.text(index);
    if (PART_OF_KEY.test(text)) return this.#pair(index, text);
    if ((uses & USE.own) === 0) return this.#whole(index);
    return text.startsWith(DETACHED) || TAG.test(text) ? this.#own(text) : this.#whole(index);
  }

  /** What is detached stays so, and elements are of one class as before. */
  #own(text: string): string {
    const [prefix, name] = text.startsWith(DETACHED) ? [DETACHED, text.slice(DETACHED.length)] : ['', text];
    const tag = TAG.exec(name)?.[0];
    if (tag === undefined) return prefix + this.#part(name);
    if (this.#keepsTags && /^[\w :<.-]+$/.test(tag)) return `${prefix}${tag}${this.#part(name.slice(tag.length))}>`;
    return prefix + this.#part(tag);
  }

  /** Ids stay, which say where names are to be looked for. What rules do not take for a pair must not become one. */
  #pair(index: number, text: string): string {
    const strings = this.#strings;
    const isPair = parseEphemeron(strings, index, strings.byteLength(index)) !== undefined;
    const parts = isPair ? PAIR.exec(Buffer.from(strings.bytes(index)).toString('latin1')) : null;
    if (parts !== null) return `${parts[1]}${this.#part(parts[2])}${parts[3]}${this.#part(parts[4])}${parts[5]}`;
    const lead = PART_OF_KEY.exec(text)?.[0] ?? '';
    return lead + this.#part(text.slice(lead.length));
  }

  #part(text: string): string {
    const hash = createHmac('sha256', this.#key).update(text).digest('hex');
    return placeholder(text.length, hash);
  }

  #whole(index: number): string {
    const strings = this.#strings;
    const end = strings.end(index);
    const hash = createHmac('sha256', this.#key);
    const length = new LengthCount();
    for (let at = strings.end(index - 1); at < end; ) {
      const bytes = strings.bytesAt(at, Math.min(end - at, PIECE));
      hash.update(bytes);
      length.add(bytes);
      at += bytes.length;
    }
    return placeholder(length.units, hash.digest('hex'));
  }
}

/** Counts the UTF-16 units of JSON text in UTF-8 that comes in pieces. */
class LengthCount {
  units = 0;
  /** Bytes of an escape still to come. */
  #left = 0;
  #isEscape = false;

  add(bytes: Uint8Array): void {
    for (const byte of bytes) {
      if (this.#left > 0) this.#left--;
      else if (this.#isEscape) {
        this.#isEscape = false;
        if (byte === LETTER_U) this.#left = 4;
      } else if ((byte & 0xc0) !== 0x80) {
        this.units += byte >= 0xf0 ? 2 : 1;
        this.#isEscape = byte === BACKSLASH;
      }
    }
  }
}
