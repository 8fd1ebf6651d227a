// Bytes of a JSON array of numbers → 64-bit integers, strictly by the JSON grammar.

import { BLOCK, maskOf } from './byte-masks';
import { CLOSED, DELIMITER, FIRST, isSpace, VALUE } from './list-grammar';
import { BAD_NUMBER, BAD_SYNTAX, OK, SLOT_COUNT, SLOT_POSITION, SLOT_STATE } from './memory';

const MAX_SAFE: u64 = 9007199254740991;
/** Bytes that the numbers of one block can take: every other byte a digit. */
const BLOCK_NUMBERS: usize = 32 << 3;

@inline
function finish(status: i32, position: usize, count: u32, state: u32, result: usize): i32 {
  store<u32>(result + SLOT_POSITION, <u32>position);
  store<u32>(result + SLOT_COUNT, count);
  store<u32>(result + SLOT_STATE, state);
  return status;
}

/** Up to eight ASCII digits, the first in the lowest byte, → their value. Three multiplications, no loop. */
@inline
function parseDigits(bytes: u64, length: u64): u64 {
  // Shifting the digits up leaves zero bytes below them, which count as leading zeros.
  let value: u64 = (bytes << (64 - (length << 3))) & 0x0f0f0f0f0f0f0f0f;
  value = (value * 2561) >> 8;
  value = ((value & 0x00ff00ff00ff00ff) * 6553601) >> 16;
  return ((value & 0x0000ffff0000ffff) * 42949672960001) >> 32;
}

@inline
function digitMask(a: v128, b: v128, c: v128, d: v128): u64 {
  const zero: v128 = i8x16.splat(0x30);
  const nine: v128 = i8x16.splat(9);
  return maskOf(
    i8x16.sub_sat_u(i8x16.sub(a, zero), nine),
    i8x16.sub_sat_u(i8x16.sub(b, zero), nine),
    i8x16.sub_sat_u(i8x16.sub(c, zero), nine),
    i8x16.sub_sat_u(i8x16.sub(d, zero), nine),
    i8x16.splat(0),
  );
}

/**
 * The common case, 64 bytes at a time: `p` is at a digit and 64 bytes follow that hold nothing but digits, commas and line
 * feeds, with one comma and at most one line feed between two numbers. Writes the numbers that end in the block at `to` and
 * returns how many; the slot tells where to go on. Returns 0, with nothing written, for the general scanner to take over.
 * Finding the separators as a bit mask first takes the branch at every digit out of the loop.
 */
@inline
function scanBlock(p: usize, to: usize, result: usize): u32 {
  const a: v128 = v128.load(p);
  const b: v128 = v128.load(p, 16);
  const c: v128 = v128.load(p, 32);
  const d: v128 = v128.load(p, 48);
  const digits: u64 = digitMask(a, b, c, d);
  const commas: u64 = maskOf(a, b, c, d, i8x16.splat(0x2c));
  const feeds: u64 = maskOf(a, b, c, d, i8x16.splat(0x0a));
  const gaps: u64 = ~digits;
  if ((gaps ^ commas ^ feeds) != 0 || gaps == 0) return 0;
  // A gap is one comma, or a comma and a line feed in any order.
  const second: u64 = gaps & (gaps << 1);
  const pairs: u64 = second >> 1;
  if ((second & (gaps << 2)) != 0) return 0;
  if (((commas ^ (commas >> 1)) & pairs) != pairs) return 0;
  const single: u64 = gaps & ~second & ~pairs;
  if ((commas & single) != single) return 0;
  let starts: u64 = digits & (gaps << 1);
  // A zero in front of another digit is no JSON number.
  const zeros: u64 = maskOf(a, b, c, d, i8x16.splat(0x30));
  if ((zeros & (starts | 1) & (digits >> 1)) != 0) return 0;
  let ends: u64 = gaps & (digits << 1);
  // A gap cut by the block's end could still grow: leave its number to the next block.
  if ((gaps >> 63) != 0) ends &= ~(<u64>1 << (63 - (second >> 63)));
  if (ends == 0) return 0;
  let start: u64 = 0;
  let count: u32 = 0;
  while (ends != 0) {
    const end: u64 = ctz(ends);
    const length: u64 = end - start;
    let value: u64;
    if (length <= 8) {
      value = parseDigits(load<u64>(p + <usize>start), length);
    } else {
      if (length > 15) break;
      value =
        parseDigits(load<u64>(p + <usize>start), 8) * power10(length - 8) +
        parseDigits(load<u64>(p + <usize>start + 8), length - 8);
    }
    store<u64>(to + ((<usize>count) << 3), value);
    count++;
    ends &= ends - 1;
    start = starts != 0 ? ctz(starts) : 64;
    starts &= starts - 1;
  }
  store<u32>(result + SLOT_POSITION, <u32>(p + <usize>start));
  return count;
}

@inline
function power10(exponent: u64): u64 {
  let power: u64 = 1;
  for (; exponent > 0; exponent--) power *= 10;
  return power;
}

/**
 * Reads numbers from [from, end) into `out` (i64 each, at most `limit`), beginning in `state`.
 * The byte at `end` must be readable and no digit: it stops the digit loop without a bounds check.
 * A number that touches `end` is left unread, so the caller can bring its rest: position tells where it starts.
 * Negative numbers are taken only when `signed` is 1. One loop, kept whole: it is the hottest of the reader.
 */
