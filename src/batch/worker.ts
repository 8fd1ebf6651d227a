// The code a worker thread runs: one task at a time, on one arena that serves all analyses of the thread.
// What only some tasks need is imported by them: start-up is a good part of the time a small file takes.

import type { MessagePort } from 'node:worker_threads';
import { type AnalysedSnapshot, type AnalysisOptions, analyseSnapshot, classesUnder } from '../analysis/index.js';
import type { InterfaceDefinition } from '../analysis/interface-tree.js';
import { type Analysed, findingsOf, reportOf } from '../analysis/report.js';
import { timed } from '../analysis/timed.js';
import { analyseOnTwoThreads } from '../analysis/two-threads.js';
import { SnapshotError, type SnapshotErrorCode } from '../base/errors.js';
import type { SnapshotPicture } from '../base/report-types.js';
import { Stopwatch, timedAsync } from '../base/stopwatch.js';
import type { ClassSummary, ShallowReport, Stage, WhatIfReport } from '../base/types.js';
import type { WorkingMode } from '../external/modes.js';
import type { SnapshotHandover } from '../graph/snapshot-memory.js';
import type { FindPaths } from '../paths/find-paths.js';
import { sourceOf } from '../read/file.js';
import { type Header, numberedMask } from '../read/header.js';
import { readSnapshot } from '../read/reader.js';
import type { SnapshotEvidence } from '../suspects/evidence.js';
import { Arena } from '../wasm/arena.js';
import type { Ahead, ReadyCompanion, SecondThread } from './beside.js';
import { evidenceOf, loadAhead, mayBeShown, pictureMaker, seeksSuspects } from './evidence-task.js';
import { keep } from './keep.js';
import type {
  AnalyseResult,
  AnalyseTask,
  DiffResult,
  DiffTask,
  Kept,
  OpenTask,
  PackedResult,
  SeriesNames,
  SnapshotProgress,
  Task,
  TaskResult,
  WasteResult,
  WasteTask,
  WhatIfTask,
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
      return withAdvice(await attempt(task.file, () => open(task)));
    case 'diff':
      return withAdvice(await diff(task));
    case 'whatif':
      return withAdvice(await attempt(task.file, () => imagine(task)));
    case 'waste':
      return withAdvice(await attempt(task.file, () => waste(task)));
  }
}

/** What an opened snapshot shows lies in memory: too large a one can only be analysed. */
function withAdvice<T>(result: TaskResult<T>): TaskResult<T> {
  if (result.ok || result.error.code !== 'TOO_LARGE') return result;
  const message = `${result.error.message}; analyze does with less, its edges in files`;
  return { ...result, error: { ...result.error, message } };
}

/** The class lists of a series can be long: packed they are one buffer on their way to the caller. */
function pack({ report, series, interfaces, evidence }: AnalyseResult): PackedResult {
  if (series.length === 0 && evidence === undefined) return { report };
  // Loaded here, since a single small file is done before the module would be.
  return { report, packed: process.getBuiltinModule('node:v8').serialize([series, interfaces, evidence]) };
}

async function attempt<T>(file: string, work: () => Promise<Kept<T>>): Promise<TaskResult<T>> {
  try {
    return { ok: true, ...(await work()) };
  } catch (error) {
    return { ok: false, error: SnapshotError.from(error).toData(), file };
  }
}

/** In the mode that was planned, or in the other one where that finds no room. */
async function analyse(task: AnalyseTask): Promise<Kept<PackedResult>> {
  const { mode, otherwise } = task.work;
  const report = reporter(task);
  try {
    return await analyseAs(mode, task, report);
  } catch (error) {
    if (otherwise === undefined || !NO_ROOM.includes(SnapshotError.from(error).code)) throw error;
    return await analyseAs(otherwise, task, report);
  }
}

const NO_ROOM: readonly SnapshotErrorCode[] = ['TOO_LARGE', 'DISK_FULL', 'TEMPORARY'];

function analyseAs(mode: WorkingMode, task: AnalyseTask, report: Report): Promise<Kept<PackedResult>> {
  if (mode === 'memory') return analyseInMemory(task, report);
  return mode === 'external' ? analyseInFiles(task, report) : analyseShallowly(task, report);
}

