import type { Worker } from 'node:worker_threads';

let ahead: Worker | undefined;

/** Starts the second thread now, so that it is up when the first one has its task. */
export function startSecondAhead(): void {
  ahead = startSecondWorker();
}

/** The second thread started ahead, or a new one. An idle one does not keep its process alive. */
export function takeSecondWorker(): Worker {
  const worker = ahead ?? startSecondWorker();
  ahead = undefined;
  return worker;
}

function startSecondWorker(): Worker {
  // Loaded here, since a small file needs no second thread.
  const threads = process.getBuiltinModule('node:worker_threads');
  const worker = new threads.Worker(new URL('./second-thread.js', import.meta.url));
  worker.unref();
  return worker;
}
