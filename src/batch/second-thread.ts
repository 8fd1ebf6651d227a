// What the second thread of a task runs, on memory the first one shares: columns are filled here while the first thread scans,
// and what needs no dominators is computed here while the first thread computes those.

import { parentPort } from 'node:worker_threads';
import { computeBeside } from '../analysis/index.js';
import { SnapshotError } from '../base/errors.js';
import { serveFills } from '../read/fill-ring.js';
import { StringTable } from '../read/string-table.js';
import { Arena } from '../wasm/arena.js';
import { instantiateKernels } from '../wasm/kernels.js';
import type { BesideReply, BesideRequest, SecondThreadRequest } from './beside-messages.js';

parentPort?.on('message', async (request: SecondThreadRequest) => {
  if (request.kind === 'beside') parentPort?.postMessage(await answer(request));
  else serveFills(request, await instantiateKernels(request.memory, request.module));
});

async function answer({ part, graph, strings, selfSize }: BesideRequest): Promise<BesideReply> {
  try {
    const arena = await Arena.over(part);
    const beside = computeBeside(arena, { ...graph, strings: new StringTable(strings) }, selfSize);
    const { registry, interfaces } = beside.classes;
    return { ...beside, ok: true, classes: registry.lists, interfaces };
  } catch (error) {
    return { ok: false, error: SnapshotError.from(error).toData() };
  }
}
