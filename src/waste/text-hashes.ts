import { SEGMENT, type StringTable } from '../read/string-table.js';

const FNV_START = 0x811c9dc5;
const FNV_PRIME = 0x01000193;
const BACKSLASH = 0x5c;

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
  let piece = 0;
  let from = 0;
  for (let index = 0; index < hashes.length; index++) {
    // Ends are modulo 2^32, and no string is as long as that.
    const length = (ends[index] - (index === 0 ? 0 : ends[index - 1])) >>> 0;
    if (isWanted[index] === 1) {
      const isWhole = length > 0 && from + length <= SEGMENT;
      const hash = isWhole ? hashOfBytes(pieces[piece], from, from + length) : NOT_HASHED;
      hashes[index] = hash === NOT_HASHED ? hashOfText(strings.text(index)) : hash;
    }
    from += length;
    for (; from >= SEGMENT; from -= SEGMENT) piece++;
  }
  return hashes;
}

function hashOfBytes(bytes: Uint8Array, from: number, to: number): number {
  let hash = FNV_START;
  for (let at = from; at < to; at++) {
    const byte = bytes[at];
    if (byte === BACKSLASH || byte >= 0x80) return NOT_HASHED;
    hash = Math.imul(hash ^ byte, FNV_PRIME);
  }
  return finished(hash);
}

/** The same of a text, unit by unit. */
export function hashOfText(text: string): number {
  let hash = FNV_START;
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), FNV_PRIME);
  return finished(hash);
}

/** The low bits say where to look first; FNV alone leaves them to the last unit. */
function finished(hash: number): number {
  return (hash ^ (hash >>> 15)) >>> 0 || 1;
}
