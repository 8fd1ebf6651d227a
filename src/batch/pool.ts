import { MessageChannel } from 'node:worker_threads';
import { Piscina } from 'piscina';
import { SnapshotError } from '../base/errors.js';
import type { SnapshotProgress, Task, TaskResult, WithoutPort } from './tasks.js';

/** Tasks in any number of threads. */
export class WorkerPool {
  readonly #pool: Piscina;
  readonly #signal: AbortSignal | undefined;

  constructor(threads: number, signal?: AbortSignal) {
    this.#signal = signal;
    this.#pool = new Piscina({
      filename: new URL('./worker.js', import.meta.url).href,
      minThreads: 1,
      maxThreads: threads,
      // The tasks wait for streams, so a thread must not sleep in Atomics.wait between messages.
      atomics: 'disabled',
    });
  }

  /**
   * Runs one task. Failures of the snapshot are values; an abort rejects with the signal's reason and ends the thread at
   * once; a thread that dies is an `INTERNAL` failure of its file.
   */
  async run<T>(
    task: WithoutPort<Task>,
    file: string,
    onProgress?: (progress: SnapshotProgress) => void,
  ): Promise<TaskResult<T>> {
    const channel = onProgress ? new MessageChannel() : undefined;
    channel?.port1.on('message', onProgress as (progress: SnapshotProgress) => void);
    try {
      return await this.#pool.run(
        { ...task, progress: channel?.port2 },
        { transferList: channel ? [channel.port2] : [], signal: this.#signal ?? null },
      );
    } catch (error) {
      this.#signal?.throwIfAborted();
      return { ok: false, error: SnapshotError.from(error).toData(), file };
    } finally {
      channel?.port1.close();
    }
  }

  async close(): Promise<void> {
    await this.#pool.destroy();
  }
}
