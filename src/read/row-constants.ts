import type { Arena } from '../wasm/arena.js';
import type { Region } from '../wasm/region.js';

// What the kernels of assembly/rows.ts find at `constants`; mirrors assembly/row-constants.ts.
const NIBBLES = 0;
const LEADING = 88;
const PAIRS = [
  [112, [0xff, 0xff]],
  [128, [10, 10]],
  [144, [100, 1]],
  [160, [10_000, 1]],
] as const;
const BYTES = [
  [176, ','],
  [192, '0'],
  [208, '\x09'],
  [224, '\n'],
] as const;
const SIZE = 240;

/** Digits turned into a value at a time; at most two more stand in front of them. */
const EIGHT = 8;
const MOST_DIGITS = 10;

/** Writes the constants into the arena. */
export function rowConstants(arena: Arena): Region {
  const region = arena.allocate('u8', SIZE);
  const bytes = arena.view(region).fill(0);
  const numbers = new DataView(bytes.buffer, region.offset, SIZE);
  for (let digits = 0; digits <= MOST_DIGITS; digits++) {
    const [eights, leading] = [Math.min(digits, EIGHT), Math.max(digits - EIGHT, 0)];
    bytes.fill(0x0f, NIBBLES + EIGHT * (digits + 1) - eights, NIBBLES + EIGHT * (digits + 1));
    bytes.fill(0x0f, LEADING + 2 * (digits + 1) - leading, LEADING + 2 * (digits + 1));
  }
  for (const [at, pair] of PAIRS) {
    for (let lane = 0; lane < 8; lane++) numbers.setUint16(at + 2 * lane, pair[lane % 2], true);
  }
  for (const [at, byte] of BYTES) bytes.fill(byte.charCodeAt(0), at, at + 16);
  return region;
}