export function scanNumbers(
  from: usize,
  end: usize,
  out: usize,
  limit: u32,
  state: u32,
  signed: u32,
  result: usize,
): i32 {
  let p: usize = from;
  let to: usize = out;
  const stop: usize = out + ((<usize>limit) << 3);
  while (p < end) {
    let byte: u32 = load<u8>(p);
    if (state < DELIMITER) {
      let digit: u32 = byte - 0x30;
      if (digit > 9) {
        if (isSpace(byte)) {
          p++;
          continue;
        }
        if (byte == 0x5d && state == FIRST) {
          return finish(OK, p + 1, <u32>((to - out) >> 3), CLOSED, result);
        }
        if (byte != 0x2d) return finish(BAD_SYNTAX, p, <u32>((to - out) >> 3), state, result);
      } else if (p + BLOCK <= end && to + BLOCK_NUMBERS <= stop) {
        const count: u32 = scanBlock(p, to, result);
        if (count > 0) {
          to += (<usize>count) << 3;
          p = <usize>load<u32>(result + SLOT_POSITION);
          state = VALUE;
          continue;
        }
      }
      if (to == stop) break;
      const start: usize = p;
      const negative: bool = byte == 0x2d;
      if (negative) {
        if (!signed) return finish(BAD_NUMBER, p, <u32>((to - out) >> 3), state, result);
        p++;
        digit = <u32>load<u8>(p) - 0x30;
        if (digit > 9) {
          if (p >= end) return finish(OK, start, <u32>((to - out) >> 3), state, result);
          return finish(BAD_SYNTAX, p, <u32>((to - out) >> 3), state, result);
        }
      }
      const first: usize = p;
      let value: u64 = digit;
      p++;
      byte = load<u8>(p);
      digit = byte - 0x30;
      while (digit <= 9) {
        value = value * 10 + digit;
        p++;
        byte = load<u8>(p);
        digit = byte - 0x30;
      }
      const length: usize = p - first;
      if (length > 1) {
        if (load<u8>(first) == 0x30) return finish(BAD_SYNTAX, first + 1, <u32>((to - out) >> 3), state, result);
        // Up to 19 digits fit 64 bits, so the value of those can be trusted and compared.
        if (length > 15 && (length > 19 || value > MAX_SAFE)) {
          return finish(BAD_NUMBER, start, <u32>((to - out) >> 3), state, result);
        }
      }
      if (p >= end) return finish(OK, start, <u32>((to - out) >> 3), state, result);
      store<u64>(to, negative ? 0 - value : value);
      to += 8;
      if (byte == 0x2c) {
        state = VALUE;
        p++;
        continue;
      }
      if (byte == 0x2e || byte == 0x65 || byte == 0x45) {
        return finish(BAD_NUMBER, start, <u32>((to - out) >> 3), state, result);
      }
      state = DELIMITER;
    }
    if (byte == 0x2c) {
      state = VALUE;
      p++;
    } else if (byte == 0x5d) {
      return finish(OK, p + 1, <u32>((to - out) >> 3), CLOSED, result);
    } else if (isSpace(byte)) {
      p++;
    } else {
      return finish(BAD_SYNTAX, p, <u32>((to - out) >> 3), state, result);
    }
  }
  return finish(OK, p, <u32>((to - out) >> 3), state, result);
}

/** Bytes that `commasIn` looks at: no more times 16 than a lane of it can count. */
const STRETCH: usize = 512;
const NOT_PLAIN: u32 = 0xffffffff;

/** The commas in STRETCH bytes at `p`; NOT_PLAIN where there is anything but digits, commas and line feeds. */
function commasIn(p: usize): u32 {
  let plain: v128 = i8x16.splat(-1);
  let counts: v128 = i8x16.splat(0);
  for (const stop: usize = p + STRETCH; p < stop; p += 16) {
    const bytes: v128 = v128.load(p);
    const commas: v128 = i8x16.eq(bytes, i8x16.splat(0x2c));
    const digits: v128 = i8x16.lt_u(i8x16.sub(bytes, i8x16.splat(0x30)), i8x16.splat(10));
    counts = i8x16.sub(counts, commas);
    plain = v128.and(plain, v128.or(v128.or(digits, commas), i8x16.eq(bytes, i8x16.splat(0x0a))));
  }
  if (!i8x16.all_true(plain)) return NOT_PLAIN;
  const sums: v128 = i32x4.extadd_pairwise_i16x8_u(i16x8.extadd_pairwise_i8x16_u(counts));
  return <u32>(
    i32x4.extract_lane(sums, 0) +
    i32x4.extract_lane(sums, 1) +
    i32x4.extract_lane(sums, 2) +
    i32x4.extract_lane(sums, 3)
  );
}

/**
 * Passes commas of a list of numbers from [from, end): stops behind comma number `limit`, at a byte that is neither digit, sign,
 * comma nor white space, or at the end. The slots tell how many it has passed and where it stands.
 */
export function skipCommas(from: usize, end: usize, limit: u32, result: usize): void {
  let p: usize = from;
  let count: u32 = 0;
  while (count < limit && p < end) {
    if (p + STRETCH <= end && limit - count > <u32>STRETCH) {
      const passed: u32 = commasIn(p);
      if (passed != NOT_PLAIN) {
        count += passed;
        p += STRETCH;
        continue;
      }
    }
    const byte: u32 = load<u8>(p);
    if (byte == 0x2c) count++;
    else if (byte - 0x30 > 9 && byte != 0x2d && !isSpace(byte)) break;
    p++;
  }
  finish(OK, p, count, 0, result);
}
