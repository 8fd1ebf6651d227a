// Bytes of a JSON array of numbers → 64-bit integers, strictly by the JSON grammar.

import { BAD_NUMBER, BAD_SYNTAX, OK, SLOT_COUNT, SLOT_POSITION, SLOT_STATE } from './memory';

/** Just after `[`: a number or `]` may follow. */
const FIRST: u32 = 0;
/** After a comma: a number must follow. */
const VALUE: u32 = 1;
/** After a number: a comma or `]` must follow. */
const DELIMITER: u32 = 2;
/** `]` was read. */
const CLOSED: u32 = 3;

const MAX_SAFE: u64 = 9007199254740991;

@inline
function isSpace(byte: u32): bool {
  return byte == 0x20 || byte == 0x0a || byte == 0x0d || byte == 0x09;
}

@inline
function finish(status: i32, position: usize, count: u32, state: u32, result: usize): i32 {
  store<u32>(result + SLOT_POSITION, <u32>position);
  store<u32>(result + SLOT_COUNT, count);
  store<u32>(result + SLOT_STATE, state);
  return status;
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
