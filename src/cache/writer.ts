import { dirname } from 'node:path';
import { crc32 } from 'node:zlib';
import { align, elementBytes, type Kind } from '../wasm/region.js';
import { type Disk, disk, type Sink } from './disk.js';
import {
  BLOCK_BYTES,
  blocksIn,
  type CacheKind,
  columnBytes,
  dataStart,
  encodeHeader,
  encodePreamble,
  PREFIX_BYTES,
  SLOT_BYTES,
  SLOTS_AT,
  type StoredColumn,
} from './format.js';
import { type ContentKey, digestOf, encodeState, type FileProbe } from './identity.js';
import { removeLeftovers } from './leftovers.js';

/** Where a cache goes: plain data, made before the analysis that fills it. */
export interface CacheTarget {
  readonly kind: CacheKind;
  readonly path: string;
  /** In the same folder; nobody else's. */
  readonly temporary: string;
  readonly sources: readonly FileProbe[];
}

export interface ColumnToStore {
  readonly name: string;
  readonly kind: Kind;
  readonly bytes: Uint8Array;
}

/** Why there is no cache now, in words for the user. */
export class CacheNotWritten extends Error {
  override readonly name = 'CacheNotWritten';
}

/** A document as a column: JSON keeps every text of a heap, lone surrogates too, which msgpack's UTF-8 cannot. */
export function documentColumn(name: string, document: unknown): ColumnToStore {
  return { name, kind: 'u8', bytes: Buffer.from(JSON.stringify(document)) };
}

const CHUNK_BYTES = 16 * BLOCK_BYTES;
const DIGEST_BYTES = 32;

/**
 * Writes a cache; what killed processes have left beside it goes. Rejects with a `CacheNotWritten`, and an older
 * cache is still there then.
 */
export async function writeCache(
  target: CacheTarget,
  columns: readonly ColumnToStore[],
  on: Disk = disk,
): Promise<void> {
  try {
    await removeLeftovers(dirname(target.path));
    await writeInOneStep(target, columns, on);
  } catch (error) {
    if (error instanceof CacheNotWritten) throw error;
    throw new CacheNotWritten(`cannot write the cache ${target.path}: ${(error as Error).message}`);
  }
}

/**
 * Writes a cache under its temporary name, syncs it and gives it its own: other processes see the old one, the whole new one,
 * or none. On any failure the temporary file is removed and the error thrown on. Cost: what writing the bytes costs; the inputs
 * are digested beside it.
 */
async function writeInOneStep(
  { kind, path, temporary, sources }: CacheTarget,
  columns: readonly ColumnToStore[],
  on: Disk,
): Promise<void> {
  const stored = placeColumns(columns);
  const header = { kind, columns: stored, dataBytes: Math.max(...stored.map((column) => endOf(column))) };
  // Digests and checksums are known last, but take the same room whatever they are.
  const draft = encodeHeader({
    ...header,
    sources: sources.map((probe) => keyOf(probe, new Uint8Array(DIGEST_BYTES))),
  });
  const sink = await on.create(temporary);
  const stop = new AbortController();
  const digesting = Promise.all(sources.map((probe) => digestOf(probe, stop.signal)));
  // A failure is met below, and must not count as unhandled until then.
  digesting.catch(() => {});
  try {
    try {
      for (const [at, { bytes }] of columns.entries()) {
        await writeColumn(sink, bytes, dataStart(draft.length) + stored[at].offset, stored[at].sums);
      }
      const keys = (await digesting).map((digest, at) => keyOf(sources[at], digest));
      await writeAll(sink, headOf(encodeHeader({ ...header, sources: keys }), sources), 0);
      await sink.sync();
    } finally {
      await sink.close();
    }
    await on.rename(temporary, path);
  } catch (error) {
    stop.abort();
    await on.remove(temporary).catch(() => {});
    throw error;
  }
  await on.syncFolder(dirname(path));
}

function placeColumns(columns: readonly ColumnToStore[]): StoredColumn[] {
  let offset = 0;
  return columns.map(({ name, kind, bytes }) => {
    const column = {
      name,
      kind,
      // One without bytes lies nowhere, and cannot lie behind the file's end.
      offset: bytes.length === 0 ? 0 : offset,
      length: bytes.length / elementBytes(kind),
      sums: new Uint8Array(4 * blocksIn(bytes.length)),
    };
    offset = align(offset + bytes.length);
    return column;
  });
}

const endOf = (column: StoredColumn): number => column.offset + columnBytes(column);

function keyOf({ file, size, samples }: FileProbe, digest: Uint8Array | undefined): ContentKey {
  // The results may be of the bytes before the change, of those after it, or of some of both.
  if (digest === undefined) throw new CacheNotWritten(`not cached: ${file} changed while it was analysed`);
  return { size, samples, digest };
}

function headOf(header: Uint8Array, sources: readonly FileProbe[]): Uint8Array {
  const head = new Uint8Array(PREFIX_BYTES + header.length);
  head.set(encodePreamble(header));
  for (const [at, { state, settled }] of sources.entries()) {
    // The state of a file that changed just now proves nothing: the next opening looks at all of its bytes.
    if (settled) head.set(encodeState(state), SLOTS_AT + at * SLOT_BYTES);
  }
  head.set(header, PREFIX_BYTES);
  return head;
}

async function writeColumn(sink: Sink, bytes: Uint8Array, position: number, sums: Uint8Array): Promise<void> {
  const view = new DataView(sums.buffer);
  for (let from = 0; from < bytes.length; from += CHUNK_BYTES) {
    const chunk = bytes.subarray(from, from + CHUNK_BYTES);
    const writing = writeAll(sink, chunk, position + from);
    // Summed while the system copies the same bytes.
    for (let at = 0; at < chunk.length; at += BLOCK_BYTES) {
      const block = (from + at) / BLOCK_BYTES;
      view.setUint32(4 * block, crc32(chunk.subarray(at, at + BLOCK_BYTES)), true);
    }
    await writing;
  }
}

/** A system may write less than it was given; one that writes nothing would be asked for ever. */
async function writeAll(sink: Sink, bytes: Uint8Array, position: number): Promise<void> {
  for (let done = 0; done < bytes.length; ) {
    const written = await sink.write(bytes.subarray(done), position + done);
    if (written <= 0) throw new Error(`found that ${bytes.length - done} bytes are not taken, expected some to be`);
    done += written;
  }
}
