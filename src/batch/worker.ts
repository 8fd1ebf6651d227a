// The code a worker thread runs: one task at a time, on one arena that serves all analyses of the thread.
// What only some tasks need is imported by them: start-up is a good part of the time a small file takes.

import type { MessagePort } from 'node:worker_threads';
import {
  type AnalysedSnapshot,
  type AnalysisOptions,
  analyseOnTwoThreads,
  analyseSnapshot,
  classesUnder,
} from '../analysis/index.js';
import { buildRetainers } from '../analysis/retainers.js';
import { SnapshotError } from '../base/errors.js';
import { Stopwatch } from '../base/stopwatch.js';
import type { SnapshotReport, Stage } from '../base/types.js';
import type { SnapshotHandover } from '../graph/heap-snapshot.js';
import { sourceOf } from '../read/file.js';
import { readSnapshot } from '../read/reader.js';
import { Arena } from '../wasm/arena.js';
import { type WholeColumn, wholeNumbers } from '../wasm/region.js';
import type { SecondThread } from './beside.js';
import type {
  AnalyseResult,
  AnalyseTask,
  DiffResult,
  DiffTask,
  OpenTask,
  PackedResult,
  SeriesNames,
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
      return attempt(task.file, async () => pack(await analyse(task)));
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

async function attempt<T>(file: string, work: () => Promise<T>): Promise<TaskResult<T>> {
  try {
    return { ok: true, value: await work() };
  } catch (error) {
    return { ok: false, error: SnapshotError.from(error).toData(), file };
  }
}

async function analyse(task: AnalyseTask): Promise<AnalyseResult> {
  shared ??= Arena.create();
  const arena = await shared;
  arena.reset();
  const stopwatch = task.timings ? new Stopwatch(1) : undefined;
  const snapshot = await analyseFile(arena, task.file, task.threads, reporter(task), { stopwatch });
  const series = await namesOf(task.series);
  return {
    report: reportOf(task.file, snapshot, task.top, stopwatch),
    series: series === 'none' ? [] : series === 'infer' ? snapshot.summaries : classesUnder(arena, snapshot, series),
    interfaces: series === 'infer' ? snapshot.classes.interfaces : [],
  };
}

/** Where the names are not known beforehand, the snapshot waits for them with everything else done. */
function namesOf(series: AnalyseTask['series']): SeriesNames | Promise<SeriesNames> {
  if (!isPort(series)) return series;
  return new Promise((resolve) => {
    series.once('message', resolve);
    series.postMessage('analysed');
  });
}

function isPort(series: AnalyseTask['series']): series is MessagePort {
  return typeof series === 'object' && 'postMessage' in series;
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
  { keepRawSizes, stopwatch }: Pick<AnalysisOptions, 'keepRawSizes' | 'stopwatch'> = {},
): Promise<AnalysedSnapshot> {
  if (threads === 2) second ??= new (await import('./beside.js')).SecondThread();
  const raw = await readSnapshot(sourceOf(file), arena, {
    onProgress: (fraction) => report({ stage: 'read', fraction: fraction * BEGINS.graph }),
    readTail: threads === 2 ? second?.tailOf(file) : undefined,
    stopwatch,
  });
  const onStage = (stage: Stage) => report({ stage, fraction: BEGINS[stage] });
  const options = { onStage, keepRawSizes, stopwatch };
  const snapshot =
    threads === 2 && second !== undefined
      ? await analyseOnTwoThreads(arena, raw, second.runOn(arena), options)
      : analyseSnapshot(arena, raw, options);
  report({ stage: 'done', fraction: 1 });
  return snapshot;
}

function reportOf(
  file: string,
  { graph, summaries, statistics }: AnalysedSnapshot,
  top: number,
  stopwatch?: Stopwatch,
): SnapshotReport {
  return {
    ok: true,
    file,
    nodeCount: graph.header.nodeCount,
    edgeCount: graph.header.edgeCount,
    totalSize: statistics.total,
    statistics,
    classCount: summaries.length,
    classes: summaries.slice(0, top),
    ...(stopwatch && { timings: stopwatch.stages }),
  };
}

/** Opened snapshots keep their memory, so each has an arena of its own. */
async function open(task: OpenTask): Promise<SnapshotHandover> {
  const arena = await Arena.create();
  const snapshot = await analyseFile(arena, task.file, task.threads, reporter(task), { keepRawSizes: true });
  const treePosition = arena.allocate('u32', snapshot.graph.header.nodeCount);
  const position = arena.view(treePosition);
  for (const [at, node] of arena.view(snapshot.treeOrder).entries()) position[node] = at;
  const { strings, locations: _locations, lists: _lists, ephemerons: _ephemerons, ...graph } = snapshot.graph;
  const { firstRetainer, retainers } = buildRetainers(arena, snapshot.graph);
  const doubles = (column: WholeColumn) => {
    const region = arena.allocate('f64', column.low.length);
    wholeNumbers(arena.memory.buffer, column, arena.view(region));
    return region;
  };
  const [id, rawSelfSize] = [doubles(snapshot.graph.columns.nodeId), doubles(snapshot.graph.columns.rawSelfSize)];
  const selfSize = doubles(snapshot.selfSize);
  const { retainedSize, dominator, distance, classOf, treeOrder, treeSize, statistics } = snapshot;
  return {
    file: task.file,
    buffer: arena.memory.buffer,
    graph,
    strings: strings.data,
    ...{ id, selfSize, rawSelfSize, retainedSize, dominator, distance, classOf, treeOrder, treeSize, treePosition },
    ...{ firstRetainer, retainers, statistics },
    classNames: snapshot.classes.registry.names,
    classes: snapshot.summaries,
  };
}

/** The current snapshot first: its interfaces name the base's plain objects (S13). */
async function diff(task: DiffTask): Promise<TaskResult<DiffResult>> {
  const currentArena = await Arena.create();
  const current = await attempt(task.current, () =>
    analyseFile(currentArena, task.current, task.threads, reporter(task, 0, 0.5)),
  );
  if (!current.ok) return current;
  const baseArena = await Arena.create();
  const base = await attempt(task.base, () => analyseFile(baseArena, task.base, task.threads, reporter(task, 0.5, 1)));
  if (!base.ok) return base;
  const { diffClasses } = await import('../diff/class-diff.js');
  return attempt(task.current, async () => diffClasses(baseArena, base.value, currentArena, current.value));
}
