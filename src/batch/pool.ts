import { setMaxListeners } from 'node:events';
import { MessageChannel, type MessagePort, receiveMessageOnPort } from 'node:worker_threads';
import { Piscina } from 'piscina';
import { SnapshotError } from '../base/errors.js';
import type { SnapshotProgress, Task, TaskResult, WithoutPort } from './tasks.js';

/** Tasks in any number of threads. */
export class WorkerPool {
  readonly #pool: Piscina;
  readonly #signal: AbortSignal | undefined;

  constructor(threads: number, signal?: AbortSignal) {
    // One of its own: every task listens to it, and how many may do so is for the owner of a signal to say.
    this.#signal = signal && AbortSignal.any([signal]);
    if (this.#signal) setMaxListeners(0, this.#signal);
    this.#pool = new Piscina({
      filename: new URL('./worker.js', import.meta.url).href,
      minThreads: 1,
      maxThreads: threads,
      // The tasks wait for streams, so a thread must not sleep in Atomics.wait between messages.
      atomics: 'disabled',
    });
  }

  /**
   * Runs one task; `port` is one that the task holds. Failures of the snapshot are values; an abort rejects with the
   * signal's reason and ends the thread at once; a thread that dies is a failure of its file.
   */
  async run<T>(
    task: WithoutPort<Task>,
    file: string,
    onProgress?: (progress: SnapshotProgress) => void,
    port?: MessagePort,
  ): Promise<TaskResult<T>> {
    const channel = onProgress ? new MessageChannel() : undefined;
    channel?.port1.on('message', onProgress as (progress: SnapshotProgress) => void);
    try {
      const result: TaskResult<T> = await this.#pool.run(
        { ...task, progress: channel?.port2 },
        { transferList: [channel?.port2, port].filter((each) => each !== undefined), signal: this.#signal ?? null },
      );
      // The result came another way, and may have overtaken them.
      if (channel && onProgress) deliverRest(channel.port1, onProgress);
      return result;
    } catch (error) {
      this.#signal?.throwIfAborted();
      return { ok: false, error: threadFailure(error).toData(), file };
    } finally {
      channel?.port1.close();
    }
  }

  async close(): Promise<void> {
    await this.#pool.destroy();
  }
}

function deliverRest(port: MessagePort, onProgress: (progress: SnapshotProgress) => void): void {
  for (let next = receiveMessageOnPort(port); next; next = receiveMessageOnPort(port)) onProgress(next.message);
}

function threadFailure(thrown: unknown): SnapshotError {
  if ((thrown as NodeJS.ErrnoException | undefined)?.code !== 'ERR_WORKER_OUT_OF_MEMORY')
    return SnapshotError.from(thrown);
  return new SnapshotError(
    'OUT_OF_MEMORY',
    "found a thread that needs more than V8's heap limit, expected one within it",
  );
}
