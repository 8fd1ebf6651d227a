import type { InterfaceDefinition } from '../analysis/interface-tree.js';
import { reportOf } from '../analysis/report.js';
import type { Analysis, AnalyzeOptions, ClassSummary, Outcome, Progress } from '../base/types.js';
import type { CacheSession, Found } from '../cache/session.js';
import { rankGrowth } from '../diff/growth.js';
import { runAlone, runHere } from './alone.js';
import { withCache } from './caching.js';
import { defaultConcurrency, threadsFor } from './cores.js';
import type { WorkerPool } from './pool.js';
import type { AnalyseTask, PackedResult, SnapshotProgress, Task, TaskResult, WithoutPort } from './tasks.js';

const DEFAULT_TOP = 50;

interface Entry {
  readonly outcome: Outcome;
  readonly series: readonly ClassSummary[] | undefined;
  readonly interfaces: readonly InterfaceDefinition[];
}

/**
 * Analyses snapshots; two or more are taken as one series in time order, and their growth is ranked. Runs in worker
 * threads: the calling thread stays free. A file that cannot be analysed is an outcome with its error, never a rejection;
 * only an abort rejects, with the signal's reason. Cost: one pass over each file, 70 bytes a node and 13 an edge a thread.
 */
export async function analyze(files: string | readonly string[], options: AnalyzeOptions = {}): Promise<Analysis> {
  const list = typeof files === 'string' ? [files] : [...files];
  const entries = await withCache(options, async (session) => {
    if (list.length > 1) return analyzeSeries(list, options, session);
    return Promise.all(list.map((file) => analyzeOne(file, options, session)));
  });
  const growth = rankGrowth(entries.map((entry) => entry.series));
  const snapshots = entries.map((entry) => entry.outcome);
  return growth === undefined ? { schemaVersion: 1, snapshots } : { schemaVersion: 1, snapshots, growth };
}

/** One file needs no pool, and is done before a pool would have started. */
function analyzeOne(file: string, options: AnalyzeOptions, session: CacheSession | undefined): Promise<Entry> {
  return analyzeBy(
    (task, name, onProgress) => runAlone(task, name, options.signal, onProgress),
    file,
    options,
    session,
  );
}

/**
 * `analyze` for one file, on the calling thread and one beside it: for a process that has nothing else to do, which is
 * spared the start of a thread. The caller's timers and signals get their turn while the file is read and between stages.
 */
export async function analyzeHere(file: string, options: AnalyzeOptions = {}): Promise<Analysis> {
  const run: Run = (task, _, onProgress) => runHere(task, options.signal, onProgress);
  const entry = await withCache(options, (session) => analyzeBy(run, file, options, session));
  return { schemaVersion: 1, snapshots: [entry.outcome] };
}

function analyzeBy(run: Run, file: string, options: AnalyzeOptions, session: CacheSession | undefined): Promise<Entry> {
  return new SeriesAnalysis(run, 1, [file], options, session).analyse(0, 'none', 1);
}

async function analyzeSeries(
  files: readonly string[],
  options: AnalyzeOptions,
  session: CacheSession | undefined,
): Promise<Entry[]> {
  const concurrency = options.concurrency ?? defaultConcurrency(files.length);
  // Not before there is work: a series that comes from caches needs no threads.
  let pool: Promise<WorkerPool> | undefined;
  const start = async () => new (await import('./pool.js')).WorkerPool(concurrency, options.signal);
  try {
    const run: Run = async (task, name, onProgress) => {
      pool ??= start();
      return (await pool).run(task, name, onProgress);
    };
    return await new SeriesAnalysis(run, concurrency, files, options, session).run();
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
  readonly #session: CacheSession | undefined;

  constructor(
    run: Run,
    concurrency: number,
    files: readonly string[],
    options: AnalyzeOptions,
    session: CacheSession | undefined,
  ) {
    this.#run = run;
    this.#concurrency = concurrency;
    this.#files = files;
    this.#options = options;
    this.#session = session;
  }

  /**
   * The last readable snapshot goes first: its plain objects decide what the series calls theirs, since what grows shows
   * best at the end. The others follow at once, as many at a time as there are threads.
   */
  async run(): Promise<Entry[]> {
    const entries: Entry[] = new Array(this.#files.length);
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
  async analyse(index: number, series: AnalyseTask['series'], tasks: number): Promise<Entry> {
    const file = this.#files[index];
    const top = this.#options.top ?? DEFAULT_TOP;
    const onProgress = this.#progressOf(index);
    const cached = await this.#fromCache(file, top, series);
    if (cached?.value) {
      onProgress?.({ stage: 'done', fraction: 1 });
      return cached.value;
    }
    const result = await this.#run(
      { kind: 'analyse', file, top, series, threads: threadsFor(tasks), cache: cached?.target },
      file,
      onProgress,
    );
    if (!result.ok) return { outcome: { ok: false, file, error: result.error }, series: undefined, interfaces: [] };
    if (result.note !== undefined) this.#options.onNote?.(result.note);
    const { report, packed } = result.value;
    if (packed === undefined) return { outcome: report, series: series === 'none' ? undefined : [], interfaces: [] };
    const { decode } = await import('@msgpack/msgpack');
    const [classes, interfaces] = decode(packed) as [ClassSummary[], InterfaceDefinition[]];
    return { outcome: report, series: classes, interfaces };
  }

  async #fromCache(file: string, top: number, series: AnalyseTask['series']): Promise<Found<Entry> | undefined> {
    if (this.#session === undefined) return undefined;
    const { loadFindings, loadView } = await import('../cache/stored-report.js');
    return this.#session.find('report', [file], (cache) => {
      const view = typeof series === 'string' ? undefined : loadView(cache, series);
      if (typeof series !== 'string' && view === undefined) return undefined;
      const findings = loadFindings(cache);
      cache.close();
      return {
        outcome: reportOf(file, findings, top),
        series: series === 'none' ? undefined : (view ?? findings.classes),
        interfaces: series === 'infer' ? findings.interfaces : [],
      };
    });
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
