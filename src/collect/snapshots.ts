import {
  closeSync,
  existsSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statfsSync,
  statSync,
  writeSync,
} from 'node:fs';
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
const SNAPSHOT = /\.heapsnapshot(?:\.partial)?$/;

/**
 * Heap snapshots of this process: never two at once in one folder, none where memory or disk is short, no more than the settings allow. What is
 * in the folder counts, whoever wrote it: a program that is started again and again must not fill the disk. A snapshot has its name when it
 * is whole.
 */
export class Snapshots {
  readonly #settings: Settings;
  readonly #name: string;
  #count = 0;
  /** When a snapshot was begun that could not be written; each try blocks the program. */
  #failed = Number.NEGATIVE_INFINITY;

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
    const held = lockedBy(lock);
    if (held !== undefined) return { reason: held };
    try {
      removePartials(folder);
      return { file: this.#write() };
    } catch (error) {
      this.#failed = performance.now();
      return { reason: messageOf(error) };
    } finally {
      remove(lock);
    }
  }

  #write(): string {
    const file = this.#freeName();
    const partial = `${file}.partial`;
    try {
      writeHeapSnapshot(partial);
      renameSync(partial, file);
      this.#count++;
      return file;
    } catch (error) {
      remove(partial);
      throw error;
    }
  }

  /** Processes of several containers may have begun in the same second under the same id. */
  #freeName(): string {
    for (let number = this.#count + 1; ; number++) {
      const name = `${this.#name}-${String(number).padStart(3, '0')}.heapsnapshot`;
      const file = join(this.#settings.folder, name);
      if (!existsSync(file)) return file;
    }
  }

  #hindrance(): string | undefined {
    const { mostSnapshots, mostBytes, distance, folder } = this.#settings;
    if (this.#count >= mostSnapshots) return `${mostSnapshots} snapshots have been taken`;
    if (performance.now() - this.#failed < distance) return 'the last one could not be written';
    const heap = getHeapStatistics().used_heap_size;
    if (availableMemory() < MEMORY * heap + SPARE) return 'memory is short';
    try {
      if (bytesIn(folder) + DISK * heap > mostBytes) return 'the snapshots would take more than they may';
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

/** What all snapshots of a folder take, those with a name and those in the making. */
function bytesIn(folder: string): number {
  const sizes = readdirSync(folder)
    .filter((name) => SNAPSHOT.test(name))
    .map((name) => statSync(join(folder, name), { throwIfNoEntry: false })?.size ?? 0);
  return sizes.reduce((sum, size) => sum + size, 0);
}

/** Of processes that were killed while they wrote: whoever has the lock is the only one that does. */
function removePartials(folder: string): void {
  for (const name of readdirSync(folder)) if (name.endsWith('.heapsnapshot.partial')) remove(join(folder, name));
}

/** Undefined once this process has the lock, else what stands against it. */
function lockedBy(lock: string): string | undefined {
  for (let attempt = 0; attempt < 2; attempt++) {
    try {
      const descriptor = openSync(lock, 'wx', 0o600);
      writeSync(descriptor, String(process.pid));
      closeSync(descriptor);
      return undefined;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') return messageOf(error);
      if (!isStale(lock)) break;
      remove(lock);
    }
  }
  return 'another process of this folder is writing one';
}

/** Throws nothing. */
function remove(file: string): void {
  try {
    rmSync(file, { force: true });
  } catch {
    // Whatever it is, it is not this program's to end for.
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
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
