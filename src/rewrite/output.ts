import { once } from 'node:events';
import { statSync } from 'node:fs';
import { createGzip } from 'node:zlib';
import { WholeFile } from '../archive/whole-file.js';
import { SnapshotError } from '../base/errors.js';

/** Bytes passed on at a time. */
const CHUNK = 1 << 18;
/** Digits of 32 bits. */
const LONGEST = 10;
const ZERO = 0x30;

/** Where bytes go. */
export interface ByteSink {
  /** Takes a copy where it needs one. */
  write(bytes: Uint8Array): void;
  /** Waits until it can take more. */
  drain(): Promise<void>;
  end(): Promise<void>;
}

class PlainSink implements ByteSink {
  readonly #file: WholeFile;

  constructor(file: WholeFile) {
    this.#file = file;
  }

  write(bytes: Uint8Array): void {
    this.#file.write(bytes);
  }

  async drain(): Promise<void> {}

  async end(): Promise<void> {}
}

class GzipSink implements ByteSink {
  readonly #gzip = createGzip({ chunkSize: CHUNK });
  #failure: unknown;

  constructor(file: WholeFile) {
    this.#gzip.on('data', (bytes: Uint8Array) => {
      try {
        if (this.#failure === undefined) file.write(bytes);
      } catch (error) {
        this.#failure = error;
      }
    });
  }

  /** Fails for what it could not write before: where it is drained, a failure would pass for one of the input. */
  write(bytes: Uint8Array): void {
    if (this.#failure !== undefined) throw this.#failure;
    this.#gzip.write(Buffer.from(bytes));
  }

  async drain(): Promise<void> {
    if (this.#gzip.writableNeedDrain) await once(this.#gzip, 'drain');
  }

  async end(): Promise<void> {
    this.#gzip.end();
    await once(this.#gzip, 'end');
    if (this.#failure !== undefined) throw this.#failure;
  }
}

/** Collects text piece by piece. Numbers and names are many, so none is an object of its own. */
export class Output {
  readonly #sink: ByteSink;
  readonly #buffer = Buffer.allocUnsafe(CHUNK);
  #at = 0;
  /** Bytes passed on. */
  #passed = 0;

  constructor(sink: ByteSink) {
    this.#sink = sink;
  }

  /** Bytes so far. */
  get length(): number {
    return this.#passed + this.#at;
  }

  bytes(bytes: Uint8Array): void {
    for (let from = 0; from < bytes.length; ) {
      if (this.#at === CHUNK) this.#pass();
      const count = Math.min(CHUNK - this.#at, bytes.length - from);
      this.#buffer.set(bytes.subarray(from, from + count), this.#at);
      this.#at += count;
      from += count;
    }
  }

  text(text: string): void {
    this.bytes(Buffer.from(text));
  }

  byte(byte: number): void {
    if (this.#at === CHUNK) this.#pass();
    this.#buffer[this.#at++] = byte;
  }

  /** A whole number from 0 to 2^53 - 1. */
  number(value: number): void {
    if (value > 0xffff_ffff) this.text(String(value));
    else this.#word(value);
  }

  #word(value: number): void {
    if (this.#at + LONGEST > CHUNK) this.#pass();
    let digits = 1;
    for (let limit = 10; value >= limit; limit *= 10) digits++;
    const buffer = this.#buffer;
    this.#at += digits;
    let rest = value;
    for (let at = this.#at - 1; at >= this.#at - digits; at--) {
      const next = Math.floor(rest / 10);
      buffer[at] = ZERO + rest - 10 * next;
      rest = next;
    }
  }

  /** Passes on what is held. */
  flush(): void {
    this.#pass();
  }

  #pass(): void {
    this.#sink.write(this.#buffer.subarray(0, this.#at));
    this.#passed += this.#at;
    this.#at = 0;
  }

  /** Waits for what compresses. To be called now and then, or memory grows. */
  drain(): Promise<void> {
    return this.#sink.drain();
  }

  async end(): Promise<void> {
    this.#pass();
    await this.#sink.end();
  }
}

/** Refuses names that say of a file what it is not going to be, and the input's own. */
export function checkOutput(output: string, input: string): void {
  const refuse = (found: string, expected: string) => {
    const error = new SnapshotError('OUTPUT', `found ${found}, expected ${expected}`);
    error.file = output;
    return error;
  };
  if (/\.(?:zst|zstd|br|bz2|xz|zip)$/i.test(output))
    throw refuse('the name of a compressed file', 'one for plain text, or .gz');
  if (isSameFile(output, input)) throw refuse('the file that is read', 'another one');
}

function isSameFile(one: string, other: string): boolean {
  try {
    const [a, b] = [statSync(one), statSync(other)];
    return a.ino === b.ino && a.dev === b.dev;
  } catch {
    // What is not there, or cannot be looked at, is met again when it is opened.
    return false;
  }
}

/**
 * Writes a file whole or not at all; gzipped where its name says so. Returns the bytes before compression. Throws `OUTPUT` where the
 * system takes no more, and what `write` throws.
 */
export async function writeWhole(file: string, write: (output: Output) => Promise<void>): Promise<number> {
  let whole: WholeFile | undefined;
  try {
    whole = new WholeFile(file);
    const output = new Output(/\.gz$/i.test(file) ? new GzipSink(whole) : new PlainSink(whole));
    await write(output);
    await output.end();
    whole.finish();
    return output.length;
  } catch (error) {
    whole?.abandon();
    throw outputError(error);
  }
}

/** Input tells its own failures: what the system says is about the output. */
function outputError(error: unknown): unknown {
  if (error instanceof SnapshotError || !(error instanceof Error) || !('syscall' in error)) return error;
  return new SnapshotError(
    'OUTPUT',
    `found an output that cannot be written (${error.message}), expected room for all of it`,
  );
}
