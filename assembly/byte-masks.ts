// 32 and 64 bytes at a time as bit masks.

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

/** Of 32 bits for what begins at `first`, those that lie below `length`. */
@inline
export function bitsBelow(first: u32, length: u32): u32 {
  const behind: u32 = length - first;
  return behind < 32 ? (1 << behind) - 1 : 0xffffffff;
}

/** One bit for each of the 32 bytes at `p` that equals `byte` (given in all lanes). */
@inline
export function equal32(p: usize, byte: v128): u32 {
  return (
    <u32>i8x16.bitmask(i8x16.eq(v128.load(p), byte)) | (<u32>i8x16.bitmask(i8x16.eq(v128.load(p + 16), byte)) << 16)
  );
}
