// Rows of 64-bit integers → columns. One small loop per kind of column, so any field order of `meta` is served.
// Each returns how many rows it wrote; fewer than `rows` means that the next one does not fit the column.
// `source` is the address of the field in the first row, `stride` the bytes from row to row.

import { nextBit, setF64, setU32, setU8, u32At } from './memory';

export function fillU8(source: usize, rows: u32, stride: u32, out: usize, max: u32): u32 {
  for (let row: u32 = 0; row < rows; row++) {
    const value: u64 = load<u64>(source);
    if (value > <u64>max) return row;
    setU8(out, row, <u32>value);
    source += stride;
  }
  return rows;
}

export function fillU32(source: usize, rows: u32, stride: u32, out: usize): u32 {
  for (let row: u32 = 0; row < rows; row++) {
    const value: u64 = load<u64>(source);
    if (value > 0xffffffff) return row;
    setU32(out, row, <u32>value);
    source += stride;
  }
  return rows;
}

/** The two halves of whole numbers; the scanner has refused anything above 2^53 - 1. */
export function fillHalves(source: usize, rows: u32, stride: u32, low: usize, high: usize): void {
  for (let row: u32 = 0; row < rows; row++) {
    const value: u64 = load<u64>(source);
    setU32(low, row, <u32>value);
    setU32(high, row, <u32>(value >> 32));
    source += stride;
  }
}

/** The scanner has refused anything above 2^53 - 1, so every value is exact as a double. */
export function fillF64(source: usize, rows: u32, stride: u32, out: usize): u32 {
  for (let row: u32 = 0; row < rows; row++) {
    setF64(out, row, <f64>load<i64>(source));
    source += stride;
  }
  return rows;
}

/**
 * Indexes into the `nodes` array (ordinal × fields) → ordinals below `count`.
 * Multiplied by the reciprocal as doubles: an integer division would cost more than all the rest.
 */
export function fillOrdinals(source: usize, rows: u32, stride: u32, out: usize, fields: u32, count: u32): u32 {
  const share: f64 = 1 / <f64>fields;
  for (let row: u32 = 0; row < rows; row++) {
    const value: u64 = load<u64>(source);
    if (value > 0xffffffff) return row;
    // To the nearest: a multiple comes out exact, and whatever else does not multiply back.
    const ordinal: u32 = <u32>(<f64>(<u32>value) * share + 0.5);
    if (ordinal >= count || ordinal * fields != <u32>value) return row;
    setU32(out, row, ordinal);
    source += stride;
  }
  return rows;
}

/** Sum of `count` numbers. */
export function sumU32(column: usize, count: u32): f64 {
  let sum: u64 = 0;
  for (let i: u32 = 0; i < count; i++) sum += <u64>u32At(column, i);
  return <f64>sum;
}

/** Edge counts in `counts[0 … nodes)` → first edge of every node in place, `counts[nodes]` = the sum. Returns the sum. */
export function prefixSum(counts: usize, nodes: u32): f64 {
  let sum: u64 = 0;
  for (let node: u32 = 0; node < nodes; node++) {
    const at: usize = counts + ((<usize>node) << 2);
    const count: u32 = load<u32>(at);
    store<u32>(at, <u32>sum);
    sum += count;
  }
  setU32(counts, nodes, <u32>sum);
  return <f64>sum;
}

/** Position of the first of `count` string indexes that is `strings` or above; `count` if none is. */
export function checkNodeNames(names: usize, count: u32, strings: u32): u32 {
  for (let i: u32 = 0; i < count; i++) {
    if (load<u32>(names + ((<usize>i) << 2)) >= strings) return i;
  }
  return count;
}

/** The same for edges: those whose type's bit is set in `numbered` carry an integer, not a string index. */
export function checkEdgeNames(types: usize, names: usize, count: u32, numbered: u32, strings: u32): u32 {
  const bound: v128 = i32x4.splat(strings);
  for (let i: u32 = 0; i < count; i++) {
    // Most are below, so four at a time are ruled out.
    while (i + 4 <= count && !v128.any_true(i32x4.ge_u(v128.load(names + ((<usize>i) << 2)), bound))) i += 4;
    if (i == count) break;
    if (load<u32>(names + ((<usize>i) << 2)) < strings) continue;
    const type: u32 = load<u8>(types + <usize>i);
    if (type > 31 || ((numbered >>> type) & 1) == 0) return i;
  }
  return count;
}

/** The positions of the bits that are set among the first `length`, ascending, into `list`; returns how many there are. */
export function listBits(bits: usize, length: u32, list: usize): u32 {
  let count: u32 = 0;
  for (let at: u32 = nextBit(0, length, bits); at < length; at = nextBit(at + 1, length, bits)) setU32(list, count++, at);
  return count;
}
