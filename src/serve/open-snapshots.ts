import { statSync } from 'node:fs';
import { setImmediate } from 'node:timers/promises';
import { SnapshotError, type SnapshotErrorData } from '../base/errors.js';
import type { Bytes, OpenOptions, Stage } from '../base/types.js';
import { demandOf } from '../batch/estimate.js';
import { openFile } from '../batch/open.js';
import { indexInThread } from '../explore/index-in-thread.js';
import { shareSnapshot } from '../explore/shared-columns.js';
import { INDEX_PARTS, type IndexPart } from '../explore/snapshot-index.js';
import { Exploration } from './exploration.js';
import { LatestFirst } from './latest-first.js';

/** How far a snapshot is. */
export type SnapshotState =
  | { readonly state: 'closed' | 'waiting' | 'ready' }
  | { readonly state: 'opening'; readonly stage: Stage; readonly fraction: number }
  | { readonly state: 'indexing'; readonly part: IndexPart; readonly fraction: number }
  | { readonly state: 'failed'; readonly error: SnapshotErrorData };

export interface OpenSnapshotsOptions extends Pick<OpenOptions, 'cache' | 'onProgress' | 'onNote'> {
  readonly signal: AbortSignal;
  /** What open snapshots may take together. */
  readonly maxMemory: Bytes;
  readonly showValues: boolean;
}

/** What an index and the columns of an opened snapshot add to those of an analysis, a node. */
const BYTES_A_NODE = 36 + 40;
const BYTES_AN_EDGE = 4;

/** The snapshots of a folder. Each is opened when it is first asked for, one at a time, the one asked for last first; the one asked for longest ago makes room. */
export class OpenSnapshots {
  readonly files: readonly string[];
  readonly #options: OpenSnapshotsOptions;
  readonly #states: SnapshotState[];
  /** Ready ones, those asked for last at the end. */
  readonly #ready = new Map<number, Exploration>();
  readonly #waiting = new LatestFirst<number>();
  #working: Promise<void> | undefined;

  constructor(files: readonly string[], options: OpenSnapshotsOptions) {
    this.files = files;
    this.#options = options;
    this.#states = files.map(() => ({ state: 'closed' }));
  }

  state(index: number): SnapshotState {
    return this.#states[index];
  }

  /** The snapshot, where it is ready; else it will be as soon as can be. Throws the error of one that could not be opened. */
  ask(index: number): Exploration | undefined {
    const state = this.#states[index];
    if (state.state === 'failed') throw SnapshotError.fromData(state.error, this.files[index]);
    const found = this.#ready.get(index);
    if (found === undefined) this.#enqueue(index);
    else {
      this.#ready.delete(index);
      this.#ready.set(index, found);
    }
    return found;
  }

  /** Resolves when nothing is being opened. */
  async idle(): Promise<void> {
    await this.#working;
  }

  close(): void {
    this.#waiting.clear();
    for (const index of [...this.#ready.keys()]) this.#drop(index);
  }

  #enqueue(index: number): void {
    if (this.#options.signal.aborted || (this.#states[index].state !== 'closed' && !this.#waiting.has(index))) return;
    this.#states[index] = { state: 'waiting' };
    const forgotten = this.#waiting.add(index);
    if (forgotten !== undefined) this.#states[forgotten] = { state: 'closed' };
    this.#working ??= this.#work().finally(() => {
      this.#working = undefined;
    });
  }

  async #work(): Promise<void> {
    for (let index = this.#waiting.take(); index !== undefined; index = this.#waiting.take()) {
      try {
        await this.#open(index);
      } catch (thrown) {
        if (this.#options.signal.aborted) return;
        this.#states[index] = { state: 'failed', error: SnapshotError.from(thrown).toData() };
      }
    }
  }

  async #open(index: number): Promise<void> {
    const file = this.files[index];
    const { signal, showValues } = this.#options;
    await this.#makeRoom(file);
    this.#states[index] = { state: 'opening', stage: 'read', fraction: 0 };
    const opened = await this.#read(index, file);
    const shared = await shareSnapshot(opened, () => setImmediate());
    const onPart = (part: IndexPart) => {
      this.#states[index] = { state: 'indexing', part, fraction: INDEX_PARTS.indexOf(part) / INDEX_PARTS.length };
    };
    const snapshotIndex = await indexInThread({ shared, options: { showValues } }, { signal, onPart });
    signal.throwIfAborted();
    this.#ready.set(index, new Exploration(file, opened, shared, snapshotIndex, showValues));
    this.#states[index] = { state: 'ready' };
  }

  /** A cache that turns out to be damaged is gone by then, so the second time the file itself is read. */
  async #read(index: number, file: string) {
    const { cache, signal, onNote, onProgress } = this.#options;
    const options: OpenOptions = {
      ...{ signal, onNote },
      onProgress: (progress) => {
        this.#states[index] = { state: 'opening', stage: progress.stage, fraction: progress.fraction };
        onProgress?.(progress);
      },
    };
    try {
      return await openFile(file, { ...options, cache });
    } catch (thrown) {
      if (!(thrown instanceof SnapshotError && thrown.code === 'CACHE_BROKEN')) throw thrown;
      onNote?.(`analysed afresh: ${thrown.message}`);
      return openFile(file, options);
    }
  }

  async #makeRoom(file: string): Promise<void> {
    const { maxMemory } = this.#options;
    const size = statSync(file, { throwIfNoEntry: false })?.size ?? 0;
    const { columns, beside, guessed, counts } = await demandOf(file, size);
    const needed = columns + beside + BYTES_A_NODE * (counts?.nodes ?? 0) + BYTES_AN_EDGE * (counts?.edges ?? 0);
    if (!guessed && needed > maxMemory)
      throw new SnapshotError(
        'TOO_LARGE',
        `found a snapshot that needs ${needed} bytes, expected at most ${maxMemory}`,
      );
    const taken = () => [...this.#ready.values()].reduce((sum, { bytes }) => sum + bytes, 0);
    while (this.#ready.size > 0 && taken() + needed > maxMemory) this.#drop([...this.#ready.keys()][0]);
  }

  #drop(index: number): void {
    this.#ready.get(index)?.close();
    this.#ready.delete(index);
    this.#states[index] = { state: 'closed' };
  }
}
