// What texts are compared by: their hashes, which of those come again, and the numbers that some of them are.

import { setU8, setU32, u32At, u8At } from './memory';

const DIGIT_0: u32 = 0x30;
const NOT_HASHED: u32 = 0;
const MOST_DIGITS: u32 = 9;
/** A bit in every byte of a word. */
const LOW: u32 = 0x01010101;
const HIGH: u32 = 0x80808080;
const BACKSLASHES: u32 = 0x5c5c5c5c;

/** Whether the four bytes are units one by one: neither an escape nor more than ASCII. */
@inline
function arePlain(word: u32): bool {
  const found: u32 = word ^ BACKSLASHES;
  return ((word | ((found - LOW) & ~found)) & HIGH) == 0;
}

/** Murmur3's step for a word. */
@inline
function mixed(hash: u32, word: u32): u32 {
  return rotl<u32>(hash ^ (rotl<u32>(word * 0xcc9e2d51, 15) * 0x1b873593), 13) * 5 + 0xe6546b64;
}

/** Murmur3 of the bytes; NOT_HASHED where they are not units one by one. Three readable bytes must follow. */
@inline
function hashOf(text: usize, length: u32): u32 {
  let hash: u32 = 0;
  let at: u32 = 0;
  for (; at + 4 <= length; at += 4) {
    const word: u32 = load<u32>(text + <usize>at);
    if (!arePlain(word)) return NOT_HASHED;
    hash = mixed(hash, word);
  }
  if (at < length) {
    const word: u32 = load<u32>(text + <usize>at) & ((1 << ((length - at) << 3)) - 1);
    if (!arePlain(word)) return NOT_HASHED;
    hash = mixed(hash, word);
  }
  hash ^= length;
  hash = (hash ^ (hash >>> 16)) * 0x85ebca6b;
  hash = (hash ^ (hash >>> 13)) * 0xc2b2ae35;
  hash ^= hash >>> 16;
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
 * escapes or more than ASCII has not. Returns how many of them lie in the bytes. Three readable bytes must follow those.
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

/** What is alone, and what may come again. */
const ONCE: u32 = 1;
const AGAIN: u32 = 2;

/** Notes in `uses` (a byte a string, zeroed) which strings are the names of one of `count` nodes, and of more. */
export function countNames(list: usize, count: u32, nodeName: usize, uses: usize): void {
  for (let at: u32 = 0; at < count; at++) {
    const name: u32 = u32At(nodeName, u32At(list, at));
    setU8(uses, name, u8At(uses, name) == 0 ? ONCE : AGAIN);
  }
}

/** Strings that are used, into `list`, which has room for them. Returns how many. */
export function listUsed(uses: usize, strings: u32, list: usize): u32 {
  let count: u32 = 0;
  for (let index: u32 = 0; index < strings; index++) if (u8At(uses, index) != 0) setU32(list, count++, index);
  return count;
}

/**
 * Keeps in place those of `count` strings whose hash may come more than once among theirs, as far as its low bits tell, turned to the left by
 * `turn`: of the others one in some stays. Returns how many. `once`, `twice`: `mask` + 1 bits each (a power of two, 32 or more), zeroed.
 */
export function keepRepeated(
  list: usize,
  count: u32,
  hashes: usize,
  turn: u32,
  once: usize,
  twice: usize,
  mask: u32,
): u32 {
  for (let at: u32 = 0; at < count; at++) {
    const hash: u32 = rotl<u32>(u32At(hashes, u32At(list, at)), turn);
    const word: u32 = (hash & mask) >>> 5;
    const bit: u32 = 1 << (hash & 31);
    const seen: u32 = u32At(once, word);
    if ((seen & bit) != 0) setU32(twice, word, u32At(twice, word) | bit);
    else setU32(once, word, seen | bit);
  }
  let kept: u32 = 0;
  for (let at: u32 = 0; at < count; at++) {
    const index: u32 = u32At(list, at);
    const hash: u32 = rotl<u32>(u32At(hashes, index), turn);
    if ((u32At(twice, (hash & mask) >>> 5) & (1 << (hash & 31))) != 0) setU32(list, kept++, index);
  }
  return kept;
}

/** Notes that `count` strings may come again. */
export function markRepeated(list: usize, count: u32, uses: usize): void {
  for (let at: u32 = 0; at < count; at++) setU8(uses, u32At(list, at), AGAIN);
}

/** The same of those used strings whose hash has its low bits set in `bits` (`mask` + 1 of them). */
export function markAlike(hashes: usize, strings: u32, bits: usize, mask: u32, uses: usize): void {
  for (let index: u32 = 0; index < strings; index++) {
    if (u8At(uses, index) != ONCE) continue;
    const hash: u32 = u32At(hashes, index);
    if ((u32At(bits, (hash & mask) >>> 5) & (1 << (hash & 31))) != 0) setU8(uses, index, AGAIN);
  }
}

/** Of `count` nodes those whose names may come again, into `kept`. Returns how many. */
export function keepAlike(list: usize, count: u32, nodeName: usize, uses: usize, kept: usize): u32 {
  let found: u32 = 0;
  for (let at: u32 = 0; at < count; at++) {
    const node: u32 = u32At(list, at);
    if (u8At(uses, u32At(nodeName, node)) == AGAIN) setU32(kept, found++, node);
  }
  return found;
}
