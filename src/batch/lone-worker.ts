// The thread of a single task: it gets one message, the task, and sends one, the result.
// The second thread, where the task is to have one, starts as soon as can be and gets ready on another core meanwhile.

import { parentPort, workerData } from 'node:worker_threads';
import { startSecondAhead } from './second-worker.js';
import type { Task } from './tasks.js';

if ((workerData as Task['threads']) === 2) startSecondAhead();
const work = import('./worker.js');

parentPort?.once('message', async (task) => {
  const { default: run } = await work;
  parentPort?.postMessage(await run(task));
});
