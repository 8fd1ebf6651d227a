import { SnapshotError } from '../base/errors.js';
import { listSnapshots } from '../index.js';
import { type AnalyzeCommandOptions, analyzeCommand } from './analyze.js';
import type { CommandResult, Execution } from './execution.js';
import { UsageError } from './exit-codes.js';

const LOOKED_FOR = '*.heapsnapshot and *.heaptimeline, plain, .gz or .zst; links are not followed';

export async function batchCommand(
  folder: string,
  options: AnalyzeCommandOptions,
  execution: Execution,
): Promise<CommandResult> {
  return analyzeCommand(await snapshotsIn(folder), options, execution);
}

async function snapshotsIn(folder: string): Promise<string[]> {
  let files: string[];
  try {
    files = await listSnapshots(folder);
  } catch (thrown) {
    const error = SnapshotError.from(thrown);
    if (error.code !== 'UNREADABLE') throw thrown;
    throw new UsageError(`expected a folder with snapshots (${LOOKED_FOR}): ${error.message}`);
  }
  if (files.length === 0) throw new UsageError(`found no snapshots in the folder ${folder}: looked for ${LOOKED_FOR}`);
  return files;
}
