// Bytes of a JSON array of strings → the strings' bytes end to end, still escaped, and where each one ends.

import { CLOSED, DELIMITER, FIRST, isSpace, VALUE } from './list-grammar';
import {
  BAD_SYNTAX,
  OK,
  SLOT_COUNT,
  SLOT_MARKED,
  SLOT_OUTPUT,
  SLOT_PENDING,
  SLOT_POSITION,
  SLOT_STATE,
  setU32,
  u32At,
} from './memory';

/** The last bit of a mask of lengths stands for this one and all above. */
const LONG: u32 = 31;

/** Inside a string. */
const INSIDE: u32 = 4;

@inline
function isHex(byte: u32): bool {
  return byte - 0x30 <= 9 || (byte | 0x20) - 0x61 <= 5;
}

/** Length of the escape at `p`: 2 or 6; 0 if `end` cuts it; 1 + the offset of the wrong byte, negated, if it is none. */
function escapeLength(p: usize, end: usize): i32 {
  if (p + 1 >= end) return 0;
  const kind: u32 = load<u8>(p + 1);
  if (kind == 0x75) {
    for (let i: u32 = 2; i < 6; i++) {
      if (p + i >= end) return 0;
      if (!isHex(load<u8>(p + i))) return -1 - <i32>i;
    }
    return 6;
  }
  const known: bool =
    kind == 0x22 || kind == 0x5c || kind == 0x2f || kind == 0x62 || kind == 0x66 || kind == 0x6e || kind == 0x72 || kind == 0x74;
  return known ? 2 : -2;
}

/** Whether a string that was begun in this window is to be looked at again. */
@inline
function isMarked(lengths: usize, begin: usize, length: u32, isEscaped: bool): bool {
  const mask: u32 = u32At(lengths, load<u8>(begin));
  return (isEscaped && mask != 0) || ((mask >>> (length < LONG ? length : LONG)) & 1) != 0;
}

@inline
function finish(
  status: i32,
  position: usize,
  count: u32,
  state: u32,
  output: usize,
  pending: u32,
  marks: u32,
  result: usize,
): i32 {
  store<u32>(result + SLOT_POSITION, <u32>position);
  store<u32>(result + SLOT_COUNT, count);
  store<u32>(result + SLOT_STATE, state);
  store<u32>(result + SLOT_OUTPUT, <u32>output);
  store<u32>(result + SLOT_PENDING, pending);
  store<u32>(result + SLOT_MARKED, marks);
  return status;
}

/**
 * Reads strings from [from, end), appends their bytes at `out` and where each of them ends, in bytes of all strings modulo 2^32,
 * at `ends` (at most `limit`). `total` is where the last whole string of an earlier call ends.
 * `out` must have room for end - from + 16 bytes: blocks of 16 are copied whole and then cut back.
 * `pending` is the number of bytes of a string begun in an earlier window. Sixteen readable bytes must follow `end`.
 * Lists at `marked` (at most `limit`) the positions among these strings of those that are to be looked at again. `lengths`, 256 u32,
 * has for every first byte a bit for each length that is, the last bit for 31 and more; with an escape all are whose first byte has
 * a bit, and so are those whose first byte was in an earlier window.
 */
export function scanStrings(
  from: usize,
  end: usize,
  out: usize,
  ends: usize,
  lengths: usize,
  marked: usize,
  limit: u32,
  state: u32,
  pending: u32,
  total: u32,
  result: usize,
): i32 {
  let p: usize = from;
  let to: usize = out;
  let begin: usize = out - pending;
  let count: u32 = 0;
  let marks: u32 = 0;
  let isCut: bool = pending != 0;
  let isEscaped: bool = false;
  const quote: v128 = i8x16.splat(0x22);
  const backslash: v128 = i8x16.splat(0x5c);
  const space: v128 = i8x16.splat(0x20);
  while (p < end) {
    if (state == INSIDE) {
      const block: v128 = v128.load(p);
      v128.store(to, block);
      const special: v128 = v128.or(
        v128.or(i8x16.eq(block, quote), i8x16.eq(block, backslash)),
        i8x16.lt_u(block, space),
      );
      const mask: u32 = <u32>i8x16.bitmask(special);
      const left: usize = end - p;
      const clean: usize = mask == 0 ? 16 : <usize>ctz(mask);
      if (clean >= left) {
        to += left;
        p = end;
        break;
      }
      p += clean;
      to += clean;
      if (mask == 0) continue;
      const byte: u32 = load<u8>(p);
      if (byte == 0x22) {
        const length: u32 = <u32>(to - begin);
        total += length;
        if (length != 0 && (isCut || isMarked(lengths, begin, length, isEscaped))) setU32(marked, marks++, count);
        setU32(ends, count++, total);
        begin = to;
        state = DELIMITER;
        p++;
      } else if (byte == 0x5c) {
        const length: i32 = escapeLength(p, end);
        if (length == 0) break;
        if (length < 0) return finish(BAD_SYNTAX, p + <usize>(-1 - length), count, state, to, 0, marks, result);
        isEscaped = true;
        memory.copy(to, p, <usize>length);
        p += <usize>length;
        to += <usize>length;
      } else {
        return finish(BAD_SYNTAX, p, count, state, to, 0, marks, result);
      }
      continue;
    }
    const byte: u32 = load<u8>(p);
    if (byte == 0x22 && state < DELIMITER) {
      if (count == limit) break;
      state = INSIDE;
      begin = to;
      isCut = false;
      isEscaped = false;
    } else if (byte == 0x2c && state == DELIMITER) {
      state = VALUE;
    } else if (byte == 0x5d && (state == FIRST || state == DELIMITER)) {
      return finish(OK, p + 1, count, CLOSED, to, 0, marks, result);
    } else if (!isSpace(byte)) {
      return finish(BAD_SYNTAX, p, count, state, to, 0, marks, result);
    }
    p++;
  }
  return finish(OK, p, count, state, to, state == INSIDE ? <u32>(to - begin) : 0, marks, result);
}
