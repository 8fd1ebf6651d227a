import { SnapshotError } from '../base/errors.js';
import type { Analysis, AnalyzeOptions, Progress } from '../base/types.js';
import {
  type AnalysedFile,
  analysedFile,
  analysisOf,
  DEFAULT_TOP,
  failedFile,
  pictureSought,
  suspectsSought,
} from './analysed-file.js';
import { type CachedReports, withReports } from './cached-reports.js';
import { defaultConcurrency, threadsFor, threadsForFile } from './cores.js';
import { runHere } from './here.js';
import type { WorkerPool } from './pool.js';
import type { PackedResult, SeriesNames, SnapshotProgress, Task, TaskResult, WithoutPort } from './tasks.js';
import { planFile } from './work-plan.js';

/**
 * Analyses snapshots; two or more are taken as one series in time order, and their growth is ranked. Runs in worker
 * threads, or in child processes where `isolation` says so: the calling thread stays free. A file that cannot be analysed
 * is an outcome with its error, never a rejection; only an abort rejects, with the signal's reason. Cost: one pass over each
 * file, 70 bytes a node and 13 an edge at a time, 100 MB more for a process.
 */
export async function analyze(files: string | readonly string[], options: AnalyzeOptions = {}): Promise<Analysis> {
  options.signal?.throwIfAborted();
  const list = typeof files === 'string' ? [files] : [...files];
  if (list.length === 0) return { schemaVersion: 1, snapshots: [] };
  if (options.isolation === 'process') {
    const { analyzeInProcesses } = await import('./in-processes.js');
    return analysisOf((await analyzeInProcesses(list, [...list.keys()], options)).files, options.suspects);
  }
  const analysed = list.length === 1 ? [await analyzeOne(list[0], options)] : await analyzeSeries(list, options);
  return analysisOf(analysed, options.suspects);
}

/** One file needs no pool, and is done before a pool would have started. */
async function analyzeOne(file: string, options: AnalyzeOptions): Promise<AnalysedFile> {
  const { runAlone } = await import('./alone.js');
  return analyzeBy((task, name, onProgress) => runAlone(task, name, options.signal, onProgress), file, options);
}

/**
 * `analyze` for one file, on the calling thread and one beside it: for a process that has nothing else to do, which is
 * spared the start of a thread. The caller's timers and signals get their turn while the file is read and between stages. Never goes
 * on with edges in files where memory is not enough: that takes long.
 */
export async function analyzeHere(file: string, options: AnalyzeOptions = {}): Promise<Analysis> {
  const run: Run = (task, _, onProgress) => runHere(task, options.signal, onProgress);
  const analysed = await analyzeBy(run, file, { ...options, mode: options.mode ?? 'memory' });
  return analysisOf([analysed], options.suspects);
}

function analyzeBy(run: Run, file: string, options: AnalyzeOptions): Promise<AnalysedFile> {
  return withReports(options, (reports) => new SeriesAnalysis(run, 1, [file], options, reports).analyse(0, 'none', 1));
}

function analyzeSeries(files: readonly string[], options: AnalyzeOptions): Promise<AnalysedFile[]> {
  return withReports(options, (reports) => analyzeInPool(files, options, reports));
}

async function analyzeInPool(
  files: readonly string[],
  options: AnalyzeOptions,
  reports: CachedReports | undefined,
): Promise<AnalysedFile[]> {
  const concurrency = options.concurrency ?? defaultConcurrency(files.length);
  // Not before there is work: a series that comes from caches needs no threads.
  let pool: Promise<WorkerPool> | undefined;
  const start = async () => new (await import('./pool.js')).WorkerPool(concurrency, options.signal);
  try {
    const run: Run = async (task, name, onProgress) => {
      pool ??= start();
      return (await pool).run(task, name, onProgress);
    };
    return await new SeriesAnalysis(run, concurrency, files, options, reports).run();
  } finally {
    await (await pool)?.close();
  }
}

/** Runs one task in some thread. */
type Run = (
  task: WithoutPort<Task>,
  file: string,
  onProgress?: (progress: SnapshotProgress) => void,
) => Promise<TaskResult<PackedResult>>;

class SeriesAnalysis {
  readonly #run: Run;
  readonly #concurrency: number;
  readonly #files: readonly string[];
  readonly #options: AnalyzeOptions;
  readonly #reports: CachedReports | undefined;

  constructor(
    run: Run,
    concurrency: number,
    files: readonly string[],
    options: AnalyzeOptions,
    reports: CachedReports | undefined,
  ) {
    this.#run = run;
    this.#concurrency = concurrency;
    this.#files = files;
    this.#options = options;
    this.#reports = reports;
  }

  /**
   * The last readable snapshot goes first: its plain objects decide what the series calls theirs, since what grows shows
   * best at the end. The others follow at once, as many at a time as there are threads.
   */
  async run(): Promise<AnalysedFile[]> {
    const entries: AnalysedFile[] = new Array(this.#files.length);
    let last = this.#files.length - 1;
    for (; last >= 0; last--) {
      entries[last] = await this.analyse(last, 'infer', 1);
      if (entries[last].outcome.ok) break;
    }
    const rest = Array.from({ length: Math.max(0, last) }, async (_, index) => {
      entries[index] = await this.analyse(index, entries[last].interfaces, Math.min(this.#concurrency, last));
    });
    await Promise.all(rest);
    return entries;
  }

  /** `tasks`: how many of the series run at a time with this one. */
  async analyse(index: number, series: SeriesNames, tasks: number): Promise<AnalysedFile> {
    const file = this.#files[index];
    const { top = DEFAULT_TOP, timings = false, suspects } = this.#options;
    const picture = typeof series === 'string' ? pictureSought(this.#options.picture) : undefined;
    const onProgress = this.#progressOf(index);
    const found = await this.#reports?.look(file);
    const known = found?.value && this.#reports?.answer(file, found.value, series);
    if (known) {
      onProgress?.({ stage: 'done', fraction: 1 });
      return known;
    }
    const threads = tasks === 1 ? threadsForFile(file) : threadsFor(tasks);
    const sought = suspectsSought(suspects);
    const asked = { top, timings, suspects: sought, picture };
    const given = { kind: 'analyse', file, ...asked, series, threads, memory: 'normal' } as const;
    try {
      const { work, estimate } = await planFile(file, this.#options, tasks);
      if (estimate) this.#options.onEstimate?.({ ...estimate, index });
      const result = await this.#run({ ...given, work, cache: found?.target }, file, onProgress);
      if (result.ok && result.note !== undefined) this.#options.onNote?.(result.note);
      return analysedFile(file, result);
    } catch (error) {
      if (error instanceof SnapshotError) return failedFile(file, error.toData());
      throw error;
    }
  }

  #progressOf(index: number): ((progress: SnapshotProgress) => void) | undefined {
    const { onProgress } = this.#options;
    if (onProgress === undefined) return undefined;
    const place: Pick<Progress, 'file' | 'index' | 'total'> = {
      file: this.#files[index],
      index,
      total: this.#files.length,
    };
    return (progress) => onProgress({ ...place, ...progress });
  }
}
