import { mergeShards } from '../batch/merge.js';
import { analysisResult } from './analyze.js';
import type { CommandResult, Execution } from './execution.js';

/** What the machines found, as if one had done it all: how much is listed was said there. */
export async function mergeCommand(
  files: readonly string[],
  { json }: { readonly json?: boolean },
  execution: Execution,
): Promise<CommandResult> {
  const { analysis, top } = await mergeShards(files);
  return analysisResult(analysis, { json, top }, execution);
}
