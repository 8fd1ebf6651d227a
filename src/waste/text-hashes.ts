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
  const hashes = new Uint32Array(strings.count);
  const segments = strings.data.segments.map((segment) => new Uint8Array(segment));
  let start = 0;
  for (let index = 0; index < hashes.length; index++) {
    const length = (strings.data.ends[index] - start) >>> 0;
    if (isWanted[index] === 1)
      hashes[index] = hashIn(segments, strings.end(index - 1), length) || hashOfText(strings.text(index));
    start = strings.data.ends[index];
  }
  return hashes;
}

function hashIn(segments: readonly Uint8Array[], start: number, length: number): number {
  const from = start % SEGMENT;
  if (length === 0) return finished(FNV_START);
  return from + length > SEGMENT ? NOT_HASHED : hashOfBytes(segments[(start - from) / SEGMENT], from, from + length);
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
