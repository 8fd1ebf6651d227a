import {
  closeSync,
  constants,
  fstatSync,
  futimesSync,
  openSync,
  readSync,
  statSync,
  unlinkSync,
  writeSync,
} from 'node:fs';
import { crc32 } from 'node:zlib';
import { SnapshotError } from '../base/errors.js';
import type { BlockReader } from '../graph/column.js';
import {
  BLOCK_BYTES,
  type CacheHeader,
  columnBytes,
  dataStart,
  decodeHeader,
  headerLength,
  PREFIX_BYTES,
  SLOT_BYTES,
  SLOTS_AT,
  type StoredColumn,
  sumOf,
} from './format.js';
import { decodeState, encodeState, type FileState } from './identity.js';

const OPEN_FLAGS = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0) | (constants.O_NOFOLLOW ?? 0);

/** A cache opened for reading: its header is verified, its columns are as they are asked for. */
export class CacheFile {
  readonly path: string;
  readonly header: CacheHeader;
  readonly #slots: Uint8Array;
  readonly #start: number;
  readonly #inode: string;
  /** Undefined once closed. */
  #descriptor: number | undefined;

  private constructor(path: string, descriptor: number, head: Head, inode: string) {
    this.path = path;
    this.header = head.header;
    this.#slots = head.slots;
    this.#start = head.start;
    this.#descriptor = descriptor;
    this.#inode = inode;
    forgotten.register(this, descriptor, this);
  }

  /** Undefined where there is none, or where it is partial, damaged, of another engine, format or machine, or another user's. */
  static open(path: string): CacheFile | undefined {
    let descriptor: number | undefined;
    try {
      descriptor = openSync(path, OPEN_FLAGS);
      const head = readHead(descriptor);
      if (head !== undefined) return new CacheFile(path, descriptor, head, inodeOf(descriptor));
    } catch {
      // A cache that cannot be read is as good as none.
    }
    if (descriptor !== undefined) closeSync(descriptor);
    return undefined;
  }

  /** The state in which source `index` was last seen to have the content that the header names. */
  seen(index: number): FileState | undefined {
    return decodeState(this.#slots.subarray(index * SLOT_BYTES, (index + 1) * SLOT_BYTES));
  }

  /** Notes that source `index` has that content in this state, too. Does nothing where the file cannot be written. */
  remember(index: number, state: FileState): void {
    try {
      const descriptor = openSync(this.path, constants.O_RDWR | (constants.O_NOFOLLOW ?? 0));
      try {
        // Another process may have put its own in place since.
        if (inodeOf(descriptor) !== this.#inode) return;
        const bytes = encodeState(state);
        writeSync(descriptor, bytes, 0, bytes.length, SLOTS_AT + index * SLOT_BYTES);
      } finally {
        closeSync(descriptor);
      }
    } catch {
      // Then the next opening looks at all of the input's bytes again.
    }
  }

  /** Notes that it was of use, as the time of its last change; what was of none for longest goes first. */
  markUsed(): void {
    try {
      if (this.#descriptor !== undefined) futimesSync(this.#descriptor, new Date(), new Date());
    } catch {
      // A system that lets only writers do that forgets in the order of writing.
    }
  }

  /** The blocks of column `number`. Reading one throws `CACHE_BROKEN` where it is not what was written. */
  blocksOf(number: number): BlockReader {
    const column = this.header.columns[number];
    return { blockBytes: BLOCK_BYTES, read: (block, into) => this.#read(column, block, into) };
  }

  has(name: string): boolean {
    return this.header.columns.some((column) => column.name === name);
  }

  /** A document, read and verified as a whole. Throws `CACHE_BROKEN`. */
  document<T>(name: string): T {
    const number = this.header.columns.findIndex((column) => column.name === name);
    if (number < 0) throw this.#broken(`no document ${name}`);
    const bytes = Buffer.allocUnsafe(columnBytes(this.header.columns[number]));
    const { read } = this.blocksOf(number);
    for (let block = 0; block * BLOCK_BYTES < bytes.length; block++) {
      read(block, bytes.subarray(block * BLOCK_BYTES, (block + 1) * BLOCK_BYTES));
    }
    return JSON.parse(bytes.toString()) as T;
  }

  /** Lets go of the file. What has been taken can still read from it: it is opened again then. */
  close(): void {
    if (this.#descriptor === undefined) return;
    forgotten.unregister(this);
    closeSync(this.#descriptor);
    this.#descriptor = undefined;
  }

  #read(column: StoredColumn, block: number, into: Uint8Array): void {
    const position = this.#start + column.offset + block * BLOCK_BYTES;
    const descriptor = this.#descriptor ?? this.#openAgain();
    try {
      if (readFully(descriptor, into, position) < into.length) throw this.#broken('a file that is too short');
    } catch (error) {
      throw error instanceof SnapshotError ? error : this.#broken((error as Error).message);
    } finally {
      if (this.#descriptor === undefined) closeSync(descriptor);
    }
    if (crc32(into) !== sumOf(column.sums, block)) throw this.#broken(`damaged bytes at ${position}`);
  }

  #openAgain(): number {
    try {
      const descriptor = openSync(this.path, OPEN_FLAGS);
      if (inodeOf(descriptor) === this.#inode) return descriptor;
      closeSync(descriptor);
    } catch {
      // As if another one were there.
    }
    throw new SnapshotError('CACHE_BROKEN', `found that the cache ${this.path} is gone, expected it to stay`);
  }

  /** Whoever opens next finds no cache and analyses afresh. */
  #broken(found: string): SnapshotError {
    try {
      const { dev, ino } = statSync(this.path, { bigint: true });
      if (`${dev}:${ino}` === this.#inode) unlinkSync(this.path);
    } catch {
      // Not ours to remove, or gone.
    }
    return new SnapshotError(
      'CACHE_BROKEN',
      `found ${found} in the cache ${this.path}, expected what was written: it is removed, open the snapshot again`,
    );
  }
}

/** Files of snapshots that nobody has closed. */
const forgotten = new FinalizationRegistry<number>((descriptor) => closeSync(descriptor));

interface Head {
  readonly header: CacheHeader;
  readonly slots: Uint8Array;
  readonly start: number;
}

function readHead(descriptor: number): Head | undefined {
  const found = fstatSync(descriptor);
  // Only what this user has written can be believed: checksums keep out accidents, not other people.
  const own = process.getuid === undefined || found.uid === process.getuid();
  if (!found.isFile() || !own) return undefined;
  const prefix = new Uint8Array(PREFIX_BYTES);
  if (readFully(descriptor, prefix, 0) < PREFIX_BYTES) return undefined;
  const preamble = prefix.subarray(0, SLOTS_AT);
  const length = headerLength(preamble);
  if (length === undefined || PREFIX_BYTES + length > found.size) return undefined;
  const bytes = new Uint8Array(length);
  if (readFully(descriptor, bytes, PREFIX_BYTES) < length) return undefined;
  const header = decodeHeader(preamble, bytes, found.size);
  return header && { header, slots: prefix.subarray(SLOTS_AT), start: dataStart(length) };
}

function readFully(descriptor: number, into: Uint8Array, position: number): number {
  let done = 0;
  while (done < into.length) {
    const count = readSync(descriptor, into, done, into.length - done, position + done);
    if (count === 0) break;
    done += count;
  }
  return done;
}

function inodeOf(descriptor: number): string {
  const { dev, ino } = fstatSync(descriptor, { bigint: true });
  return `${dev}:${ino}`;
}
