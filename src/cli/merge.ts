import { mergeShards } from '../batch/merge.js';
import { analysisResult, withReports, withSettings } from './analyze.js';
import type { CommandResult, Execution } from './execution.js';
import type { GateOptions, ReporterOptions } from './options.js';

export interface MergeCommandOptions extends GateOptions, ReporterOptions {}

/** What the machines found, as if one had done it all: how much is listed was said there. Reports have no picture: that takes a snapshot. */
export async function mergeCommand(
  files: readonly string[],
  options: MergeCommandOptions,
  execution: Execution,
): Promise<CommandResult> {
  const settled = await withReports(await withSettings(options, 'batch'), files);
  const { analysis, top } = await mergeShards(files);
  return analysisResult(analysis, { ...settled, top }, execution);
}
