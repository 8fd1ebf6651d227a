// Apart from the arena, so that the public types do not depend on WebAssembly's, which only a browser's library declares.

/** Every column begins at a multiple of this: a cache line. */
export const ALIGNMENT = 64;

/** A column's place: `offset` in bytes from the start of the memory, `length` in elements. Plain data. */
export interface Region {
  readonly kind: Kind;
  readonly offset: number;
  readonly length: number;
}

export type Kind = 'u8' | 'u32' | 'i32' | 'f64';

/** A column of whole numbers below 2^53, as two columns of their halves; without a high one where all fit 32 bits. */
export interface WholeColumn {
  readonly low: Region & { readonly kind: 'u32' };
  readonly high: (Region & { readonly kind: 'u32' }) | undefined;
}

const VIEWS = {
  u8: Uint8Array<SharedArrayBuffer>,
  u32: Uint32Array<SharedArrayBuffer>,
  i32: Int32Array<SharedArrayBuffer>,
  f64: Float64Array<SharedArrayBuffer>,
} as const;

/** The typed array of a kind. */
export type ViewOf<K extends Kind> = InstanceType<(typeof VIEWS)[K]>;

/** The typed array over a region. Works on the buffer a worker has handed over, too. */
export function viewOf<K extends Kind>(buffer: ArrayBufferLike, region: Region & { readonly kind: K }): ViewOf<K> {
  return new VIEWS[region.kind](buffer as SharedArrayBuffer, region.offset, region.length) as ViewOf<K>;
}

/** Bytes of one element. */
export const elementBytes = (kind: Kind): number => VIEWS[kind].BYTES_PER_ELEMENT;

/** Bytes that a column takes, up to where the next one may begin. */
export const bytesOf = (kind: Kind, length: number): number => align(elementBytes(kind) * length);

/** The next place where a column may begin. */
export const align = (bytes: number): number => Math.ceil(bytes / ALIGNMENT) * ALIGNMENT;

/** A column's numbers as doubles, in `into` (as long as the column). */
export function wholeNumbers<T extends Float64Array>(buffer: ArrayBufferLike, { low, high }: WholeColumn, into: T): T {
  into.set(viewOf(buffer, low));
  if (high) for (const [index, half] of viewOf(buffer, high).entries()) into[index] += half * 2 ** 32;
  return into;
}
