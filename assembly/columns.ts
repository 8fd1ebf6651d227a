// Rows of 64-bit integers → columns. One small loop per kind of column, so any field order of `meta` is served.
// Each returns how many rows it wrote; fewer than `rows` means that the next one does not fit the column.
// `source` is the address of the field in the first row, `stride` the bytes from row to row.

import { setF64, setU32, setU8 } from './memory';

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
 * A double division is exact for these operands and cheaper than an integer one.
 */
export function fillOrdinals(source: usize, rows: u32, stride: u32, out: usize, fields: u32, count: u32): u32 {
  const divisor: f64 = <f64>fields;
  for (let row: u32 = 0; row < rows; row++) {
    const value: u64 = load<u64>(source);
    if (value > 0xffffffff) return row;
    const ordinal: u32 = <u32>(<f64>(<u32>value) / divisor);
    if (ordinal >= count || ordinal * fields != <u32>value) return row;
    setU32(out, row, ordinal);
    source += stride;
  }
  return rows;
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
  for (let i: u32 = 0; i < count; i++) {
    if (load<u32>(names + ((<usize>i) << 2)) < strings) continue;
    const type: u32 = load<u8>(types + <usize>i);
    if (type > 31 || ((numbered >>> type) & 1) == 0) return i;
  }
  return count;
}
