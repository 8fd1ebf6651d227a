import { decode } from '@msgpack/msgpack';
import type { InterfaceDefinition } from '../analysis/interface-tree.js';
import type { Analysis, AnalyzeOptions, ClassSummary, Outcome, Progress } from '../base/types.js';
import { rankGrowth } from '../diff/growth.js';
import { defaultConcurrency, WorkerPool } from './pool.js';
import type { AnalyseResult, AnalyseTask, SnapshotProgress } from './tasks.js';

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
  options.signal?.throwIfAborted();
  const list = typeof files === 'string' ? [files] : [...files];
  if (list.length === 0) return { schemaVersion: 1, snapshots: [] };
  const pool = new WorkerPool(options.concurrency ?? defaultConcurrency(list.length), options.signal);
  try {
    const entries = await new SeriesAnalysis(pool, list, options).run();
    const growth = rankGrowth(entries.map((entry) => entry.series));
    const snapshots = entries.map((entry) => entry.outcome);
    return growth === undefined ? { schemaVersion: 1, snapshots } : { schemaVersion: 1, snapshots, growth };
  } finally {
    await pool.close();
  }
}

class SeriesAnalysis {
  readonly #pool: WorkerPool;
  readonly #files: readonly string[];
  readonly #options: AnalyzeOptions;

  constructor(pool: WorkerPool, files: readonly string[], options: AnalyzeOptions) {
    this.#pool = pool;
    this.#files = files;
    this.#options = options;
  }

  /**
   * The last readable snapshot goes first: its plain objects decide what the series calls theirs, since what grows shows
   * best at the end. The others follow at once, as many at a time as there are threads.
   */
  async run(): Promise<Entry[]> {
    const entries: Entry[] = new Array(this.#files.length);
    if (this.#files.length === 1) return [await this.#analyse(0, 'none')];
    let last = this.#files.length - 1;
    for (; last >= 0; last--) {
      entries[last] = await this.#analyse(last, 'infer');
      if (entries[last].outcome.ok) break;
    }
    const rest = Array.from({ length: Math.max(0, last) }, async (_, index) => {
      entries[index] = await this.#analyse(index, entries[last].interfaces);
    });
    await Promise.all(rest);
    return entries;
  }

  async #analyse(index: number, series: AnalyseTask['series']): Promise<Entry> {
    const file = this.#files[index];
    const top = this.#options.top ?? DEFAULT_TOP;
    const result = await this.#pool.run<Uint8Array>(
      { kind: 'analyse', file, top, series },
      file,
      this.#progressOf(index),
    );
    if (!result.ok) return { outcome: { ok: false, file, error: result.error }, series: undefined, interfaces: [] };
    const value = decode(result.value) as AnalyseResult;
    return { outcome: value.report, series: value.series, interfaces: value.interfaces };
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
