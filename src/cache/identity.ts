import { createHash } from 'node:crypto';
import { type BigIntStats, constants } from 'node:fs';
import { type FileHandle, open, stat } from 'node:fs/promises';
import { setTimeout } from 'node:timers/promises';
import { crc32 } from 'node:zlib';

/** What a file's bytes are known by. */
export interface ContentKey {
  readonly size: number;
  /** SHA-256 of some of the bytes: read in a moment, and different for nearly any two files. */
  readonly samples: Uint8Array;
  /** SHA-256 of all bytes. */
  readonly digest: Uint8Array;
}

/** Device, inode, and the times of the last change to content and inode in nanoseconds, each modulo 2^64. */
export type FileState = readonly [bigint, bigint, bigint, bigint];

/** A file as it was found: plain data. */
export interface FileProbe extends Omit<ContentKey, 'digest'> {
  readonly file: string;
  readonly state: FileState;
  /** Whether any change since will show in `state`, now and for ever: only such a state is remembered. */
  readonly settled: boolean;
  /** Whether a change while the file is analysed will show in `state`: only such a file is cached. */
  readonly watchable: boolean;
}

/** The first and last bytes and some between, evenly spread. A file no longer than all of them is read whole. */
const END_BYTES = 64 << 10;
const SAMPLES = 64;
const SAMPLE_BYTES = 4 << 10;
const ALL_SAMPLES = 2 * END_BYTES + SAMPLES * SAMPLE_BYTES;
const DIGEST_STEP = 1 << 20;

/** No file system in use stamps coarser than 2 s: a file left alone for longer cannot change under the same stamp. */
const SETTLED_MS = 3000;
/** Where stamps are finer than milliseconds, the clock they come from goes in steps of at most this. */
const TICK_MS = 20;
const FINE_STAMP_NS = 1_000_000n;

/** Without it, opening a pipe that nobody writes to would wait for ever. */
const OPEN_FLAGS = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0);

/** Looks at a file: at most 384 KiB of it. Undefined where it is no regular file or cannot be read. */
export async function probeFile(file: string): Promise<FileProbe | undefined> {
  try {
    return await withFile(file, async (handle) => {
      const found = await handle.stat({ bigint: true });
      if (!found.isFile()) return undefined;
      const trust = trustIn(found, Date.now());
      // What is written within the same tick as the last change leaves no trace: let it come before all that is read.
      if (!trust.settled) await setTimeout(TICK_MS);
      const size = Number(found.size);
      return { file, size, state: stateOf(found), ...trust, samples: await sample(handle, size) };
    });
  } catch {
    return undefined;
  }
}

/**
 * SHA-256 of the whole file; undefined where it cannot be read or is no longer what the probe has seen. Cost: one pass, about
 * a second a gigabyte; other work of the thread gets its turn after each megabyte. Rejects with the signal's reason.
 */
export async function digestOf(probe: FileProbe, signal?: AbortSignal): Promise<Uint8Array | undefined> {
  try {
    const digest = await withFile(probe.file, (handle) => digest256(handle, signal));
    return (await isUnchanged(probe)) ? digest : undefined;
  } catch {
    signal?.throwIfAborted();
    return undefined;
  }
}

async function digest256(handle: FileHandle, signal?: AbortSignal): Promise<Uint8Array> {
  const hash = createHash('sha256');
  let ready = Buffer.allocUnsafe(DIGEST_STEP);
  let spare = Buffer.allocUnsafe(DIGEST_STEP);
  let position = 0;
  let { bytesRead } = await handle.read(ready, 0, DIGEST_STEP, 0);
  while (bytesRead > 0) {
    signal?.throwIfAborted();
    position += bytesRead;
    // The next bytes are read while these are hashed.
    const next = handle.read(spare, 0, DIGEST_STEP, position);
    hash.update(ready.subarray(0, bytesRead));
    [ready, spare] = [spare, ready];
    ({ bytesRead } = await next);
  }
  return hash.digest();
}

/** Whether the name still leads to the bytes that were probed. */
async function isUnchanged({ file, size, state }: FileProbe): Promise<boolean> {
  const now = await stat(file, { bigint: true }).catch(() => undefined);
  return now !== undefined && Number(now.size) === size && isSameState(stateOf(now), state);
}

export const isSameState = (a: FileState, b: FileState): boolean => a.every((part, at) => part === b[at]);

/** 32 bytes and their checksum: whatever else is found in a slot counts as nothing seen. */
export function encodeState(state: FileState): Uint8Array {
  const bytes = new Uint8Array(36);
  const view = new DataView(bytes.buffer);
  for (const [at, part] of state.entries()) view.setBigUint64(8 * at, part, true);
  view.setUint32(32, crc32(bytes.subarray(0, 32)), true);
  return bytes;
}

export function decodeState(slot: Uint8Array): FileState | undefined {
  const view = new DataView(slot.buffer, slot.byteOffset, slot.byteLength);
  if (view.getUint32(32, true) !== crc32(slot.subarray(0, 32))) return undefined;
  const part = (at: number) => view.getBigUint64(8 * at, true);
  return [part(0), part(1), part(2), part(3)];
}

function stateOf({ dev, ino, mtimeNs, ctimeNs }: BigIntStats): FileState {
  const part = (value: bigint) => BigInt.asUintN(64, value);
  return [part(dev), part(ino), part(mtimeNs), part(ctimeNs)];
}

/** What the stamps of a file's last changes say about changes to come. */
export function trustIn(
  { mtimeMs, ctimeMs, ctimeNs }: Pick<BigIntStats, 'mtimeMs' | 'ctimeMs' | 'ctimeNs'>,
  nowMs: number,
): Pick<FileProbe, 'settled' | 'watchable'> {
  const settled = nowMs - Number(mtimeMs > ctimeMs ? mtimeMs : ctimeMs) > SETTLED_MS;
  return { settled, watchable: settled || ctimeNs % FINE_STAMP_NS !== 0n };
}

async function sample(handle: FileHandle, size: number): Promise<Uint8Array> {
  const bytes = new Uint8Array(Math.min(size, ALL_SAMPLES));
  let filled = 0;
  const reads: Promise<unknown>[] = [];
  const take = (length: number, position: number) => {
    reads.push(handle.read(bytes, filled, length, position));
    filled += length;
  };
  if (size <= ALL_SAMPLES) take(size, 0);
  else {
    const between = size - 2 * END_BYTES - SAMPLE_BYTES;
    take(END_BYTES, 0);
    for (let at = 0; at < SAMPLES; at++)
      take(SAMPLE_BYTES, END_BYTES + Math.floor((between * at) / Math.max(1, SAMPLES - 1)));
    take(END_BYTES, size - END_BYTES);
  }
  await Promise.all(reads);
  return createHash('sha256').update(bytes).digest();
}

async function withFile<T>(file: string, work: (handle: FileHandle) => Promise<T>): Promise<T> {
  const handle = await open(file, OPEN_FLAGS);
  try {
    return await work(handle);
  } finally {
    await handle.close();
  }
}
