// 64 bytes at a time as bit masks.

/** Bytes that a mask stands for. */
export const BLOCK: usize = 64;

/** One bit for each of the 64 bytes in a … d that equals `byte` (given in all lanes). */
@inline
export function maskOf(a: v128, b: v128, c: v128, d: v128, byte: v128): u64 {
  return (
    <u64>(<u32>i8x16.bitmask(i8x16.eq(a, byte))) |
    (<u64>(<u32>i8x16.bitmask(i8x16.eq(b, byte))) << 16) |
    (<u64>(<u32>i8x16.bitmask(i8x16.eq(c, byte))) << 32) |
    (<u64>(<u32>i8x16.bitmask(i8x16.eq(d, byte))) << 48)
  );
}
