// The thread of a single task: it gets one message, the task, and sends one, the result.

import { parentPort } from 'node:worker_threads';
import run from './worker.js';

parentPort?.once('message', async (task) => {
  parentPort?.postMessage(await run(task));
});
