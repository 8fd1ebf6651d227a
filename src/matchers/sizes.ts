import type { Bytes } from '../base/types.js';

/** Bytes, or a text such as `10 MB`. */
export type Size = Bytes | string;

const UNITS: Readonly<Record<string, number>> = {
  b: 1,
  ...{ kb: 1e3, mb: 1e6, gb: 1e9 },
  ...{ kib: 1024, mib: 1024 ** 2, gib: 1024 ** 3 },
};

/**
 * Bytes of a size. `kB`, `MB`, `GB` are powers of 1000, as reports print sizes; `KiB`, `MiB`, `GiB` of 1024. Throws a RangeError for what
 * is no size; `name` says which argument it was.
 */
export function bytesOf(size: Size, name: string): Bytes {
  const bytes = typeof size === 'number' ? size : parsed(size);
  if (Number.isFinite(bytes) && bytes >= 0) return bytes;
  throw new RangeError(`${name}: found ${JSON.stringify(size)}, expected bytes or a size such as '10 MB'`);
}

function parsed(size: unknown): number {
  const [, number, unit = 'b'] = /^(\d{1,15}(?:\.\d{1,3})?) ?([kmg]?i?b)?$/i.exec(String(size)) ?? [];
  return Number(number) * (UNITS[unit.toLowerCase()] ?? Number.NaN);
}
