// The thread of a single task: it gets one message, the task, and sends one, the result.
// The second thread starts first and gets ready on another core while this one loads the engine.

import { parentPort } from 'node:worker_threads';
import { threadsFor } from './cores.js';
import { startSecondAhead } from './second-worker.js';

if (threadsFor(1) === 2) startSecondAhead();
const { default: run } = await import('./worker.js');

parentPort?.once('message', async (task) => {
  parentPort?.postMessage(await run(task));
});
