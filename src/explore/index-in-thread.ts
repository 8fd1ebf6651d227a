import { Worker } from 'node:worker_threads';
import type { SharedSnapshot } from './shared-columns.js';
import type { IndexOptions, IndexPart, SnapshotIndex } from './snapshot-index.js';

/** What the thread is given. */
export interface IndexWork {
  readonly shared: SharedSnapshot;
  readonly options: IndexOptions;
}

export type IndexMessage = { readonly part: IndexPart } | { readonly index: SnapshotIndex };

/** `indexSnapshot` beside the calling thread, which stays free. Nothing is copied. Rejects with the signal's reason. */
export function indexInThread(
  work: IndexWork,
  { signal, onPart }: { readonly signal?: AbortSignal; readonly onPart?: (part: IndexPart) => void },
): Promise<SnapshotIndex> {
  signal?.throwIfAborted();
  const worker = new Worker(new URL('./index-thread.js', import.meta.url), { workerData: work });
  const onAbort = () => void worker.terminate();
  signal?.addEventListener('abort', onAbort);
  return new Promise<SnapshotIndex>((resolve, reject) => {
    const fail = (error: unknown) => reject(signal?.aborted ? signal.reason : error);
    worker.on('message', (message: IndexMessage) => {
      if ('index' in message) resolve(message.index);
      else onPart?.(message.part);
    });
    worker.once('error', fail);
    worker.once('exit', (code) => fail(new Error(`the thread of the index ended with code ${code}`)));
  }).finally(() => {
    signal?.removeEventListener('abort', onAbort);
    void worker.terminate();
  });
}
