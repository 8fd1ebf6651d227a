import { SnapshotError } from '../base/errors.js';
import type { Arena } from '../wasm/arena.js';
import type { ByteSource } from './source.js';

/** Bytes of one window. Reused for the whole file: fresh memory would cost more than the scan. */
export const WINDOW_BYTES = 1 << 18;
/** Readable bytes behind the window's end: the kernels look at whole blocks and stop at a byte that is no digit. */
const GUARD = 64;

/** What an input takes of its arena. */
export const INPUT_BYTES = WINDOW_BYTES + GUARD;

/**
 * A moving window over a source, in the arena's memory so that kernels scan it in place.
 * `position` and `end` are addresses; what lies before `position` is consumed. Whoever consumes sets `position`.
 */
export class Input {
  readonly bytes: Uint8Array;
  position: number;
  end: number;
  readonly #base: number;
  readonly #source: ByteSource;
  readonly #onRead: (bytes: number) => void | Promise<void>;
  /** File offset of the window's first byte. */
  #start = 0;
  #ended = false;

  constructor(arena: Arena, source: ByteSource, onRead: (bytes: number) => void | Promise<void>) {
    const window = arena.allocate('u8', INPUT_BYTES);
    this.#base = window.offset;
    this.bytes = new Uint8Array(arena.memory.buffer, 0, window.offset + window.length);
    this.position = this.#base;
    this.end = this.#base;
    this.#source = source;
    this.#onRead = onRead;
  }

  get size(): number | undefined {
    return this.#source.size;
  }

  /** File offset of the next byte. */
  get offset(): number {
    return this.offsetOf(this.position);
  }

  /** File offset of the byte at `address`. */
  offsetOf(address: number): number {
    return this.#start + (address - this.#base);
  }

  /** Address that the byte at this file offset has while it is in the window. */
  addressOf(offset: number): number {
    return this.#base + (offset - this.#start);
  }

  /** Goes on at this file offset; for sources that can. */
  seek(offset: number): void {
    if (this.#source.seek === undefined) throw new SnapshotError('INTERNAL', 'found a stream, expected a file');
    this.#source.seek(offset);
    this.#start = offset;
    this.position = this.#base;
    this.end = this.#base;
    this.#ended = false;
  }

  /**
   * Keeps the bytes not consumed and reads more behind them; false at the end of the file.
   * Consumers leave less than a window: the longest piece a kernel wants whole is a number or an escape.
   */
  async fill(): Promise<boolean> {
    if (this.#ended) return false;
    const rest = this.end - this.position;
    this.#start += this.position - this.#base;
    this.bytes.copyWithin(this.#base, this.position, this.end);
    this.position = this.#base;
    this.end = this.#base + rest;
    const count = await this.#read(this.bytes.subarray(this.end, this.#base + WINDOW_BYTES));
    this.end += count;
    this.bytes.fill(0, this.end, this.end + GUARD);
    this.#ended = count === 0;
    return count > 0;
  }

  async #read(into: Uint8Array): Promise<number> {
    try {
      const read = this.#source.read(into);
      const count = typeof read === 'number' ? read : await read;
      await this.#onRead(count);
      return count;
    } catch (error) {
      const known = SnapshotError.from(error);
      throw new SnapshotError(known.code, known.message, known.byteOffset ?? this.offsetOf(this.end));
    }
  }

  /** The next byte that is no JSON white space, not consumed; -1 at the end of the file. */
  async peek(): Promise<number> {
    for (;;) {
      while (this.position < this.end) {
        const byte = this.bytes[this.position];
        if (!isSpace(byte)) return byte;
        this.position++;
      }
      if (!(await this.fill())) return -1;
    }
  }

  /** Consumes white space and then exactly `byte`. */
  async expect(byte: number, what: string): Promise<void> {
    const found = await this.peek();
    if (found !== byte) throw this.unexpected(found, what);
    this.position++;
  }

  unexpected(found: number, expected: string): SnapshotError {
    const at = this.offset;
    if (found < 0) return this.truncated(expected);
    return new SnapshotError('SYNTAX', `found ${describeByte(found)}, expected ${expected}`, at);
  }

  truncated(expected: string): SnapshotError {
    const at = this.offsetOf(this.end);
    return new SnapshotError('TRUNCATED', `found the end of the file after ${at} bytes, expected ${expected}`, at);
  }

  close(): void {
    this.#source.close();
  }
}

/** JSON's white space. */
export function isSpace(byte: number): boolean {
  return byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09;
}

/** Printable ASCII as itself; anything else by its code, since the bytes are not to be trusted. */
export function describeByte(byte: number): string {
  const code = `byte 0x${byte.toString(16).padStart(2, '0')}`;
  return byte > 0x20 && byte < 0x7f ? `"${String.fromCharCode(byte)}" (${code})` : code;
}
