import type { AnalyzeOptions } from '../base/types.js';
import { DEFAULT_TOP } from './analysed-file.js';
import { defaultConcurrency } from './cores.js';
import { type SupervisedSeries, superviseSeries } from './supervisor.js';
import { defaultBudget, folderFor } from './work-plan.js';

/** The snapshots of a series with the given indexes, in child processes. The contract is `analyze`'s. */
export function analyzeInProcesses(
  files: readonly string[],
  share: readonly number[],
  options: AnalyzeOptions,
): Promise<SupervisedSeries> {
  const { top = DEFAULT_TOP, concurrency = defaultConcurrency(files.length), ...others } = options;
  const budget = options.maxMemory ?? defaultBudget();
  return superviseSeries(files, share, { ...others, top, concurrency, budget, folder: folderFor(options) });
}
