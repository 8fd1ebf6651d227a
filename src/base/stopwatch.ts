import type { StageTiming } from './types.js';

/** Measures the stages of one thread. Absent where nobody wants to know. */
export class Stopwatch {
  readonly stages: StageTiming[] = [];
  readonly #thread: 1 | 2;

  constructor(thread: 1 | 2) {
    this.#thread = thread;
  }

  /** Adds the time `work` takes; `bytesOf` tells afterwards what it went through. */
  measure<T>(stage: string, unit: StageTiming['unit'], work: () => T, bytesOf: () => number): T {
    const startMs = now();
    const result = work();
    this.#add(stage, unit, startMs, bytesOf());
    return result;
  }

  /** The same for work that waits. */
  async measureAsync<T>(
    stage: string,
    unit: StageTiming['unit'],
    work: () => Promise<T>,
    bytesOf: () => number,
  ): Promise<T> {
    const startMs = now();
    const result = await work();
    this.#add(stage, unit, startMs, bytesOf());
    return result;
  }

  /** Takes over what another thread has measured. */
  add(stages: readonly StageTiming[]): void {
    this.stages.push(...stages);
  }

  #add(stage: string, unit: StageTiming['unit'], startMs: number, bytes: number): void {
    this.stages.push({ stage, thread: this.#thread, startMs, ms: now() - startMs, bytes, unit });
  }
}

/** Has work that waits measured where somebody wants to know; `bytesOf` tells afterwards what it went through. */
export function timedAsync<T>(
  stopwatch: Stopwatch | undefined,
  stage: string,
  unit: StageTiming['unit'],
  work: () => Promise<T>,
  bytesOf: () => number = () => 0,
): Promise<T> {
  return stopwatch === undefined ? work() : stopwatch.measureAsync(stage, unit, work, bytesOf);
}

/** Milliseconds on a clock that all threads of the machine share. */
function now(): number {
  return performance.timeOrigin + performance.now();
}
