import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs';
import { SnapshotError } from '../base/errors.js';

/** Uncompressed bytes of a snapshot, front to back. */
export interface ByteSource {
  /** Bytes in all, where that is known before reading. */
  readonly size: number | undefined;
  /** Fills `into` from its start with at least one byte; 0 at the end. */
  read(into: Uint8Array): number | Promise<number>;
  /** Has the next read start at this byte. Absent where bytes come in a stream. */
  seek?(offset: number): void;
  close(): void;
}

/** Opens the same bytes again: the reader goes over them a second time to place an error or to find a late header. */
export type OpenSource = () => ByteSource | Promise<ByteSource>;

/** A regular file's bytes as they are on disk. */
export class FileSource implements ByteSource {
  readonly size: number;
  readonly #descriptor: number;
  #position = 0;

  constructor(file: string) {
    this.#descriptor = openRegularFile(file);
    this.size = fstatSync(this.#descriptor).size;
  }

  read(into: Uint8Array): number {
    // An explicit position: a growing or shared descriptor must not move it.
    const count = readSync(this.#descriptor, into, 0, into.length, this.#position);
    this.#position += count;
    return count;
  }

  seek(offset: number): void {
    this.#position = offset;
  }

  close(): void {
    closeSync(this.#descriptor);
  }
}

/** Without it, opening a pipe that nobody writes to would wait for ever. */
const OPEN_FLAGS = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0);

function openRegularFile(file: string): number {
  let descriptor: number;
  try {
    descriptor = openSync(file, OPEN_FLAGS);
  } catch (error) {
    throw new SnapshotError(
      'UNREADABLE',
      `found a file that cannot be opened (${systemCode(error)}), expected a readable one`,
    );
  }
  if (!fstatSync(descriptor).isFile()) {
    closeSync(descriptor);
    throw new SnapshotError('UNREADABLE', 'found a folder, pipe or device, expected a regular file');
  }
  return descriptor;
}

function systemCode(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : 'unknown reason';
}

/** Bytes in memory, delivered in pieces of the given sizes (the last one repeats); for callers that hold them and tests. */
export class BytesSource implements ByteSource {
  readonly size: number;
  readonly #bytes: Uint8Array;
  readonly #pieces: readonly number[];
  #position = 0;
  #piece = 0;

  constructor(bytes: Uint8Array, pieces: readonly number[] = [Number.MAX_SAFE_INTEGER]) {
    this.size = bytes.length;
    this.#bytes = bytes;
    this.#pieces = pieces;
  }

  read(into: Uint8Array): number {
    const piece = this.#pieces[Math.min(this.#piece++, this.#pieces.length - 1)];
    const count = Math.min(piece, into.length, this.#bytes.length - this.#position);
    into.set(this.#bytes.subarray(this.#position, this.#position + count));
    this.#position += count;
    return count;
  }

  seek(offset: number): void {
    this.#position = offset;
  }

  close(): void {}
}
