import { mergeShards } from '../batch/merge.js';
import { analysisResult } from './analyze.js';
import type { CommandResult, Execution } from './execution.js';
import { type GateOptions, isUngated, type ReporterOptions } from './options.js';

export interface MergeCommandOptions extends GateOptions, ReporterOptions {}

/** What the machines found, as if one had done it all: how much is listed was said there. Reports have no picture: that takes a snapshot. */
export async function mergeCommand(
  files: readonly string[],
  options: MergeCommandOptions,
  execution: Execution,
): Promise<CommandResult> {
  const settled = isUngated(options) ? options : await (await import('./settle.js')).settle(options, 'batch');
  const reports = await reportsFor(settled, files);
  const { analysis, top } = await mergeShards(files);
  return analysisResult(analysis, { ...settled, top, reports }, execution);
}

async function reportsFor(options: ReporterOptions, files: readonly string[]): Promise<ReporterOptions['reports']> {
  if (!options.reporter && !options.outputFile) return undefined;
  const { isOneOf, planReports } = await import('./reporting.js');
  return planReports(options, isOneOf(files));
}
