// What texts are compared by: their hashes, which of those come again, and the numbers that some of them are.

import { setU8, setU32, u32At, u8At } from './memory';

const FNV_START: u32 = 0x811c9dc5;
const FNV_PRIME: u32 = 0x01000193;
const BACKSLASH: u32 = 0x5c;
const DIGIT_0: u32 = 0x30;
const NOT_HASHED: u32 = 0;
const MOST_DIGITS: u32 = 9;

/** FNV-1a, of which the low bits depend on the last byte alone, and so are mixed; NOT_HASHED where the bytes are not units one by one. */
@inline
function hashOf(text: usize, length: u32): u32 {
  let hash: u32 = FNV_START;
  for (let at: u32 = 0; at < length; at++) {
    const byte: u32 = u8At(text, at);
    if (byte == BACKSLASH || byte >= 0x80) return NOT_HASHED;
    hash = (hash ^ byte) * FNV_PRIME;
  }
  hash ^= hash >>> 15;
  return hash != NOT_HASHED ? hash : 1;
}

/** Number + 1 of a text that is one; 0 for any other, and for more than nine digits. */
@inline
function numberOf(text: usize, length: u32): u32 {
  if (length == 0 || length > MOST_DIGITS) return 0;
  let value: u32 = 0;
  for (let at: u32 = 0; at < length; at++) {
    const digit: u32 = u8At(text, at) - DIGIT_0;
    if (digit > 9) return 0;
    value = 10 * value + digit;
  }
  return value + 1;
}

/**
 * Hashes of the wanted ones of `count` strings that lie end to end in `length` bytes at `text`, and of all the number + 1, 0 where they are none.
 * `ends`: where each ends, modulo 2^32, the first beginning at `start`. `wanted`: a byte a string, cleared where it has been hashed: what has
 * escapes or more than ASCII has not. Returns how many of them lie in the bytes.
 */
export function readTexts(
  text: usize,
  length: u32,
  start: u32,
  ends: usize,
  count: u32,
  wanted: usize,
  hashes: usize,
  numbers: usize,
): u32 {
  let from: u32 = 0;
  for (let index: u32 = 0; index < count; index++) {
    const to: u32 = u32At(ends, index) - start;
    if (to > length) return index;
    const bytes: usize = text + <usize>from;
    if (u8At(wanted, index) != 0) {
      const hash: u32 = hashOf(bytes, to - from);
      setU32(hashes, index, hash);
      if (hash != NOT_HASHED) setU8(wanted, index, 0);
    }
    setU32(numbers, index, numberOf(bytes, to - from));
    from = to;
  }
  return count;
}

/** For each of `count` nodes what `values` has for its name. */
export function valuesOfNames(list: usize, count: u32, nodeName: usize, values: usize, out: usize): void {
  for (let at: u32 = 0; at < count; at++) setU32(out, at, u32At(values, u32At(nodeName, u32At(list, at))));
}

/** Flags the names of `count` nodes, a byte a string. */
export function markNames(list: usize, count: u32, nodeName: usize, flags: usize): void {
  for (let at: u32 = 0; at < count; at++) setU8(flags, u32At(nodeName, u32At(list, at)), 1);
}

/**
 * Positions of those of `count` hashes that may come more than once, into `kept`; of the others one in some is among them. Returns how
 * many. `once`, `twice`: `mask` + 1 bits each (a power of two, 32 or more), zeroed.
 */
export function findRepeated(hashes: usize, count: u32, once: usize, twice: usize, mask: u32, kept: usize): u32 {
  for (let at: u32 = 0; at < count; at++) {
    const hash: u32 = u32At(hashes, at);
    const word: u32 = (hash & mask) >>> 5;
    const bit: u32 = 1 << (hash & 31);
    const seen: u32 = u32At(once, word);
    if ((seen & bit) != 0) setU32(twice, word, u32At(twice, word) | bit);
    else setU32(once, word, seen | bit);
  }
  let found: u32 = 0;
  for (let at: u32 = 0; at < count; at++) {
    const hash: u32 = u32At(hashes, at);
    if ((u32At(twice, (hash & mask) >>> 5) & (1 << (hash & 31))) != 0) setU32(kept, found++, at);
  }
  return found;
}
