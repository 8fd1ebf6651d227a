// The contract between the kernels and TypeScript: status codes, result slots, column access.
// Kernels own nothing: every byte they touch is passed in as a base address and a count.

/** The work is complete. */
export const OK: i32 = 0;
/** The bytes at the position in slot 0 are not the JSON that the scanner expects there. */
export const BAD_SYNTAX: i32 = -1;
/** A number at the position in slot 0 is negative, fractional, has an exponent or exceeds 2^53 - 1. */
export const BAD_NUMBER: i32 = -2;

// Result slots: 8 bytes each from the address a kernel is given as `result`.
/** Address of the first byte not consumed, or of the offending byte. */
export const SLOT_POSITION: usize = 0;
/** How many items were written. */
export const SLOT_COUNT: usize = 8;
/** Scanner state to pass to the next call. */
export const SLOT_STATE: usize = 16;
/** Address after the last byte written. */
export const SLOT_OUTPUT: usize = 24;
/** Bytes of the string that a window's end has cut. */
export const SLOT_PENDING: usize = 32;
/** How many strings were marked. */
export const SLOT_MARKED: usize = 40;

@inline
export function u32At(base: usize, index: u32): u32 {
  return load<u32>(base + ((<usize>index) << 2));
}

@inline
export function setU32(base: usize, index: u32, value: u32): void {
  store<u32>(base + ((<usize>index) << 2), value);
}

@inline
export function u8At(base: usize, index: u32): u32 {
  return load<u8>(base + <usize>index);
}

@inline
export function setU8(base: usize, index: u32, value: u32): void {
  store<u8>(base + <usize>index, <u8>value);
}

@inline
export function f64At(base: usize, index: u32): f64 {
  return load<f64>(base + ((<usize>index) << 3));
}

@inline
export function setF64(base: usize, index: u32, value: f64): void {
  store<f64>(base + ((<usize>index) << 3), value);
}

/** A whole number below 2^53 in two columns of its halves; `high` is 0 where all of them fit the low one. */
@inline
export function wholeAt(low: usize, high: usize, index: u32): f64 {
  const value: f64 = <f64>u32At(low, index);
  return high == 0 ? value : value + <f64>u32At(high, index) * 4294967296;
}

/** The caller has made sure that `value` fits. */
@inline
export function setWhole(low: usize, high: usize, index: u32, value: f64): void {
  const whole: u64 = <u64>value;
  setU32(low, index, <u32>whole);
  if (high != 0) setU32(high, index, <u32>(whole >> 32));
}

@inline
export function bitAt(base: usize, index: u32): bool {
  return ((load<u32>(base + (<usize>(index >>> 5) << 2)) >>> (index & 31)) & 1) != 0;
}

@inline
export function setBit(base: usize, index: u32): void {
  const at: usize = base + (<usize>(index >>> 5) << 2);
  store<u32>(at, load<u32>(at) | (1 << (index & 31)));
}

@inline
export function clearBit(base: usize, index: u32): void {
  const at: usize = base + (<usize>(index >>> 5) << 2);
  store<u32>(at, load<u32>(at) & ~(1 << (index & 31)));
}

@inline
export function flipBit(base: usize, index: u32): void {
  const at: usize = base + (<usize>(index >>> 5) << 2);
  store<u32>(at, load<u32>(at) ^ (1 << (index & 31)));
}

/** The first bit from `index` on that is set, or `length` where there is none; spare bits of the last u32 are 0. */
@inline
export function nextBit(index: u32, length: u32, base: usize): u32 {
  while (index < length) {
    const rest: u32 = load<u32>(base + (<usize>(index >>> 5) << 2)) >>> (index & 31);
    if (rest != 0) return index + ctz<u32>(rest);
    index = (index | 31) + 1;
  }
  return length;
}
