// The bytes of a cache file, front to back:
//
//      0  magic (8 bytes), then little-endian u32: format, length of the header, checksum of the header, checksum of bytes 0-19
//     64  one slot of 64 bytes for each of at most two inputs: the state in which it was last seen (see `encodeState`)
//    192  the header, as msgpack; then zeros up to a multiple of 64
//      …  the columns, each at a multiple of 64, in this machine's byte order
//
// Everything but the slots is written once. Bytes between columns and behind the checksums are never looked at.

import { endianness } from 'node:os';
import { crc32 } from 'node:zlib';
import { decode, encode } from '@msgpack/msgpack';
import { engineVersion } from '../base/engine-version.js';
import { align, elementBytes, type Kind } from '../wasm/region.js';
import type { ContentKey } from './identity.js';

/** Raise it whenever columns or documents change their meaning: caches of another format are replaced. */
export const FORMAT = 2;
/** As PNG's: a text-mode transfer or a stripped eighth bit changes it. */
const MAGIC = Uint8Array.of(0x89, 0x48, 0x49, 0x58, 0x0d, 0x0a, 0x1a, 0x0a);
export const SLOTS_AT = 64;
export const SLOT_BYTES = 64;
const MAX_SOURCES = 2;
/** Where the header begins. */
export const PREFIX_BYTES = SLOTS_AT + MAX_SOURCES * SLOT_BYTES;
/** What one checksum covers, and what is read at a time. */
export const BLOCK_BYTES = 256 << 10;

/** `graph`: an opened snapshot. `report`: what `analyze` says. `diff`: a comparison of two inputs. */
export type CacheKind = 'graph' | 'report' | 'diff';

export interface StoredColumn {
  readonly name: string;
  readonly kind: Kind;
  /** From the first column's start, in bytes. */
  readonly offset: number;
  /** In elements. */
  readonly length: number;
  /** CRC-32 of every block, as little-endian u32. */
  readonly sums: Uint8Array;
}

export interface CacheHeader {
  readonly kind: CacheKind;
  /** The version whose results these are. */
  readonly engine: string;
  readonly byteOrder: 'LE' | 'BE';
  /** What was analysed; for a comparison base and current. */
  readonly sources: readonly ContentKey[];
  readonly columns: readonly StoredColumn[];
  /** From the first column's start to the end of the file. */
  readonly dataBytes: number;
}

export const columnBytes = ({ kind, length }: Pick<StoredColumn, 'kind' | 'length'>): number =>
  elementBytes(kind) * length;

export const blocksIn = (bytes: number): number => Math.ceil(bytes / BLOCK_BYTES);

/** Where the columns begin behind a header of so many bytes. */
export const dataStart = (headerBytes: number): number => align(PREFIX_BYTES + headerBytes);

export function encodeHeader(header: Omit<CacheHeader, 'engine' | 'byteOrder'>): Uint8Array {
  return encode({ ...header, engine: engineVersion(), byteOrder: endianness() } satisfies CacheHeader);
}

/** The fixed part before the slots. */
export function encodePreamble(header: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(SLOTS_AT);
  const view = new DataView(bytes.buffer);
  bytes.set(MAGIC);
  view.setUint32(8, FORMAT, true);
  view.setUint32(12, header.length, true);
  view.setUint32(16, crc32(header), true);
  view.setUint32(20, crc32(bytes.subarray(0, 20)), true);
  return bytes;
}

/** Length of the header behind this preamble; undefined where it is none of ours. */
export function headerLength(preamble: Uint8Array): number | undefined {
  const view = viewOn(preamble);
  if (preamble.length < SLOTS_AT || !MAGIC.every((byte, at) => preamble[at] === byte)) return undefined;
  if (view.getUint32(20, true) !== crc32(preamble.subarray(0, 20)) || view.getUint32(8, true) !== FORMAT)
    return undefined;
  return view.getUint32(12, true);
}

/** The header, for a file of `fileBytes`; undefined where it is damaged, of another engine or machine, or lies about the file. */
export function decodeHeader(preamble: Uint8Array, bytes: Uint8Array, fileBytes: number): CacheHeader | undefined {
  if (viewOn(preamble).getUint32(16, true) !== crc32(bytes)) return undefined;
  const header = decode(bytes) as CacheHeader;
  if (header.engine !== engineVersion() || header.byteOrder !== endianness()) return undefined;
  if (dataStart(bytes.length) + header.dataBytes !== fileBytes) return undefined;
  return header.columns.every((column) => isWithin(column, header.dataBytes)) && header.sources.every(isKey)
    ? header
    : undefined;
}

function isWithin(column: StoredColumn, dataBytes: number): boolean {
  const bytes = columnBytes(column);
  return column.offset >= 0 && column.offset + bytes <= dataBytes && column.sums.length === 4 * blocksIn(bytes);
}

const isKey = ({ size, samples, digest }: ContentKey): boolean =>
  typeof size === 'number' && samples instanceof Uint8Array && digest instanceof Uint8Array;

export const sumOf = (sums: Uint8Array, block: number): number => viewOn(sums).getUint32(4 * block, true);

const viewOn = ({ buffer, byteOffset, byteLength }: Uint8Array): DataView =>
  new DataView(buffer, byteOffset, byteLength);
