import { Readable, type Transform } from 'node:stream';
import * as zlib from 'node:zlib';
import { Decompress } from 'fzstd';
import { SnapshotError } from '../base/errors.js';
import { type ByteSource, FileSource } from './source.js';

/** Bytes of compressed or uncompressed data handled at a time. */
const CHUNK = 256 * 1024;

/** The uncompressed bytes of a gzip file; several members in a row are one stream. */
export function gunzip(file: string): ByteSource {
  return new StreamSource(file, zlib.createGunzip({ chunkSize: CHUNK }));
}

/** A compressed file through one of Node's decompression streams. */
class StreamSource implements ByteSource {
  readonly size = undefined;
  readonly #stream: Transform;
  readonly #input: Readable;
  readonly #chunks: AsyncIterator<Uint8Array>;
  #rest: Uint8Array = new Uint8Array(0);

  constructor(file: string, stream: Transform) {
    this.#input = Readable.from(chunksOf(file));
    this.#stream = stream;
    this.#input.on('error', (error) => stream.destroy(error));
    this.#chunks = this.#input.pipe(stream)[Symbol.asyncIterator]() as AsyncIterator<Uint8Array>;
  }

  async read(into: Uint8Array): Promise<number> {
    while (this.#rest.length === 0) {
      const next = await this.#next();
      if (next === undefined) return 0;
      this.#rest = next;
    }
    const count = Math.min(into.length, this.#rest.length);
    into.set(this.#rest.subarray(0, count));
    this.#rest = this.#rest.subarray(count);
    return count;
  }

  async #next(): Promise<Uint8Array | undefined> {
    try {
      const { value, done } = await this.#chunks.next();
      return done ? undefined : value;
    } catch (error) {
      if (error instanceof SnapshotError) throw error;
      throw damaged(error);
    }
  }

  close(): void {
    this.#input.destroy();
    this.#stream.destroy();
  }
}

function* chunksOf(file: string): Generator<Uint8Array> {
  const source = new FileSource(file);
  try {
    for (;;) {
      const chunk = Buffer.allocUnsafe(CHUNK);
      const count = source.read(chunk);
      if (count === 0) return;
      yield chunk.subarray(0, count);
    }
  } finally {
    source.close();
  }
}

/** The uncompressed bytes of a Zstandard file, by Node's own zlib where it can. */
export function unzstd(file: string): ByteSource {
  const create = (zlib as { createZstdDecompress?: (options: { chunkSize: number }) => Transform })
    .createZstdDecompress;
  return create === undefined ? new FzstdSource(file) : new StreamSource(file, create({ chunkSize: CHUNK }));
}

/** Zstandard for Node versions whose zlib does not have it: slower, same bytes. */
class FzstdSource implements ByteSource {
  readonly size = undefined;
  readonly #file: FileSource;
  readonly #decoder: Decompress;
  readonly #chunk = new Uint8Array(CHUNK);
  #ready: Uint8Array[] = [];
  #ended = false;

  constructor(file: string) {
    this.#file = new FileSource(file);
    this.#decoder = new Decompress((data) => {
      if (data.length > 0) this.#ready.push(data);
    });
  }

  read(into: Uint8Array): number {
    while (this.#ready.length === 0) {
      if (this.#ended) return 0;
      this.#push();
    }
    const first = this.#ready[0];
    const count = Math.min(into.length, first.length);
    into.set(first.subarray(0, count));
    if (count === first.length) this.#ready.shift();
    else this.#ready[0] = first.subarray(count);
    return count;
  }

  #push(): void {
    const count = this.#file.read(this.#chunk);
    this.#ended = count === 0;
    try {
      // The decoder keeps what it cannot use yet, so it must not see the chunk overwritten.
      this.#decoder.push(this.#chunk.slice(0, count), this.#ended);
    } catch (error) {
      throw damaged(error);
    }
  }

  close(): void {
    this.#file.close();
  }
}

function damaged(error: unknown): SnapshotError {
  const reason = error instanceof Error ? error.message : String(error);
  return new SnapshotError('COMPRESSION', `found a damaged compressed stream (${reason}), expected a whole one`);
}
