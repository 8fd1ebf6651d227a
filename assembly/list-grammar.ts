// Where a scanner stands between the items of a JSON list; mirrored by src/wasm/kernels.ts.

/** Just after `[`: an item or `]` may follow. */
export const FIRST: u32 = 0;
/** After a comma: an item must follow. */
export const VALUE: u32 = 1;
/** After an item: a comma or `]` must follow. */
export const DELIMITER: u32 = 2;
/** `]` was read. */
export const CLOSED: u32 = 3;

@inline
export function isSpace(byte: u32): bool {
  return byte == 0x20 || byte == 0x0a || byte == 0x0d || byte == 0x09;
}
