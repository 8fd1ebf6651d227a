import { SEGMENT, type StringTable } from '../read/string-table.js';

const BACKSLASH = 0x5c;
const BEYOND_ASCII = /[^\0-\x7f]/;

/** What no hash is. */
const NOT_HASHED = 0;

/**
 * Hashes of the texts that are wanted, by string index, in the order in which their bytes lie. A text is decoded only where its bytes are
 * not units one by one (an escape, or more than ASCII), or lie in two pieces. Cost: the bytes once, and 4 bytes a string.
 */
export function hashEntries(strings: StringTable, isWanted: Uint8Array): Uint32Array {
  const { ends, segments } = strings.data;
  const hashes = new Uint32Array(strings.count);
  const pieces = segments.map((segment) => new Uint8Array(segment));
  // A loop that reads another file's constant would read it by way of that file.
  const most = SEGMENT;
  let piece = 0;
  let from = 0;
  for (let index = 0; index < hashes.length; index++) {
    // Ends are modulo 2^32, and no string is as long as that.
    const length = (ends[index] - (index === 0 ? 0 : ends[index - 1])) >>> 0;
    if (isWanted[index] === 1) {
      const isWhole = length > 0 && from + length <= most;
      const hash = isWhole ? hashOfBytes(pieces[piece], from, from + length) : NOT_HASHED;
      hashes[index] = hash === NOT_HASHED ? hashOfText(strings.text(index)) : hash;
    }
    from += length;
    for (; from >= most; from -= most) piece++;
  }
  return hashes;
}

function hashOfBytes(bytes: Uint8Array, from: number, to: number): number {
  let hash = 0;
  for (let at = from; at < to; at += 4) {
    let word = 0;
    for (let byte = Math.min(at + 4, to) - 1; byte >= at; byte--) {
      if (bytes[byte] === BACKSLASH || bytes[byte] >= 0x80) return NOT_HASHED;
      word = (word << 8) | bytes[byte];
    }
    hash = mixed(hash, word);
  }
  return finished(hash, to - from);
}

/** The same of a text: four units a word, or one where there are others than ASCII. */
export function hashOfText(text: string): number {
  const step = BEYOND_ASCII.test(text) ? 1 : 4;
  let hash = 0;
  for (let at = 0; at < text.length; at += step) {
    let word = 0;
    for (let unit = Math.min(at + step, text.length) - 1; unit >= at; unit--)
      word = (word << 8) | text.charCodeAt(unit);
    hash = mixed(hash, word);
  }
  return finished(hash, text.length);
}

/** Murmur3, whose step for a word this is. */
function mixed(hash: number, word: number): number {
  const spread = Math.imul(turned(Math.imul(word, 0xcc9e2d51), 15), 0x1b873593);
  return (Math.imul(turned(hash ^ spread, 13), 5) + 0xe6546b64) | 0;
}

const turned = (value: number, bits: number) => (value << bits) | (value >>> (32 - bits));

function finished(hash: number, length: number): number {
  let value = hash ^ length;
  value = Math.imul(value ^ (value >>> 16), 0x85ebca6b);
  value = Math.imul(value ^ (value >>> 13), 0xc2b2ae35);
  return (value ^ (value >>> 16)) >>> 0 || 1;
}
