// The code a worker thread runs: one task at a time, on one arena that serves all analyses of the thread.
// What only some tasks need is imported by them: start-up is a good part of the time a small file takes.

import { serialize } from 'node:v8';
import { MessagePort } from 'node:worker_threads';
import {
  type AnalysedSnapshot,
  type AnalysisOptions,
  analyseOnTwoThreads,
  analyseSnapshot,
  classesUnder,
} from '../analysis/index.js';
import { findingsOf, reportOf } from '../analysis/report.js';
import { SnapshotError } from '../base/errors.js';
import { Stopwatch } from '../base/stopwatch.js';
import type { Stage } from '../base/types.js';
import type { CacheTarget } from '../cache/writer.js';
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
      return attempt(task.file, () => analyse(task));
    case 'open':
      return attempt(task.file, () => open(task));
    case 'diff':
      return diff(task);
  }
}

/** The class lists of a series can be long: packed they are one buffer on their way to the caller. */
function pack({ report, series, interfaces }: AnalyseResult): PackedResult {
  return series.length === 0 ? { report } : { report, packed: serialize([series, interfaces]) };
}

async function attempt<T>(file: string, work: () => Promise<Kept<T>>): Promise<TaskResult<T>> {
  try {
    return { ok: true, ...(await work()) };
  } catch (error) {
    return { ok: false, error: SnapshotError.from(error).toData(), file };
  }
}

/** A cache is a convenience: that it cannot be written is worth a note, but the result is there. */
async function keep<T>(
  value: T,
  target: CacheTarget | undefined,
  store: (target: CacheTarget) => Promise<void>,
): Promise<Kept<T>> {
  try {
    if (target !== undefined) await store(target);
    return { value };
  } catch (error) {
    return { value, note: noteOf(error) };
  }
}

function noteOf(error: unknown): string {
  const { name, message } = error as Error;
  return name === 'CacheNotWritten' ? message : `cannot write a cache: ${message}`;
}

async function analyse(task: AnalyseTask): Promise<Kept<PackedResult>> {
  shared ??= Arena.create();
  const arena = await shared;
  arena.reset();
  const stopwatch = task.timings ? new Stopwatch(1) : undefined;
  const snapshot = await analyseFile(arena, task.file, task.threads, reporter(task), { stopwatch });
  const findings = findingsOf(snapshot);
  const names = await namesOf(task.series);
  const view =
    typeof names === 'string' ? undefined : { interfaces: names, classes: classesUnder(arena, snapshot, names) };
  const result = pack({
    report: { ...reportOf(task.file, findings, task.top), ...(stopwatch && { timings: stopwatch.stages }) },
    series: names === 'none' ? [] : (view?.classes ?? findings.classes),
    interfaces: names === 'infer' ? findings.interfaces : [],
  });
  return keep(result, task.cache, async (target) => {
    const { storeReport } = await import('../cache/stored-report.js');
    await storeReport(target, findings, view);
  });
}

/** Where the names are not known beforehand, the snapshot waits for them with everything else done. */
function namesOf(series: AnalyseTask['series']): SeriesNames | Promise<SeriesNames> {
  if (!(series instanceof MessagePort)) return series;
  return new Promise((resolve) => {
    series.once('message', resolve);
    series.postMessage('analysed');
  });
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
  if (threads === 2) second ??= new SecondThread();
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

/** Opened snapshots keep their memory, so each has an arena of its own. */
async function open(task: OpenTask): Promise<Kept<SnapshotHandover>> {
  const [arena, { handOver }] = await Promise.all([Arena.create(), import('./handover.js')]);
  const snapshot = await analyseFile(arena, task.file, task.threads, reporter(task), { keepRawSizes: true });
  const handover = handOver(arena, snapshot);
  return keep(handover, task.cache, async (target) => {
    const { storeGraph } = await import('../cache/stored-graph.js');
    await storeGraph(target, handover, findingsOf(snapshot));
  });
}

/** The current snapshot first: its interfaces name the base's plain objects (S13). */
async function diff(task: DiffTask): Promise<TaskResult<DiffResult>> {
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
    return keep(diffs, task.cache, async (target) =>
      (await import('../cache/stored-diff.js')).storeDiff(target, diffs),
    );
  });
}
