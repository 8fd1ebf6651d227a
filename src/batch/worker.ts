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
import type { InterfaceDefinition } from '../analysis/interface-tree.js';
import { buildRetainers } from '../analysis/retainers.js';
import { timed } from '../analysis/timed.js';
import { SnapshotError, type SnapshotErrorCode } from '../base/errors.js';
import { Stopwatch } from '../base/stopwatch.js';
import type { ClassSummary, ShallowReport, SnapshotReport, Stage } from '../base/types.js';
import type { WorkingMode } from '../external/modes.js';
import type { SnapshotHandover } from '../graph/heap-snapshot.js';
import { sourceOf } from '../read/file.js';
import type { Header } from '../read/header.js';
import { numberedMask, readSnapshot } from '../read/reader.js';
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
      return withAdvice(await attempt(task.file, () => open(task)));
    case 'diff':
      return withAdvice(await diff(task));
  }
}

/** What an opened snapshot shows lies in memory: too large a one can only be analysed. */
function withAdvice<T>(result: TaskResult<T>): TaskResult<T> {
  if (result.ok || result.error.code !== 'TOO_LARGE') return result;
  const message = `${result.error.message}; analyze does with less, its edges in files`;
  return { ...result, error: { ...result.error, message } };
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

/** In the mode that was planned, or in the other one where that finds no room. */
async function analyse(task: AnalyseTask): Promise<AnalyseResult> {
  const { mode, otherwise } = task.work;
  try {
    return await analyseAs(mode, task);
  } catch (error) {
    if (otherwise === undefined || !NO_ROOM.includes(SnapshotError.from(error).code)) throw error;
    return await analyseAs(otherwise, task);
  }
}

const NO_ROOM: readonly SnapshotErrorCode[] = ['TOO_LARGE', 'DISK_FULL', 'TEMPORARY'];

function analyseAs(mode: WorkingMode, task: AnalyseTask): Promise<AnalyseResult> {
  if (mode === 'memory') return analyseInMemory(task);
  return mode === 'external' ? analyseInFiles(task) : analyseShallowly(task);
}

async function analyseInMemory(task: AnalyseTask): Promise<AnalyseResult> {
  shared ??= Arena.create();
  const arena = await shared;
  arena.reset();
  const stopwatch = stopwatchFor(task);
  const snapshot = await analyseFile(arena, task.file, task.threads, reporter(task), { spendIds: true, stopwatch });
  const names = await namesOf(task.series);
  return resultOf(task, { ...snapshot, header: snapshot.graph.header, stopwatch }, names, (interfaces) =>
    classesUnder(arena, snapshot, interfaces),
  );
}

/** With edges in files, in an arena of its own: it may be large, and nobody else is to have that. */
async function analyseInFiles(task: AnalyseTask): Promise<AnalyseResult> {
  const [{ withExternal }, { classesUnder: classesInFilesUnder }] = await Promise.all([
    import('../external/session.js'),
    import('../external/index.js'),
  ]);
  const report = reporter(task);
  const { folder, budget, text } = task.work;
  const stopwatch = stopwatchFor(task);
  const job = {
    open: sourceOf(task.file),
    ...{ text, folder, budget: task.memory === 'low' ? 0 : budget },
    isOfSeries: task.series !== 'none',
    stopwatch,
    onProgress: (fraction: number) => report({ stage: 'read', fraction: fraction * BEGINS.graph }),
    onStage: (stage: Stage) => void report({ stage, fraction: BEGINS[stage] }),
  };
  return withExternal(await Arena.create(), job, async (snapshot) => {
    report({ stage: 'done', fraction: 1 });
    const names = await namesOf(task.series);
    return resultOf(task, { ...snapshot, header: snapshot.workspace.graph.header, stopwatch }, names, (interfaces) =>
      classesInFilesUnder(snapshot, interfaces),
    );
  });
}

/** Nodes and strings only: edges are read, looked at and let go. */
async function analyseShallowly(task: AnalyseTask): Promise<AnalyseResult> {
  const [{ sumShallow }, { EdgeWindow, NameCheck }] = await Promise.all([
    import('../analysis/shallow.js'),
    import('../read/edge-window.js'),
  ]);
  const report = reporter(task);
  const arena = await Arena.create();
  const stopwatch = stopwatchFor(task);
  const raw = await readSnapshot(sourceOf(task.file), arena, {
    stopwatch,
    onProgress: (fraction) => report({ stage: 'read', fraction: fraction * BEGINS.classes }),
    planEdges: (header) => new EdgeWindow(arena, 0, new NameCheck(numberedMask(header))),
  });
  report({ stage: 'classes', fraction: BEGINS.classes });
  const { selfSize, classes } = timed(arena, stopwatch, 'classes', () => sumShallow(arena, raw));
  report({ stage: 'done', fraction: 1 });
  const { nodeCount, edgeCount } = raw.header;
  const { file, top } = task;
  const shown = { selfSize, classCount: classes.length, classes: classes.slice(0, top) };
  const timings = stopwatch && { timings: stopwatch.stages };
  const found: ShallowReport = { ok: true, mode: 'shallow', file, nodeCount, edgeCount, ...shown, ...timings };
  return { report: found, series: [], interfaces: [] };
}

function stopwatchFor({ timings }: AnalyseTask): Stopwatch | undefined {
  return timings ? new Stopwatch(1) : undefined;
}

function resultOf(
  task: AnalyseTask,
  snapshot: Figures,
  series: SeriesNames,
  under: (interfaces: readonly InterfaceDefinition[]) => readonly ClassSummary[],
): AnalyseResult {
  return {
    report: reportOf(task.file, snapshot, task.top),
    series: series === 'none' ? [] : series === 'infer' ? snapshot.summaries : under(series),
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
  passes: Omit<AnalysisOptions, 'onStage'> = {},
): Promise<AnalysedSnapshot> {
  if (threads === 2) second ??= new (await import('./beside.js')).SecondThread();
  const raw = await readSnapshot(sourceOf(file), arena, {
    onProgress: (fraction) => report({ stage: 'read', fraction: fraction * BEGINS.graph }),
    readTail: threads === 2 ? second?.tailOf(file) : undefined,
    stopwatch: passes.stopwatch,
  });
  const onStage = (stage: Stage) => report({ stage, fraction: BEGINS[stage] });
  const options = { ...passes, onStage };
  const snapshot =
    threads === 2 && second !== undefined
      ? await analyseOnTwoThreads(arena, raw, second.companionOn(arena), options)
      : analyseSnapshot(arena, raw, options);
  report({ stage: 'done', fraction: 1 });
  return snapshot;
}

/** What a report is made of, whatever the mode. */
interface Figures extends Pick<AnalysedSnapshot, 'summaries' | 'statistics' | 'classes'> {
  readonly header: Header;
  readonly stopwatch: Stopwatch | undefined;
}

function reportOf(file: string, { header, summaries, statistics, stopwatch }: Figures, top: number): SnapshotReport {
  return {
    ok: true,
    file,
    nodeCount: header.nodeCount,
    edgeCount: header.edgeCount,
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
