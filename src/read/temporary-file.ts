import { randomBytes } from 'node:crypto';
import { closeSync, constants, openSync, readSync, statfsSync, unlinkSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { SnapshotError } from '../base/errors.js';
import type { Bytes } from '../base/types.js';

/** Nobody else may read what is in it: a heap holds its process's secrets. */
const MODE = 0o600;
const FLAGS = constants.O_RDWR | constants.O_CREAT | constants.O_EXCL | (constants.O_NOFOLLOW ?? 0);
/** Linux: a file that never had a name. Its number is the same on all machines that Node runs on but for the folder's bit. */
const UNNAMED = constants.O_RDWR | 0o20000000 | (constants.O_DIRECTORY ?? 0);
/** A call takes no more than 2^31 - 1 bytes. */
const MOST_AT_ONCE = 1 << 30;

/** What reads and writes a temporary file; of Node unless a test wants it otherwise. */
export interface FileCalls {
  readonly write: (descriptor: number, bytes: Uint8Array, offset: number, length: number, position: number) => number;
  readonly read: typeof readSync;
}

/**
 * A file without a name: gone when it is closed or its process ends, however that comes. Calls throw `DISK_FULL` where there is no
 * room, and `TEMPORARY` for all other failures.
 */
export class TemporaryFile {
  readonly #descriptor: number;
  readonly #calls: FileCalls;
  /** Where the system does not remove the name of an open file. */
  #path: string | undefined;
  #written = 0;

  constructor(folder: string, calls: FileCalls = { write: writeSync, read: readSync }) {
    this.#calls = calls;
    this.#descriptor = attempt(() => openUnnamed(folder) ?? this.#openNamed(folder));
  }

  /** How far it has been written. */
  get size(): Bytes {
    return this.#written;
  }

  #openNamed(folder: string): number {
    const path = join(folder, `heapsleuth-${process.pid}-${randomBytes(8).toString('hex')}`);
    const descriptor = openSync(path, FLAGS, MODE);
    try {
      unlinkSync(path);
    } catch {
      this.#path = path;
    }
    return descriptor;
  }

  write(bytes: Uint8Array, position: Bytes): void {
    for (let done = 0; done < bytes.length; ) {
      const length = Math.min(bytes.length - done, MOST_AT_ONCE);
      const count = attempt(() => this.#calls.write(this.#descriptor, bytes, done, length, position + done));
      if (count <= 0) throw diskFull();
      done += count;
    }
    this.#written = Math.max(this.#written, position + bytes.length);
  }

  /** Fills `into` with what has been written there. */
  read(into: Uint8Array, position: Bytes): void {
    for (let done = 0; done < into.length; ) {
      const length = Math.min(into.length - done, MOST_AT_ONCE);
      const count = attempt(() => this.#calls.read(this.#descriptor, into, done, length, position + done));
      if (count <= 0) throw failed('it ends too soon');
      done += count;
    }
  }

  close(): void {
    closeSync(this.#descriptor);
    if (this.#path === undefined) return;
    try {
      unlinkSync(this.#path);
    } catch {
      // Somebody else has removed it.
    }
  }
}

function openUnnamed(folder: string): number | undefined {
  if (process.platform !== 'linux') return undefined;
  try {
    return openSync(folder, UNNAMED, MODE);
  } catch {
    // Not every file system can.
    return undefined;
  }
}

/** Bytes that can still be written to the disk of a folder; infinite where the system does not tell. */
export function freeDiskBytes(folder: string): Bytes {
  try {
    const { bavail, bsize } = statfsSync(folder);
    return bavail * bsize;
  } catch {
    return Number.POSITIVE_INFINITY;
  }
}

/** Refuses at once what the folder's disk has no room for. */
export function checkDiskSpace(folder: string, needed: Bytes, free = freeDiskBytes(folder)): void {
  if (needed <= free) return;
  throw new SnapshotError(
    'DISK_FULL',
    `found ${mebibytes(free)} of free disk space for temporary files, expected ${mebibytes(needed)}`,
  );
}

function mebibytes(bytes: Bytes): string {
  return `${Math.round(bytes / 2 ** 20).toLocaleString('en-US')} MiB`;
}

function attempt<T>(call: () => T): T {
  try {
    return call();
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? 'unknown reason';
    throw code === 'ENOSPC' || code === 'EDQUOT' || code === 'EFBIG' ? diskFull() : failed(code);
  }
}

function diskFull(): SnapshotError {
  return new SnapshotError('DISK_FULL', 'found no more disk space for temporary files, expected enough for all edges');
}

function failed(reason: string): SnapshotError {
  return new SnapshotError(
    'TEMPORARY',
    `found a temporary file that cannot be used (${reason}), expected one that can be written and read`,
  );
}
