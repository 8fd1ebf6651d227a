import type { AnalyzeOptions, Bytes } from '../base/types.js';
import { DEFAULT_TOP } from './analysed-file.js';
import { defaultConcurrency } from './cores.js';
import { availableMemory } from './memory.js';
import { type SupervisedSeries, superviseSeries } from './supervisor.js';

/** Of the memory that is available; others want some too. */
const DEFAULT_SHARE = 0.8;
/** What the supervisor itself takes, with the results of a long series. */
const OWN_BYTES = 100 * 2 ** 20;

/** The snapshots of a series with the given indexes, in child processes. The contract is `analyze`'s. */
export function analyzeInProcesses(
  files: readonly string[],
  share: readonly number[],
  options: AnalyzeOptions,
): Promise<SupervisedSeries> {
  const { top = DEFAULT_TOP, concurrency = defaultConcurrency(files.length), maxMemory, ...others } = options;
  return superviseSeries(files, share, { ...others, top, concurrency, budget: budgetOf(maxMemory) });
}

/** What is left for the children. */
function budgetOf(maxMemory: Bytes = DEFAULT_SHARE * availableMemory()): Bytes {
  return Math.max(0, Math.floor(maxMemory - OWN_BYTES));
}
