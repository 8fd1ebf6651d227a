// The list of locations (S8): a function, or an object's constructor, and where it stands. Doubles, as the file's numbers are.

import { f64At, setU32, u8At } from './memory';

/**
 * The first of `rows` rows of `width` numbers whose number at `node` is no multiple of `nodeWidth` below `below`; `rows` where all are
 * right. The double at `last` is the number of the row before and becomes that of the last one; the one behind it counts rows that
 * are not for a later node than the one before them.
 */
export function checkPlaces(list: usize, rows: u32, width: u32, node: u32, nodeWidth: u32, below: f64, last: usize): u32 {
  let before: f64 = load<f64>(last);
  let late: f64 = load<f64>(last, 8);
  for (let row: u32 = 0; row < rows; row++) {
    const place: f64 = f64At(list, row * width + node);
    if (!(place < below)) return row;
    const quotient: f64 = place / <f64>nodeWidth;
    if (Math.floor(quotient) != quotient) return row;
    if (place <= before) late++;
    before = place;
  }
  store<f64>(last, before);
  store<f64>(last, late, 8);
  return rows;
}

/** Lists the rows that are for an object, as `firstRow` and their number here, at `found` (a u32 a row). Returns how many. */
export function listObjectRows(
  list: usize,
  rows: u32,
  firstRow: u32,
  width: u32,
  node: u32,
  nodeWidth: u32,
  nodeType: usize,
  objectType: u32,
  found: usize,
): u32 {
  let count: u32 = 0;
  for (let row: u32 = 0; row < rows; row++) {
    // A quotient below 2^32 is exact where it is whole.
    const object: u32 = <u32>(f64At(list, row * width + node) / <f64>nodeWidth);
    if (u8At(nodeType, object) == objectType) setU32(found, count++, firstRow + row);
  }
  return count;
}