async function analyseInMemory(task: AnalyseTask, report: Report): Promise<Kept<PackedResult>> {
  shared ??= Arena.create();
  const arena = await shared;
  // An analysis that has failed may have left the other thread at work.
  await second?.idle();
  arena.reset();
  const stopwatch = stopwatchFor(task);
  // A series asks for its classes under other interfaces when everything else is done.
  const isLast = task.series === 'none' || task.series === 'infer';
  const passes = (header: Header): Passes => {
    const seeks = seeksSuspects(task, header);
    const shows = mayBeShown(task, header);
    loadAhead({ seeks, shows });
    const keeps = seeks || shows;
    return { ...(keeps ? { keepRawSizes: true } : { spendIds: true, isLast }), stopwatch };
  };
  const ahead = { paths: task.suspects !== undefined, picture: task.picture !== undefined };
  const companion = await companionOn(arena, task.threads, ahead);
  const snapshot = await analyseFile(arena, task.file, companion, report, passes, stopwatch);
  const names = await namesOf(task.series);
  const find: FindPaths | undefined = companion && ((request) => companion.findPaths(request, stopwatch));
  const { header } = snapshot.graph;
  const maker = await pictureMaker(task, snapshot, names, companion?.cutTree);
  const seeks = seeksSuspects(task, header);
  const evidence = seeks
    ? await timedAsync(stopwatch, 'evidence', 'memory', () => evidenceOf(arena, task, snapshot, names, find, maker))
    : undefined;
  if (!seeks) maker?.lookAlone(arena, snapshot);
  const figures = { ...snapshot, header, stopwatch, evidence, picture: maker?.picture };
  return resultOf(task, figures, names, (interfaces) => classesUnder(arena, snapshot, interfaces));
}

