import type { Arena } from '#src/wasm/arena.js';
import type { Kind, Region } from '#src/wasm/region.js';

type Column = Uint8Array | Uint32Array | Int32Array | Float64Array;

/** Copies values into the arena; returns their address. */
export function place(arena: Arena, values: Column): number {
  const region = arena.allocate(kindOf(values), values.length);
  arena.view(region).set(values);
  return region.offset;
}

/** Whole numbers as the two halves that kernels take; the high one is 0 where it is not needed. */
export function placeHalves(arena: Arena, values: Float64Array): { low: number; high: number } {
  const isWide = values.some((value) => value >= 2 ** 32);
  const high = Uint32Array.from(values, (value) => Math.floor(value / 2 ** 32));
  return {
    low: place(
      arena,
      Uint32Array.from(values, (value) => value % 2 ** 32),
    ),
    high: isWide ? place(arena, high) : 0,
  };
}

function kindOf(values: Column): Kind {
  if (values instanceof Uint8Array) return 'u8';
  if (values instanceof Uint32Array) return 'u32';
  return values instanceof Int32Array ? 'i32' : 'f64';
}

/** A column full of junk: a kernel that relies on zeros where it promises not to gets caught. */
export function junk<K extends Kind>(arena: Arena, kind: K, length: number): Region & { readonly kind: K } {
  const region = arena.allocate(kind, length);
  new Uint8Array(arena.memory.buffer, region.offset, arena.view(region).byteLength).fill(0xa5);
  return region;
}

/** One bit for each flag, as the words that the kernels use. */
export function packBits(flags: ArrayLike<number | boolean>): Uint32Array {
  const words = new Uint32Array(Math.ceil(flags.length / 32));
  for (let index = 0; index < flags.length; index++) if (flags[index]) words[index >>> 5] |= 1 << (index & 31);
  return words;
}

export function unpackBits(words: Uint32Array, count: number): Uint8Array {
  return Uint8Array.from({ length: count }, (_, index) => (words[index >>> 5] >>> (index & 31)) & 1);
}
