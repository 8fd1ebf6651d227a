// The least that reading the numbers of a snapshot can cost: a plain loop over the bytes, one at a time. Compiled by ./compile.js.
// State lies in globals, since a number may go on in the next window.

const ZERO: u32 = 0x30;
/** As `digit` sees them: far above the digits. */
const COMMA: u32 = 0x2c - ZERO;
const CLOSING: u32 = 0x5d - ZERO;
/** Numbers that are kept before they are written over; 128 KiB, which stays in a near cache. */
const KEPT: u32 = 32768;
/** Where they lie: the first page holds nothing. */
const BUFFER: usize = 65536;

let value: u32 = 0;
let count: u32 = 0;

/** Numbers found so far. */
export function numberCount(): u32 {
  return count;
}

function keep(place: u32, number: u32): void {
  store<u32>(BUFFER + (((place & (KEPT - 1)) as usize) << 2), number);
}

/**
 * Stores every number of a list from byte `from` on as a u32. Returns the place of the bracket that ends the list, or `to`.
 * An empty list counts as one number; no snapshot has one there. Byte `to` must lie in memory: while the loop runs it holds
 * a byte that is no digit, so that digits need no look at where the window ends. That makes it 1.6 times faster.
 */
export function scan(from: usize, to: usize): usize {
  let number = value;
  let found = count;
  let at = from;
  const behind = load<u8>(to);
  store<u8>(to, 0);
  while (true) {
    let digit: u32 = (load<u8>(at) as u32) - ZERO;
    while (digit < 10) {
      number = number * 10 + digit;
      at++;
      digit = (load<u8>(at) as u32) - ZERO;
    }
    // Two branches, since the compiler makes a slower one of both tests in one.
    if (digit === COMMA) {
      keep(found++, number);
      number = 0;
    } else if (digit === CLOSING) {
      keep(found++, number);
      number = 0;
      break;
    } else if (at >= to) break;
    at++;
  }
  store<u8>(to, behind);
  value = number;
  count = found;
  return at;
}
