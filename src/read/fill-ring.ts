import { SnapshotError } from '../base/errors.js';
import type { Arena, SharedKernels } from '../wasm/arena.js';
import type { Kernels } from '../wasm/kernels.js';
import type { Region } from '../wasm/region.js';
import { type FillPlan, fillRows, type Misfit } from './fillers.js';

/** Batches on their way at a time: enough that neither thread waits for the other's hiccups. */
const SLOTS = 8;
/** A second thread that does not move for so long is dead. */
const PATIENCE_MS = 60_000;

// The control words. Batch n uses slot n % SLOTS.
const READY = 0;
const POSTED = 1;
const DONE = 2;
const MISFIT = 3;
const MISFIT_FILLER = 4;
const MISFIT_ROW = 5;
const JOBS = 6;

/** In place of a number of rows: the last batch. A flag beside `POSTED` would not wake a thread about to wait on that. */
const END = -1;

/** Everything the second thread needs to fill the rows of one section. Plain data. */
export interface FillRequest extends SharedKernels {
  readonly plan: FillPlan;
  readonly control: Int32Array;
  readonly buffers: Region;
  readonly bufferBytes: number;
}

/** Gives a request to the second thread, which may not be up yet. */
export type FillBeside = (request: FillRequest) => void;

/**
 * Batches of numbers from the thread that scans to the one that fills columns. Until the other thread is there, the
 * scanning one fills them itself, so that nobody waits for a start-up.
 */
export class FillRing {
  readonly #arena: Arena;
  readonly #request: FillRequest;
  /** In memory of its own: a thread that comes late must find it as it was left, whatever the arena holds by then. */
  readonly #control = new Int32Array(new SharedArrayBuffer(4 * (JOBS + 2 * SLOTS)));

  constructor(arena: Arena, plan: FillPlan, bufferBytes: number, beside: FillBeside) {
    this.#arena = arena;
    const buffers = arena.allocate('u8', SLOTS * bufferBytes);
    const { memory, module } = arena;
    this.#request = { memory, module, plan, control: this.#control, buffers, bufferBytes };
    beside(this.#request);
  }

  /** Address of a buffer that nobody uses; waits until there is one. */
  buffer(): number {
    const control = this.#control;
    const posted = control[POSTED];
    this.#waitFor(posted - SLOTS + 1);
    return this.#request.buffers.offset + (posted % SLOTS) * this.#request.bufferBytes;
  }

  /** Has the `rows` rows at `address`, the buffer last given out, filled in from `row` on. */
  post(address: number, rows: number, row: number): Misfit | undefined {
    if (Atomics.load(this.#control, READY) === 0) {
      return fillRows(this.#arena.kernels, this.#request.plan, address, rows, row);
    }
    this.#send(rows, row);
    return this.#misfit();
  }

  #send(rows: number, row: number): void {
    const control = this.#control;
    const posted = control[POSTED];
    const slot = posted % SLOTS;
    control[JOBS + 2 * slot] = rows;
    control[JOBS + 2 * slot + 1] = row;
    Atomics.store(control, POSTED, posted + 1);
    Atomics.notify(control, POSTED);
  }

  /** Waits until every batch is in its columns. */
  finish(): Misfit | undefined {
    this.#waitFor(this.#control[POSTED]);
    return this.#misfit();
  }

  /**
   * Lets the other thread go once it has done what was posted; to be called in every case. A thread that is not there yet
   * will find nothing but the end, so it need not be waited for.
   */
  close(): void {
    const control = this.#control;
    this.buffer();
    this.#send(END, 0);
    if (Atomics.load(control, READY) === 1) this.#waitFor(control[POSTED]);
  }

  #waitFor(batches: number): void {
    const control = this.#control;
    for (let done = Atomics.load(control, DONE); done < batches; done = Atomics.load(control, DONE)) {
      if (Atomics.wait(control, DONE, done, PATIENCE_MS) === 'timed-out') {
        throw new SnapshotError('INTERNAL', 'found a second thread that no longer answers, expected its rows');
      }
    }
  }

  #misfit(): Misfit | undefined {
    const control = this.#control;
    if (Atomics.load(control, MISFIT) === 0) return undefined;
    return { filler: control[MISFIT_FILLER], row: control[MISFIT_ROW] };
  }
}

/** The other end: fills batches until the ring is closed. Blocks its thread in between. */
export function serveFills(request: FillRequest, kernels: Kernels): void {
  const { plan, control, buffers, bufferBytes } = request;
  Atomics.store(control, READY, 1);
  for (let done = 0; ; ) {
    while (Atomics.load(control, POSTED) === done) Atomics.wait(control, POSTED, done);
    const slot = done % SLOTS;
    const [rows, row] = [control[JOBS + 2 * slot], control[JOBS + 2 * slot + 1]];
    const misfit = rows === END ? undefined : fillRows(kernels, plan, buffers.offset + slot * bufferBytes, rows, row);
    if (misfit !== undefined && control[MISFIT] === 0) {
      control[MISFIT_FILLER] = misfit.filler;
      control[MISFIT_ROW] = misfit.row;
      Atomics.store(control, MISFIT, 1);
    }
    Atomics.store(control, DONE, ++done);
    Atomics.notify(control, DONE);
    if (rows === END) return;
  }
}
