import { MessageChannel, Worker } from 'node:worker_threads';
import { SnapshotError } from '../base/errors.js';
import type { SnapshotProgress, Task, TaskResult, WithoutPort } from './tasks.js';

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
  const worker = new Worker(new URL('./lone-worker.js', import.meta.url), { workerData: task.threads });
  worker.postMessage({ ...task, progress: channel?.port2 }, channel ? [channel.port2] : []);
  const onAbort = () => void worker.terminate();
  signal?.addEventListener('abort', onAbort);
  try {
    return await resultOf<T>(worker, file, signal);
  } finally {
    signal?.removeEventListener('abort', onAbort);
    channel?.port1.close();
    // With a result there, the thread has nothing left to lose; an aborted one may be writing a file that is then removed.
    const ended = worker.terminate();
    if (signal?.aborted) await ended;
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
