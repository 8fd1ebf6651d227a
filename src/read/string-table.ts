/** Bytes of one piece of a table: small enough that the last one wastes little. */
export const SEGMENT = 8 << 20;
const FOUR_GIB = 2 ** 32;
/** Strings that room is reserved for at once. What is not used is never touched and costs nothing. */
const MOST_AHEAD = 1 << 22;
/** No string longer than this is decoded whole: what a person is shown is far shorter. */
export const MAX_TEXT_BYTES = 16 << 20;
/** A text of no more units has all of its string. */
const SURELY_WHOLE = MAX_TEXT_BYTES / 8;

const utf8 = new TextDecoder('utf-8', { ignoreBOM: true });
const strictUtf8 = new TextDecoder('utf-8', { ignoreBOM: true, fatal: true });

/** A table as plain data, so that a worker can hand it over: the buffers are shared, nothing is copied. */
export interface StringTableData {
  readonly count: number;
  /** The strings' bytes end to end, as JSON text without quotes. */
  readonly segments: readonly SharedArrayBuffer[];
  /** Where each string ends, modulo 2^32. */
  readonly ends: Uint32Array;
  /** First string that ends at or behind each further 4 GiB. */
  readonly wraps: readonly number[];
  /** Ascending indexes of the strings that `MARKED_LENGTHS` marks, and of a few others. */
  readonly marked: Uint32Array;
}

/** The `strings` section: bytes in memory, decoded when a text is wanted. */
export class StringTable {
  readonly count: number;
  readonly data: StringTableData;
  readonly #views: readonly Buffer[];

  constructor(data: StringTableData) {
    this.data = data;
    this.count = data.count;
    this.#views = data.segments.map((segment) => Buffer.from(segment));
  }

  /** Where the bytes of string `index` end, counted from the first string's start; 0 for -1. */
  end(index: number): number {
    if (index < 0) return 0;
    const { ends, wraps } = this.data;
    let high = 0;
    while (high < wraps.length && index >= wraps[high]) high++;
    return high * FOUR_GIB + ends[index];
  }

  /** Bytes of string `index` as the file has them, escapes included. */
  byteLength(index: number): number {
    return this.end(index) - this.end(index - 1);
  }

  /** The escaped bytes, at most `limit`; a view where they lie in one piece. */
  bytes(index: number, limit = MAX_TEXT_BYTES): Uint8Array {
    return this.#slice(index, 0, limit);
  }

  /** What lies at a position and behind it: at most `limit` bytes, and fewer where a piece ends; none behind the last string. */
  bytesAt(position: number, limit: number): Uint8Array {
    const offset = position % SEGMENT;
    const piece = this.#views[Math.floor(position / SEGMENT)];
    return piece?.subarray(offset, Math.min(offset + limit, SEGMENT)) ?? new Uint8Array(0);
  }

  /** Whether string `index` begins with these escaped bytes. Nothing is copied: most strings differ in the first. */
  beginsWith(index: number, expected: Uint8Array): boolean {
    const start = this.end(index - 1);
    for (let at = 0; at < expected.length; at++) {
      const position = start + at;
      if (this.#views[Math.floor(position / SEGMENT)][position % SEGMENT] !== expected[at]) return false;
    }
    return true;
  }

  #slice(index: number, from: number, limit: number): Uint8Array {
    const start = this.end(index - 1) + from;
    const length = Math.min(this.end(index) - start, limit);
    const first = Math.floor(start / SEGMENT);
    const offset = start - first * SEGMENT;
    if (offset + length <= SEGMENT)
      return length === 0 ? new Uint8Array(0) : this.#views[first].subarray(offset, offset + length);
    const copy = new Uint8Array(length);
    let done = 0;
    for (let piece = first; done < length; piece++) {
      const begin = piece === first ? offset : 0;
      const count = Math.min(SEGMENT - begin, length - done);
      copy.set(this.#views[piece].subarray(begin, begin + count), done);
      done += count;
    }
    return copy;
  }

  /** The text of string `index`, cut where its bytes pass `limit`. Bytes that are no UTF-8 show as U+FFFD. */
  text(index: number, limit = MAX_TEXT_BYTES): string {
    const raw = this.#raw(index, limit);
    return raw.includes('\\') ? (JSON.parse(`"${raw}"`) as string) : raw;
  }

  /** The text with its escapes as they are. */
  #raw(index: number, limit: number): string {
    const start = this.end(index - 1);
    const length = this.end(index) - start;
    const segment = Math.floor(start / SEGMENT);
    const offset = start - segment * SEGMENT;
    // Most lie in one piece, and need no view of their own.
    if (length < limit && offset + length <= SEGMENT) {
      return length === 0 ? '' : this.#views[segment].toString('utf8', offset, offset + length);
    }
    const bytes = this.bytes(index, limit);
    return utf8.decode(bytes.length < limit ? bytes : bytes.subarray(0, cutBefore(bytes)));
  }

  /**
   * A text that two strings share exactly when they are the same name. It is the text itself, except where that would
   * merge names: with bytes that are no UTF-8, which all look alike when decoded, and past the length that is decoded.
   * `text`: what `text` gives for it.
   */
  identity(index: number, text = this.text(index)): string {
    // A unit of a text takes six bytes at most. Asked first, since this is called while all of it is still interpreted.
    if (text.length > SURELY_WHOLE && this.byteLength(index) >= MAX_TEXT_BYTES) return FOREIGN + this.#digest(index);
    if (!text.includes('\uFFFD')) return ownIdentity(text);
    const bytes = this.bytes(index);
    return isUtf8(bytes) ? ownIdentity(text) : FOREIGN + canonicalBytes(bytes).toString('latin1');
  }

