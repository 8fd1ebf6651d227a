import type { AnalyzeOptions, Bytes } from '../base/types.js';
import { DEFAULT_TOP } from './analysed-file.js';
import { CachedReports } from './cached-reports.js';
import { withCache } from './caching.js';
import { defaultConcurrency } from './cores.js';
import { availableMemory } from './memory.js';
import { type SupervisedSeries, superviseSeries } from './supervisor.js';

/** Of the memory that is available; others want some too. */
const DEFAULT_SHARE = 0.8;

/** The snapshots of a series with the given indexes, in child processes. The contract is `analyze`'s. */
export function analyzeInProcesses(
  files: readonly string[],
  share: readonly number[],
  options: AnalyzeOptions,
): Promise<SupervisedSeries> {
  const { top = DEFAULT_TOP, concurrency = defaultConcurrency(files.length), ...others } = options;
  const budget = options.maxMemory ?? defaultBudget();
  return withCache(options, async (session) => {
    const reports = await CachedReports.of(session, top);
    return superviseSeries(files, share, { ...others, top, concurrency, budget, reports });
  });
}

/** What a batch may take now when nobody says how much. */
export function defaultBudget(): Bytes {
  return DEFAULT_SHARE * availableMemory();
}
