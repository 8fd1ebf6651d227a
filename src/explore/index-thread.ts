// The thread that makes an index: it gets a shared snapshot, tells each part before it begins it, sends the index, and ends.

import { parentPort, workerData } from 'node:worker_threads';
import { ExploredGraph } from './explored-graph.js';
import type { IndexMessage, IndexWork } from './index-in-thread.js';
import { indexSnapshot } from './snapshot-index.js';

const { shared, options } = workerData as IndexWork;
const send = (message: IndexMessage) => parentPort?.postMessage(message);
const index = indexSnapshot(new ExploredGraph(shared), options, (part) => send({ part }));
send({ index });