  #digest(index: number): string {
    // Hardly ever asked for, and dear to load.
    const hash = process.getBuiltinModule('node:crypto').createHash('sha256');
    const length = this.byteLength(index);
    for (let from = 0; from < length; from += SEGMENT) hash.update(this.#slice(index, from, SEGMENT));
    return hash.digest('hex');
  }
}

// Two lone surrogates that a text hardly ever begins with keep both kinds of identity apart.
const FOREIGN = '\uDFFF';
const OWN = '\uDFFE';

function ownIdentity(text: string): string {
  return text.startsWith(FOREIGN) || text.startsWith(OWN) ? OWN + text : text;
}

function isUtf8(bytes: Uint8Array): boolean {
  try {
    strictUtf8.decode(bytes);
    return true;
  } catch {
    return false;
  }
}

/** The bytes with every run of escapes replaced by the bytes of its text, so that spelling makes no difference. */
function canonicalBytes(bytes: Uint8Array): Buffer {
  const raw = Buffer.from(bytes).toString('latin1');
  const plain = raw.replace(/(?:\\u[\da-fA-F]{4}|\\.)+/g, (escapes) => {
    const characters = Array.from(JSON.parse(`"${escapes}"`) as string, bytesOf);
    return Buffer.concat(characters).toString('latin1');
  });
  return Buffer.from(plain, 'latin1');
}

/** UTF-8, which is extended to lone surrogates in the obvious way: those have no proper encoding, but stay different. */
function bytesOf(character: string): Buffer {
  const code = character.codePointAt(0) ?? 0;
  if (code < 0xd800 || code > 0xdfff) return Buffer.from(character, 'utf8');
  return Buffer.from([0xe0 | (code >> 12), 0x80 | ((code >> 6) & 0x3f), 0x80 | (code & 0x3f)]);
}

/** Length up to which `bytes` can be cut without splitting an escape or a character. */
function cutBefore(bytes: Uint8Array): number {
  // An escape has 6 bytes at most and begins at a backslash that no odd run of backslashes precedes.
  let end = bytes.length - 12;
  while (end > 0 && (bytes[end] & 0xc0) === 0x80) end--;
  for (let back = 0; back < 6; back++) {
    const at = end - 1 - back;
    if (bytes[at] !== 0x5c) continue;
    let run = 0;
    while (at - run >= 0 && bytes[at - run] === 0x5c) run++;
    return run % 2 === 1 ? at : end;
  }
  return end;
}

/** Collects a table while the section is read. */
export class StringTableBuilder {
  readonly #segments: SharedArrayBuffer[] = [];
  readonly #wraps: number[] = [];
  readonly #marked: number[] = [];
  #ends: Uint32Array<SharedArrayBuffer>;
  #count = 0;
  #total = 0;
  /** Where the last whole string ends, modulo 2^32. */
  #last = 0;

  /** `most`: a bound on the strings to come. */
  constructor(most = 1 << 16) {
    this.#ends = new Uint32Array(new SharedArrayBuffer(4 * Math.min(most, MOST_AHEAD)));
  }

  /** Where the last whole string ends, modulo 2^32. */
  get last(): number {
    return this.#last;
  }

  /**
   * Appends bytes, where in all bytes so far the strings end that end in these, modulo 2^32, and the positions among those of the ones
   * that rules may name.
   */
  append(bytes: Uint8Array, ends: Uint32Array, marked: Uint32Array): void {
    this.#appendBytes(bytes);
    if (ends.length === 0) return;
    this.#reserve(this.#count + ends.length);
    this.#ends.set(ends, this.#count);
    for (const position of marked) this.#marked.push(this.#count + position);
    if (ends[ends.length - 1] < this.#last) this.#wraps.push(this.#count + firstBelow(ends, this.#last));
    this.#last = ends[ends.length - 1];
    this.#count += ends.length;
  }

  #appendBytes(bytes: Uint8Array): void {
    let done = 0;
    while (done < bytes.length) {
      const within = this.#total % SEGMENT;
      if (within === 0) this.#segments.push(new SharedArrayBuffer(SEGMENT));
      const count = Math.min(SEGMENT - within, bytes.length - done);
      new Uint8Array(this.#segments[this.#segments.length - 1], within, count).set(bytes.subarray(done, done + count));
      done += count;
      this.#total += count;
    }
  }

  #reserve(count: number): void {
    if (count <= this.#ends.length) return;
    const larger = new Uint32Array(new SharedArrayBuffer(4 * Math.max(count, this.#ends.length * 2)));
    larger.set(this.#ends);
    this.#ends = larger;
  }

  finish(): StringTable {
    return new StringTable({
      count: this.#count,
      segments: this.#segments,
      ends: this.#ends.subarray(0, this.#count),
      wraps: this.#wraps,
      marked: Uint32Array.from(this.#marked),
    });
  }
}

/** The first of `ends`, ascending but for one wrap, that lies behind it. */
function firstBelow(ends: Uint32Array, last: number): number {
  return ends.findIndex((end, index) => end < (index === 0 ? last : ends[index - 1]));
}
