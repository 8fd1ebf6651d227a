import { mergeShards } from '../batch/merge.js';
import { analysisResult } from './analyze.js';
import type { CommandResult, Execution } from './execution.js';
import { type GateOptions, isUngated } from './options.js';

export interface MergeCommandOptions extends GateOptions {
  readonly json?: boolean;
}

/** What the machines found, as if one had done it all: how much is listed was said there. */
export async function mergeCommand(
  files: readonly string[],
  options: MergeCommandOptions,
  execution: Execution,
): Promise<CommandResult> {
  const { analysis, top } = await mergeShards(files);
  const settled = isUngated(options) ? options : await (await import('./settle.js')).settle(options, 'batch');
  return analysisResult(analysis, { ...settled, top }, execution);
}
