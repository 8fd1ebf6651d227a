// What the second thread of a task runs, on memory the first one shares: the tail of the file is read here while the first
// thread reads the rest, and what needs no dominators is computed here while the first thread computes those.

import { parentPort } from 'node:worker_threads';
import { sumSpan } from '../analysis/class-sums.js';
import { orderTree } from '../analysis/dominators.js';
import { computeBeside } from '../analysis/index.js';
import { SnapshotError } from '../base/errors.js';
import { Stopwatch } from '../base/stopwatch.js';
import type { StageTiming } from '../base/types.js';
import { FileSource } from '../read/source.js';
import { StringTable } from '../read/string-table.js';
import type { TailReply } from '../read/tail.js';
import { readTail } from '../read/tail-reader.js';
import { Arena, touchPages } from '../wasm/arena.js';
import { instantiateKernels } from '../wasm/kernels.js';
import { takeTask } from '../wasm/open-task.js';
import type { BesideReply, BesideRequest, Numbered, SecondThreadRequest } from './beside-messages.js';

parentPort?.on('message', async ({ number, content }: Numbered<SecondThreadRequest>) => {
  parentPort?.postMessage({ number, content: await replyTo(content) } satisfies Numbered<unknown>);
});

async function replyTo(request: SecondThreadRequest): Promise<BesideReply | TailReply | readonly StageTiming[]> {
  switch (request.kind) {
    case 'touch':
      return measured('fresh memory', request.span.to - request.span.from, () =>
        touchPages(request.memory, request.span),
      );
    case 'beside':
      return computed(request);
    case 'order': {
      if (!takeTask(request.memory, request.task)) return [];
      const { ordering } = request;
      const kernels = await instantiateKernels(request.memory, request.module);
      return measured('dominator tree', 16 * ordering.nodes, () => orderTree(kernels, ordering));
    }
    case 'sum': {
      const kernels = await instantiateKernels(request.memory, request.module);
      return measured('class sums', 0, () => sumSpan(kernels, request.span));
    }
    case 'tail':
      // Only plain files have a tail to read.
      return readTail(request, () => new FileSource(request.file), await Arena.over(request.part));
  }
}

function measured(stage: string, bytes: number, work: () => void): readonly StageTiming[] {
  const stopwatch = new Stopwatch(2);
  stopwatch.measure(stage, 'memory', work, () => bytes);
  return stopwatch.stages;
}

async function computed({ part, graph, strings, selfSize, statistics, timings }: BesideRequest): Promise<BesideReply> {
  try {
    const arena = await Arena.over(part);
    const stopwatch = timings ? new Stopwatch(2) : undefined;
    const whole = { ...graph, strings: new StringTable(strings) };
    const beside = computeBeside(arena, whole, selfSize, { statistics, stopwatch });
    const { registry, interfaces } = beside.classes;
    return { ...beside, ok: true, classes: registry.lists, interfaces, timings: stopwatch?.stages ?? [] };
  } catch (error) {
    return { ok: false, error: SnapshotError.from(error).toData() };
  }
}
