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
import type { Graph } from '../graph/graph.js';
import { findPaths, type PathRequest, type PathStart, startPaths } from '../paths/find-paths.js';
import type { CutNodes } from '../picture/tree-cut.js';
import { FileSource } from '../read/source.js';
import { StringTable } from '../read/string-table.js';
import type { TailReply } from '../read/tail.js';
import { readTail } from '../read/tail-reader.js';
import { Arena, touchPages, whereThereIsRoom } from '../wasm/arena.js';
import { instantiateKernels } from '../wasm/kernels.js';
import { takeTask } from '../wasm/open-task.js';
import type {
  BesideReply,
  BesideRequest,
  Numbered,
  PathsReply,
  PathsRequest,
  SecondThreadRequest,
  TreeRequest,
} from './beside-messages.js';

/** The latest request's answer: they are answered one after the other, whatever one of them waits for. */
let latest: Promise<void> = Promise.resolve();

parentPort?.on('message', ({ number, content }: Numbered<SecondThreadRequest>) => {
  latest = latest.then(async () => {
    parentPort?.postMessage({ number, content: await replyTo(content) } satisfies Numbered<unknown>);
  });
});

/** What the part beside leaves for paths, which are found in its memory. */
interface Workplace extends Pick<PathRequest, 'distance'> {
  readonly arena: Arena;
  readonly graph: Graph;
  start?: PathStart;
  /** Lack of memory, as a rule: then paths are found elsewhere. */
  failure?: SnapshotError;
}

let workplace: Workplace | undefined;
/** Its memory, for what comes after the paths. */
let treeArena: Arena | undefined;

type Reply = BesideReply | PathsReply | TailReply | CutNodes | undefined | readonly StageTiming[];

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
    case 'tree':
      return cut(request);
    case 'begin paths':
      // A failure is met when it is used.
      if (request.picture) importTreeCut().catch(() => {});
      return begun(request.timings);
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

/** Kept for paths only where they are going to be asked for. */
async function computed({
  part,
  strings,
  selfSize,
  statistics,
  beginsPaths,
  timings,
  ...request
}: BesideRequest): Promise<BesideReply> {
  workplace = undefined;
  try {
    const arena = await Arena.over(part);
    const stopwatch = timings ? new Stopwatch(2) : undefined;
    const graph = { ...request.graph, strings: new StringTable(strings) };
    const beside = computeBeside(arena, graph, selfSize, { statistics, stopwatch });
    if (beginsPaths) {
      workplace = { arena, graph, distance: beside.distance };
      treeArena = arena;
    }
    const { registry, interfaces } = beside.classes;
    return { ...beside, ok: true, classes: registry.lists, interfaces, timings: stopwatch?.stages ?? [] };
  } catch (error) {
    return { ok: false, error: SnapshotError.from(error).toData() };
  }
}

/** While the first thread is still at the dominators, as a rule. A failure is told to whoever asks for the paths. */
function begun(timings: boolean): readonly StageTiming[] {
  const place = workplace;
  if (place === undefined) return [];
  const stopwatch = timings ? new Stopwatch(2) : undefined;
  try {
    place.start = timed(place.arena, stopwatch, 'labels', () => startPaths(place.arena, place));
  } catch (error) {
    place.failure = SnapshotError.from(error);
  }
  return stopwatch?.stages ?? [];
}

/** Undefined also where there is no room: then it is cut elsewhere. */
async function cut({ strings, plan }: TreeRequest): Promise<CutNodes | undefined> {
  const arena = treeArena;
  treeArena = undefined;
  if (arena === undefined) return undefined;
  const { cutNodes } = await importTreeCut();
  return whereThereIsRoom(() => cutNodes(arena, new StringTable(strings), plan));
}

const importTreeCut = () => import('../picture/tree-cut.js');

/** Lets go of the snapshot's strings whatever comes of it: the thread may wait for long. */
function found({ kind: _, timings, ...request }: PathsRequest): PathsReply {
  const place = workplace;
  workplace = undefined;
  try {
    if (place?.failure) throw place.failure;
    const { arena, graph, distance, start } = place ?? {};
    if (!arena || !graph || !distance || !start)
      throw new SnapshotError('INTERNAL', 'found no paths that have been begun, expected some');
    const stopwatch = timings ? new Stopwatch(2) : undefined;
    const paths = timed(arena, stopwatch, 'paths', () => findPaths(arena, { ...request, graph, distance }, start));
    return { ...paths, ok: true, timings: stopwatch?.stages ?? [] };
  } catch (error) {
    return { ok: false, error: SnapshotError.from(error).toData() };
  }
}
