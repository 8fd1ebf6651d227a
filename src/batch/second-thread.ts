// What the second thread of a task runs, on memory the first one shares: the tail of the file is read here while the first
// thread reads the rest, and what needs no dominators is computed here while the first thread computes those.

import { parentPort } from 'node:worker_threads';
import { sumSpan } from '../analysis/class-sums.js';
import { orderTree } from '../analysis/dominators.js';
import { computeBeside } from '../analysis/index.js';
import { timed } from '../analysis/timed.js';
import { SnapshotError } from '../base/errors.js';
import { Stopwatch } from '../base/stopwatch.js';
import type { StageTiming } from '../base/types.js';
import { findPaths, type PathRequest, startPaths } from '../paths/find-paths.js';
import { FileSource } from '../read/source.js';
import { StringTable } from '../read/string-table.js';
import type { TailReply } from '../read/tail.js';
import { readTail } from '../read/tail-reader.js';
import { Arena, type ArenaPart, touchPages } from '../wasm/arena.js';
import { instantiateKernels } from '../wasm/kernels.js';
import { takeTask } from '../wasm/open-task.js';
import type {
  BegunPaths,
  BesideReply,
  BesideRequest,
  Numbered,
  PathsReply,
  PathsRequest,
  SecondThreadRequest,
} from './beside-messages.js';

parentPort?.on('message', async ({ number, content }: Numbered<SecondThreadRequest>) => {
  parentPort?.postMessage({ number, content: await replyTo(content) } satisfies Numbered<unknown>);
});

type Reply = BesideReply | PathsReply | TailReply | readonly StageTiming[];

async function replyTo(request: SecondThreadRequest): Promise<Reply> {
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
    case 'paths':
      return found(request);
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

async function computed(request: BesideRequest): Promise<BesideReply> {
  const { part, selfSize, statistics, timings } = request;
  try {
    const arena = await Arena.over(part);
    const stopwatch = timings ? new Stopwatch(2) : undefined;
    const whole = { ...request.graph, strings: new StringTable(request.strings) };
    const beside = computeBeside(arena, whole, selfSize, { statistics, stopwatch });
    const { registry, interfaces } = beside.classes;
    const begun = request.beginsPaths ? begin(arena, part, { ...beside, graph: whole }, stopwatch) : undefined;
    return { ...beside, ok: true, classes: registry.lists, interfaces, begun, timings: stopwatch?.stages ?? [] };
  } catch (error) {
    return { ok: false, error: SnapshotError.from(error).toData() };
  }
}

/** While the first thread is still at the dominators, as a rule. Undefined where the part is too small: then paths are found there. */
function begin(
  arena: Arena,
  part: ArenaPart,
  request: Pick<PathRequest, 'graph' | 'distance'>,
  stopwatch: Stopwatch | undefined,
): BegunPaths | undefined {
  try {
    const start = timed(arena, stopwatch, 'labels', () => startPaths(arena, request));
    return { start, rest: { ...part, from: arena.taken, used: part.to } };
  } catch {
    return undefined;
  }
}

async function found({ begun, strings, timings, ...request }: PathsRequest): Promise<PathsReply> {
  try {
    const arena = await Arena.over(begun.rest);
    const stopwatch = timings ? new Stopwatch(2) : undefined;
    const graph = { ...request.graph, strings: new StringTable(strings) };
    const paths = timed(arena, stopwatch, 'paths', () => findPaths(arena, { ...request, graph }, begun.start));
    return { ...paths, ok: true, timings: stopwatch?.stages ?? [] };
  } catch (error) {
    return { ok: false, error: SnapshotError.from(error).toData() };
  }
}
