// What the second thread of a task runs, on memory the first one shares: the tail of the file is read here while the first
// thread reads the rest, and what needs no dominators is computed here while the first thread computes those.

import { parentPort } from 'node:worker_threads';
import { computeBeside } from '../analysis/index.js';
import { SnapshotError } from '../base/errors.js';
import { Stopwatch } from '../base/stopwatch.js';
import { sourceOf } from '../read/file.js';
import { StringTable } from '../read/string-table.js';
import { readTail } from '../read/tail.js';
import { Arena, touchPages } from '../wasm/arena.js';
import type { BesideReply, BesideRequest, SecondThreadRequest } from './beside-messages.js';

parentPort?.on('message', async (request: SecondThreadRequest) => {
  if (request.kind === 'beside') parentPort?.postMessage(await answer(request));
  else parentPort?.postMessage(await readTail(request, sourceOf(request.file), await Arena.over(request.part)));
});

async function answer({ part, ahead, graph, strings, selfSize, timings }: BesideRequest): Promise<BesideReply> {
  try {
    const arena = await Arena.over(part);
    const stopwatch = timings ? new Stopwatch(2) : undefined;
    const touch = () => touchPages(part.memory, ahead);
    if (stopwatch) stopwatch.measure('fresh memory', 'memory', touch, () => ahead.to - ahead.from);
    else touch();
    const beside = computeBeside(arena, { ...graph, strings: new StringTable(strings) }, selfSize, stopwatch);
    const { registry, interfaces } = beside.classes;
    return { ...beside, ok: true, classes: registry.lists, interfaces, timings: stopwatch?.stages ?? [] };
  } catch (error) {
    return { ok: false, error: SnapshotError.from(error).toData() };
  }
}
