// The code a worker thread runs: one task at a time, on one arena that serves all analyses of the thread.
// What only some tasks need is imported by them: start-up is a good part of the time a small file takes.

import { type AnalysedSnapshot, analyseOnTwoThreads, analyseSnapshot, classesUnder } from '../analysis/index.js';
import { findingsOf, reportOf } from '../analysis/report.js';
import { buildRetainers } from '../analysis/retainers.js';
import { SnapshotError } from '../base/errors.js';
import type { Stage } from '../base/types.js';
import type { SnapshotHandover } from '../graph/snapshot-memory.js';
import { sourceOf } from '../read/file.js';
import { readSnapshot } from '../read/reader.js';
import { Arena } from '../wasm/arena.js';
import { SecondThread } from './beside.js';
import type {
  AnalyseResult,
  AnalyseTask,
  DiffResult,
  DiffTask,
  Kept,
  OpenTask,
  PackedResult,
  SnapshotProgress,
  Task,
  TaskResult,
} from './tasks.js';

/** Share of the work done when a stage begins; measured on files of 10 to 250 MB. */
const BEGINS: Readonly<Record<Stage, number>> = {
  read: 0,
  graph: 0.45,
  dominators: 0.5,
  distances: 0.8,
  classes: 0.86,
  done: 1,
};

/** Share of the work below which progress is not worth a message. */
const LEAST_STEP = 0.005;

let shared: Promise<Arena> | undefined;
let second: SecondThread | undefined;

/** Piscina's entry. Never throws: a failure is a value, with its code and byte offset. */
export default async function run(task: Task): Promise<TaskResult<unknown>> {
  switch (task.kind) {
    case 'analyse':
      return attempt(task.file, () => analyse(task));
    case 'open':
      return attempt(task.file, () => open(task));
    case 'diff':
      return diff(task);
  }
}

/** The class lists of a series can be long: packed they are one buffer on their way to the caller. */
async function pack(result: AnalyseResult): Promise<PackedResult> {
  if (result.series.length === 0) return { report: result.report };
  const { encode } = await import('@msgpack/msgpack');
  return { report: result.report, packed: encode([result.series, result.interfaces]) };
}

async function attempt<T>(file: string, work: () => Promise<Kept<T>>): Promise<TaskResult<T>> {
  try {
    return { ok: true, ...(await work()) };
  } catch (error) {
    return { ok: false, error: SnapshotError.from(error).toData(), file };
  }
}

/** A cache is a convenience: that it cannot be written is worth a note, but the result is there. */
async function keep<T>(value: T, store: (() => Promise<void>) | undefined): Promise<Kept<T>> {
  try {
    await store?.();
    return { value };
  } catch (error) {
    return { value, note: (error as Error).message };
  }
}

async function analyse(task: AnalyseTask): Promise<Kept<PackedResult>> {
  shared ??= Arena.create();
  const arena = await shared;
  arena.reset();
  const snapshot = await analyseFile(arena, task.file, task.threads, reporter(task));
  const { series, cache } = task;
  const findings = findingsOf(snapshot);
  const view =
    typeof series === 'string' ? undefined : { interfaces: series, classes: classesUnder(arena, snapshot, series) };
  const result = await pack({
    report: reportOf(task.file, findings, task.top),
    series: series === 'none' ? [] : (view?.classes ?? snapshot.summaries),
    interfaces: series === 'infer' ? findings.interfaces : [],
  });
  return keep(
    result,
    cache && (async () => (await import('../cache/stored-report.js')).storeReport(cache, findings, view)),
  );
}

type Report = (progress: SnapshotProgress) => void | Promise<void>;

/** Sends every new stage, and within one only steps a bar can show. */
function reporter({ progress }: Task, from = 0, to = 1): Report {
  let sent: SnapshotProgress | undefined;
  return ({ stage, fraction }) => {
    const next = { stage, fraction: from + (to - from) * fraction };
    if (sent?.stage === stage && next.fraction - sent.fraction < LEAST_STEP) return;
    sent = next;
    return progress?.postMessage(next);
  };
}

async function analyseFile(
  arena: Arena,
  file: string,
  threads: Task['threads'],
  report: Report,
  keepRawSizes = false,
): Promise<AnalysedSnapshot> {
  if (threads === 2) second ??= new SecondThread();
  const raw = await readSnapshot(sourceOf(file), arena, {
    onProgress: (fraction) => report({ stage: 'read', fraction: fraction * BEGINS.graph }),
    fillBeside: threads === 2 ? second?.fill : undefined,
  });
  const options = { onStage: (stage: Stage) => report({ stage, fraction: BEGINS[stage] }), keepRawSizes };
  const snapshot =
    threads === 2 && second !== undefined
      ? await analyseOnTwoThreads(arena, raw, second.runOn(arena), options)
      : analyseSnapshot(arena, raw, options);
  report({ stage: 'done', fraction: 1 });
  return snapshot;
}

/** Opened snapshots keep their memory, so each has an arena of its own. */
async function open(task: OpenTask): Promise<Kept<SnapshotHandover>> {
  const arena = await Arena.create();
  const snapshot = await analyseFile(arena, task.file, task.threads, reporter(task), true);
  const treePosition = arena.allocate('u32', snapshot.graph.header.nodeCount);
  const position = arena.view(treePosition);
  for (const [at, node] of arena.view(snapshot.treeOrder).entries()) position[node] = at;
  const { strings, locations: _locations, lists: _lists, ephemerons: _ephemerons, ...graph } = snapshot.graph;
  const { firstRetainer, retainers } = buildRetainers(arena, snapshot.graph);
  const { selfSize, retainedSize, dominator, distance, classOf, treeOrder, treeSize, statistics } = snapshot;
  const handover = {
    buffer: arena.memory.buffer,
    graph,
    strings: strings.data,
    ...{ selfSize, retainedSize, dominator, distance, classOf, treeOrder, treeSize, treePosition },
    ...{ firstRetainer, retainers, statistics },
    classNames: snapshot.classes.registry.names,
    classes: snapshot.summaries,
  };
  const { cache } = task;
  const findings = findingsOf(snapshot);
  return keep(
    handover,
    cache && (async () => (await import('../cache/stored-graph.js')).storeGraph(cache, handover, findings)),
  );
}

/** The current snapshot first: its interfaces name the base's plain objects (S13). */
async function diff(task: DiffTask): Promise<TaskResult<DiffResult>> {
  const { cache } = task;
  const analyseOne = async (file: string, from: number, to: number) => {
    const arena = await Arena.create();
    return { value: { arena, snapshot: await analyseFile(arena, file, task.threads, reporter(task, from, to)) } };
  };
  const current = await attempt(task.current, () => analyseOne(task.current, 0, 0.5));
  if (!current.ok) return current;
  const base = await attempt(task.base, () => analyseOne(task.base, 0.5, 1));
  if (!base.ok) return base;
  const { diffClasses } = await import('../diff/class-diff.js');
  return attempt(task.current, () => {
    const diffs = diffClasses(base.value.arena, base.value.snapshot, current.value.arena, current.value.snapshot);
    return keep(diffs, cache && (async () => (await import('../cache/stored-diff.js')).storeDiff(cache, diffs)));
  });
}
