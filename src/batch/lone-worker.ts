// The thread of a single task: it has its task from the start and sends one message, the result.

import { parentPort, workerData } from 'node:worker_threads';
import run from './worker.js';

parentPort?.postMessage(await run(workerData));
