// WeakMap pairs. V8 writes each value of a WeakMap with two internal edges, one from the key and one from the table,
// whose names say so. TypeScript lists those names: string indexes ascending, the id of the table, the number of the pair.

import { u32At } from './memory';

/** Bit of a string's tag: the text is that of a WeakMap pair. */
export const TAG_EPHEMERON: u32 = 0x40;

/** Position of `name` in the ascending list; the caller has seen its tag, so it is there. Cost: log2(count). */
export function findEphemeron(names: usize, count: u32, name: u32): u32 {
  let low: u32 = 0;
  let high: u32 = count;
  while (low < high) {
    const middle: u32 = (low + high) >>> 1;
    if (u32At(names, middle) < name) low = middle + 1;
    else high = middle;
  }
  return low;
}
