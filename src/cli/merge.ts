import { mergeShards } from '../batch/merge.js';
import { analysisResult } from './analyze.js';
import type { CommandResult, Execution } from './execution.js';
import type { ReporterOptions } from './options.js';

/** What the machines found, as if one had done it all: how much is listed was said there. Reports have no picture: that takes a snapshot. */
export async function mergeCommand(
  files: readonly string[],
  options: ReporterOptions,
  execution: Execution,
): Promise<CommandResult> {
  const reports = await reportsFor(options, files);
  const { analysis, top } = await mergeShards(files);
  return analysisResult(analysis, { json: options.json, top, reports }, execution);
}

async function reportsFor(options: ReporterOptions, files: readonly string[]): Promise<ReporterOptions['reports']> {
  if (!options.reporter && !options.outputFile) return undefined;
  const { isOneOf, planReports } = await import('./reporting.js');
  return planReports(options, isOneOf(files));
}
