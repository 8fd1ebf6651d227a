import { MessageChannel, Worker } from 'node:worker_threads';
import { SnapshotError } from '../base/errors.js';
import type { SnapshotProgress, Task, TaskResult, WithoutPort } from './tasks.js';

let spare: Worker | undefined;

/**
 * Starts the thread of the next `runAlone` now: it gets ready while the caller is still busy with its own start.
 * For a process that knows what it will do; the thread keeps the process alive until its task is done.
 */
export function startAhead(): void {
  spare = startWorker();
}

function startWorker(): Worker {
  return new Worker(new URL('./lone-worker.js', import.meta.url));
}

/**
 * Runs one task in a thread of its own, which ends with it: sooner at work than a pool is, for calls that have a single
 * file. The contract is `WorkerPool.run`'s.
 */
export async function runAlone<T>(
  task: WithoutPort<Task>,
  file: string,
  signal?: AbortSignal,
  onProgress?: (progress: SnapshotProgress) => void,
): Promise<TaskResult<T>> {
  signal?.throwIfAborted();
  const channel = onProgress ? new MessageChannel() : undefined;
  channel?.port1.on('message', onProgress as (progress: SnapshotProgress) => void);
  const worker = spare ?? startWorker();
  spare = undefined;
  worker.postMessage({ ...task, progress: channel?.port2 }, channel ? [channel.port2] : []);
  const onAbort = () => void worker.terminate();
  signal?.addEventListener('abort', onAbort);
  try {
    return await resultOf<T>(worker, file, signal);
  } finally {
    signal?.removeEventListener('abort', onAbort);
    channel?.port1.close();
    // Not waited for: the result is there, and the thread has nothing left to lose.
    void worker.terminate();
  }
}

function resultOf<T>(worker: Worker, file: string, signal?: AbortSignal): Promise<TaskResult<T>> {
  return new Promise((resolve, reject) => {
    const fail = (error: unknown) =>
      signal?.aborted ? reject(signal.reason) : resolve({ ok: false, error: SnapshotError.from(error).toData(), file });
    worker.once('message', resolve);
    worker.once('error', fail);
    worker.once('exit', (code) => fail(new Error(`the worker thread ended with code ${code}`)));
  });
}
