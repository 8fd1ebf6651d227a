import { closeSync, openSync, readFileSync, renameSync, rmSync, statfsSync, statSync, writeSync } from 'node:fs';
import { freemem } from 'node:os';
import { join } from 'node:path';
import { getHeapStatistics, writeHeapSnapshot } from 'node:v8';
import type { Settings } from './options.js';

/** What a snapshot takes of memory and disk at most, in multiples of the heap. */
const MEMORY = 2;
const DISK = 3;
/** What is left free besides. */
const SPARE = 64 << 20;
/** A lock of a process that cannot be asked is given up after that. */
const STALE_MS = 15 * 60_000;
const LOCK = 'snapshot.lock';

/**
 * Heap snapshots of this process: never two at once in one folder, none where memory or disk is short, no more than the settings allow. A
 * snapshot has its name when it is whole.
 */
export class Snapshots {
  readonly #settings: Settings;
  readonly #name: string;
  #count = 0;
  #bytes = 0;

  constructor(settings: Settings, name: string) {
    this.#settings = settings;
    this.#name = name;
  }

  get count(): number {
    return this.#count;
  }

  /** The file, or why there is none. Blocks the program while V8 writes: about a second for 100 MB. Throws nothing. */
  take(): { readonly file: string } | { readonly reason: string } {
    const reason = this.#hindrance();
    if (reason !== undefined) return { reason };
    const { folder } = this.#settings;
    const lock = join(folder, LOCK);
    if (!locked(lock)) return { reason: 'another process of this folder is writing one' };
    const file = join(folder, `${this.#name}-${String(this.#count + 1).padStart(3, '0')}.heapsnapshot`);
    const partial = `${file}.partial`;
    try {
      writeHeapSnapshot(partial);
      const { size } = statSync(partial);
      renameSync(partial, file);
      this.#count++;
      this.#bytes += size;
      return { file };
    } catch (error) {
      rmSync(partial, { force: true });
      return { reason: error instanceof Error ? error.message : String(error) };
    } finally {
      rmSync(lock, { force: true });
    }
  }

  #hindrance(): string | undefined {
    const { mostSnapshots, mostBytes, folder } = this.#settings;
    if (this.#count >= mostSnapshots) return `${mostSnapshots} snapshots have been taken`;
    const heap = getHeapStatistics().used_heap_size;
    if (this.#bytes + DISK * heap > mostBytes) return 'the snapshots would take more than they may';
    if (availableMemory() < MEMORY * heap + SPARE) return 'memory is short';
    try {
      const { bavail, bsize } = statfsSync(folder);
      return bavail * bsize < DISK * heap + SPARE ? 'the disk is short' : undefined;
    } catch {
      return 'the folder cannot be looked at';
    }
  }
}

/** Node 20 knows the system's memory alone, newer ones the container's. */
function availableMemory(): number {
  const { availableMemory: ask } = process as unknown as { availableMemory?: () => number };
  return ask?.() ?? freemem();
}

function locked(lock: string): boolean {
  for (let attempt = 0; attempt < 2; attempt++) {
    try {
      const descriptor = openSync(lock, 'wx', 0o600);
      writeSync(descriptor, String(process.pid));
      closeSync(descriptor);
      return true;
    } catch {
      if (!isStale(lock)) return false;
      rmSync(lock, { force: true });
    }
  }
  return false;
}

/** Whose process has gone, or that nobody has let go of for long. */
function isStale(lock: string): boolean {
  try {
    const owner = Number(readFileSync(lock, 'utf8'));
    if (Date.now() - statSync(lock).mtimeMs > STALE_MS) return true;
    if (!Number.isInteger(owner) || owner <= 0) return false;
    process.kill(owner, 0);
    return false;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ESRCH';
  }
}