/** With edges in files, in an arena of its own: it may be large, and nobody else is to have that. */
async function analyseInFiles(task: AnalyseTask, report: Report): Promise<Kept<PackedResult>> {
  const [{ withExternal }, { classesUnder: classesInFilesUnder }] = await Promise.all([
    import('../external/session.js'),
    import('../external/index.js'),
  ]);
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
async function analyseShallowly(task: AnalyseTask, report: Report): Promise<Kept<PackedResult>> {
  const [{ sumShallow }, { EdgeWindow, NameCheck }] = await Promise.all([
    import('../analysis/shallow.js'),
    import('../read/edge-window.js'),
  ]);
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
  return { value: pack({ report: found, series: [], interfaces: [] }) };
}

function stopwatchFor({ timings }: AnalyseTask): Stopwatch | undefined {
  return timings ? new Stopwatch(1) : undefined;
}

/** What a report is made of, whatever the mode. */
interface Figures extends Analysed {
  readonly stopwatch: Stopwatch | undefined;
  readonly evidence?: SnapshotEvidence;
  readonly picture?: SnapshotPicture;
}

/** The result for the caller, and what is kept of it. */
function resultOf(
  task: AnalyseTask,
  { stopwatch, evidence, picture, ...snapshot }: Figures,
  names: SeriesNames,
  under: (interfaces: readonly InterfaceDefinition[]) => readonly ClassSummary[],
): Promise<Kept<PackedResult>> {
  const findings = findingsOf(snapshot);
  const view = typeof names === 'string' ? undefined : { interfaces: names, classes: under(names) };
  const result = pack({
    report: {
      ...reportOf(task.file, findings, task.top),
      ...(stopwatch && { timings: stopwatch.stages }),
      ...(picture && { picture }),
    },
    series: names === 'none' ? [] : (view?.classes ?? findings.classes),
    interfaces: names === 'infer' ? findings.interfaces : [],
    evidence,
  });
  return keep(result, task.cache, async (target) => {
    const { keepReport } = await import('./keep-report.js');
    await keepReport(target, findings, { task, isTold: typeof names === 'string', view, evidence, picture });
  });
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

/** Sends every new stage, and within one only steps a bar can show. A second try begins where the first one has got to. */
function reporter({ progress }: Task, from = 0, to = 1): Report {
  let sent: SnapshotProgress | undefined;
  return ({ stage, fraction }) => {
    const next = { stage, fraction: from + (to - from) * fraction };
    if (sent && next.fraction - sent.fraction < (sent.stage === stage ? LEAST_STEP : 0)) return;
    sent = next;
    return progress?.postMessage(next);
  };
}

type Passes = Omit<AnalysisOptions, 'onStage'>;
/** The second thread, where a task may have it. */
async function companionOn(arena: Arena, threads: Task['threads'], ahead?: Ahead): Promise<ReadyCompanion | undefined> {
  if (threads === 1) return undefined;
  second ??= new (await import('./beside.js')).SecondThread();
  return second.companionOn(arena, ahead);
}

async function analyseFile(
  arena: Arena,
  file: string,
  companion: ReadyCompanion | undefined,
  report: Report,
  passesOf: (header: Header) => Passes,
  stopwatch?: Stopwatch,
): Promise<AnalysedSnapshot> {
  const raw = await readSnapshot(sourceOf(file), arena, {
    onProgress: (fraction) => report({ stage: 'read', fraction: fraction * BEGINS.graph }),
    readTail: companion && second?.tailOf(file),
    onColumns: (header, strings) => companion?.ready({ header, strings }, stopwatch),
    stopwatch,
  });
  const onStage = (stage: Stage) => report({ stage, fraction: BEGINS[stage] });
  const options = { ...passesOf(raw.header), onStage };
  const snapshot =
    companion === undefined
      ? analyseSnapshot(arena, raw, options)
      : await analyseOnTwoThreads(arena, raw, companion, options);
  report({ stage: 'done', fraction: 1 });
  return snapshot;
}

/** Opened snapshots keep their memory, so each has an arena of its own. */
async function open(task: OpenTask): Promise<Kept<SnapshotHandover>> {
  const [arena, { handOver }] = await Promise.all([Arena.create(), import('./handover.js')]);
  const companion = await companionOn(arena, task.threads);
  const snapshot = await analyseFile(arena, task.file, companion, reporter(task), () => ({ keepRawSizes: true }));
  const handover = handOver(arena, snapshot);
  return keep(handover, task.cache, async (target) => {
    const { storeGraph } = await import('../cache/stored-graph.js');
    await storeGraph(target, handover, findingsOf({ ...snapshot, header: snapshot.graph.header }));
  });
}

/** Capacities are computed from the file's own sizes. */
async function waste(task: WasteTask): Promise<Kept<WasteResult>> {
  const [arena, { collectWaste }] = await Promise.all([Arena.create(), import('../waste/index.js')]);
  const companion = await companionOn(arena, task.threads);
  const snapshot = await analyseFile(arena, task.file, companion, reporter(task), () => ({ keepRawSizes: true }));
  return { value: { file: task.file, ...collectWaste(arena, snapshot, task) } };
}

/** The current snapshot first: its interfaces name the base's plain objects (S13). */
async function diff(task: DiffTask): Promise<TaskResult<DiffResult>> {
  const analyseOne = async (file: string, from: number, to: number) => {
    const arena = await Arena.create();
    const companion = await companionOn(arena, task.threads);
    const snapshot = await analyseFile(arena, file, companion, reporter(task, from, to), () => ({}));
    return { value: { arena, snapshot } };
  };
  const current = await attempt(task.current, () => analyseOne(task.current, 0, 0.5));
  if (!current.ok) return current;
  const base = await attempt(task.base, () => analyseOne(task.base, 0.5, 1));
  if (!base.ok) return base;
  const { diffClasses, diffObjects } = await import('../diff/class-diff.js');
  return attempt<DiffResult>(task.current, async () => {
    const sides = [base.value.arena, base.value.snapshot, current.value.arena, current.value.snapshot] as const;
    if (task.withObjects) return { value: diffObjects(...sides) };
    const diffs = diffClasses(...sides);
    return keep(diffs, task.cache, async (target) =>
      (await import('../cache/stored-diff.js')).storeDiff(target, diffs),
    );
  });
}

async function imagine(task: WhatIfTask): Promise<Kept<WhatIfReport>> {
  const arena = await Arena.create();
  const companion = await companionOn(arena, task.threads);
  const snapshot = await analyseFile(arena, task.file, companion, reporter(task), () => ({}));
  const { whatIf } = await import('../whatif/index.js');
  return { value: { file: task.file, ...whatIf(arena, snapshot, task.cuts, task.top) } };
}
