import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { getHeapStatistics, writeHeapSnapshot } from 'node:v8';
import type { Bytes } from '../base/types.js';
import { after, type CollectGarbage, garbageCollector, inItsOwnTurn, settleAndCollect } from './garbage.js';
import { analyzeInChild } from './in-child.js';
import type { LeakMeasurement } from './measurement.js';

export interface MeasureOptions {
  /** Rounds that end with a snapshot; default 8. With fewer than six no suspect is quite sure, with fewer than four none is. */
  readonly rounds?: number;
  /** Calls of the function a round; default 20. A leak of a few bytes a call needs more to be seen beside the rest of a heap. */
  readonly perRound?: number;
  /** Rounds before those, without a snapshot, for what is made once; default 2. */
  readonly warmUp?: number;
  /** Where the folder of the snapshots is made; default: the system's folder for temporary files. */
  readonly folder?: string;
  /** Whether the snapshots stay; `rounds.folder` of the result says where. Default: they are removed, whatever happens. */
  readonly keep?: boolean;
  /** Called for a collection of garbage, twice a round; default: V8's own. */
  readonly gc?: CollectGarbage;
  /** Milliseconds for all of it; default: unlimited. */
  readonly timeout?: number;
  /** Aborting it ends the measuring at the next call, or while one is waited for; the promise rejects with the signal's reason. */
  readonly signal?: AbortSignal;
}

/**
 * What a group has to retain on average. However large the heap around it is: what counts is that it grows with every call, and a test's heap is
 * quiet enough to see that.
 */
const LEAST_BYTES = 1024;

/** What is measured: once a call, which is waited for. `call` counts from 0, warm-up included. */
export type Measured = (call: number) => unknown;

/**
 * Runs a function `rounds` times `perRound`, collects garbage and writes a heap snapshot of this process (in a worker thread: of its own heap)
 * after each round, and has a child process say what leaks. The intervals of the result are rounds. Rejects with what the
 * function throws, with a RangeError for options that are none, and where no snapshot can be written. Cost: a snapshot blocks the thread,
 * about a second for 100 MB of heap, and takes twice its size on disk.
 */
export async function measureLeaks(measured: Measured, options: MeasureOptions = {}): Promise<LeakMeasurement> {
  const plan = planOf(options);
  const limit = new Limit(options.signal, plan.timeout);
  let folder: string | undefined;
  try {
    limit.signal.throwIfAborted();
    // Made for its owner alone: a snapshot has every secret of its process.
    folder = await mkdtemp(join(options.folder ?? tmpdir(), 'heapsleuth-'));
    const { files, heapUsed } = await new Rounds(measured, plan, limit).run(folder);
    // The rounds have been chosen for what they are: none is left out, and they are one process's.
    const suspects = { warmUp: 0, assumeSameProcess: true, leastBytes: LEAST_BYTES };
    const { signal } = limit;
    const analysis = await analyzeInChild(files, { suspects, top: Number.MAX_SAFE_INTEGER, signal });
    const isKept = options.keep === true;
    const snapshots = analysis.snapshots.map((outcome) => ({
      ...outcome,
      file: isKept ? outcome.file : basename(outcome.file),
    }));
    const { rounds: count, perRound, warmUp } = plan;
    const rounds = { count, perRound, warmUp, heapUsed, folder: isKept ? folder : null };
    return { ...analysis, snapshots, rounds };
  } finally {
    limit.end();
    if (folder !== undefined && options.keep !== true) await rm(folder, { recursive: true, force: true });
  }
}

interface Plan {
  readonly rounds: number;
  readonly perRound: number;
  readonly warmUp: number;
  readonly collect: CollectGarbage;
  readonly timeout: number | undefined;
}

function planOf({ rounds = 8, perRound = 20, warmUp = 2, gc, timeout }: MeasureOptions): Plan {
  checkWhole('rounds', rounds, 2);
  checkWhole('perRound', perRound, 1);
  checkWhole('warmUp', warmUp, 0);
  if (timeout !== undefined) checkWhole('timeout', timeout, 1);
  return { rounds, perRound, warmUp, timeout, collect: gc ?? garbageCollector() };
}

function checkWhole(name: string, value: number, least: number): void {
  if (Number.isSafeInteger(value) && value >= least) return;
  throw new RangeError(`${name}: found ${value}, expected a whole number, ${least} or more`);
}

class Rounds {
  readonly #measured: Measured;
  readonly #plan: Plan;
  readonly #limit: Limit;
  #call = 0;

  constructor(measured: Measured, plan: Plan, limit: Limit) {
    this.#measured = measured;
    this.#plan = plan;
    this.#limit = limit;
  }

  async run(folder: string): Promise<{ files: string[]; heapUsed: Bytes[] }> {
    const { rounds, warmUp, collect } = this.#plan;
    // Filled beforehand, so that what a round adds to them takes no memory.
    const files = Array.from({ length: rounds }, (_, at) => join(folder, nameOf(at + 1, rounds)));
    const heapUsed = files.map(() => 0.5);
    // Warm-up rounds are like the others but for the file, since writing one warms up a few things, too.
    for (let round = -warmUp; round < rounds; round++) {
      await this.#calls();
      await settleAndCollect(collect);
      this.#limit.signal.throwIfAborted();
      if (round < 0) continue;
      heapUsed[round] = getHeapStatistics().used_heap_size;
      await inItsOwnTurn(() => void writeHeapSnapshot(files[round]));
    }
    return { files, heapUsed };
  }

  async #calls(): Promise<void> {
    for (let call = 0; call < this.#plan.perRound; call++) {
      this.#limit.signal.throwIfAborted();
      await this.#limit.within(this.#measured(this.#call++));
    }
  }
}

function nameOf(round: number, rounds: number): string {
  return `round-${String(round).padStart(String(rounds).length, '0')}.heapsnapshot`;
}

/** The caller's signal and the time there is, as one. */
class Limit {
  readonly #own = new AbortController();
  readonly #callOff: () => void;
  readonly #asked: AbortSignal | undefined;
  readonly #onAbort = () => this.#own.abort(this.#asked?.reason);
  /** Ends what is being waited for. One place for all: a listener for each call would be a leak itself. */
  #giveUp: ((reason: unknown) => void) | undefined;

  constructor(asked: AbortSignal | undefined, timeout: number | undefined) {
    this.#asked = asked;
    this.#own.signal.addEventListener('abort', () => this.#giveUp?.(this.#own.signal.reason));
    if (asked?.aborted) this.#onAbort();
    asked?.addEventListener('abort', this.#onAbort);
    const tooLong = () => new Error(`measureLeaks: found no end after ${timeout} ms, expected one by then`);
    this.#callOff = timeout === undefined ? () => {} : after(timeout, () => this.#own.abort(tooLong()));
  }

  get signal(): AbortSignal {
    return this.#own.signal;
  }

  async within(result: unknown): Promise<void> {
    if (typeof (result as Partial<PromiseLike<unknown>> | null | undefined)?.then !== 'function') return;
    await new Promise<void>((resolve, reject) => {
      this.#giveUp = reject;
      // What it resolves with is let go of at once.
      (result as PromiseLike<unknown>).then(() => resolve(), reject);
    });
    this.#giveUp = undefined;
  }

  end(): void {
    this.#callOff();
    this.#asked?.removeEventListener('abort', this.#onAbort);
  }
}
