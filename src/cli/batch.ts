import { SnapshotError } from '../base/errors.js';
import type { Shard } from '../batch/shard.js';
import { analyze, listSnapshots } from '../index.js';
import { timingsText } from '../report/timings-text.js';
import {
  type AnalyzeCommandOptions,
  analysisResult,
  failureNotes,
  processOptions,
  withReports,
  withSettings,
} from './analyze.js';
import type { CommandResult, Execution } from './execution.js';
import { EXIT, UsageError } from './exit-codes.js';

const LOOKED_FOR = '*.heapsnapshot and *.heaptimeline, plain, .gz or .zst; links are not followed';

export interface BatchCommandOptions extends AnalyzeCommandOptions {
  readonly shard?: Shard;
}

export async function batchCommand(
  folder: string,
  given: BatchCommandOptions,
  execution: Execution,
): Promise<CommandResult> {
  if (given.shard !== undefined && (given.reporter || given.outputFile))
    throw new UsageError('expected no reporter with --shard: what it prints is for merge');
  if (given.shard !== undefined && given.mode === 'shallow') {
    throw new UsageError('expected another mode than shallow with --shard: what grows cannot be told from it');
  }
  if (given.shard !== undefined && given.detector) (await import('./detector-check.js')).checkDetectors(given.detector);
  const files = await snapshotsIn(folder);
  if (given.shard !== undefined) {
    if (given.failOn !== undefined || given.baseline !== undefined)
      throw new UsageError('expected neither --fail-on nor --baseline with --shard: merge has them');
    // What it is held against is for `merge`.
    const { top, warmup, detector, redaction } = await withSettings(given, 'batch');
    if (redaction)
      throw new UsageError('expected no names to be hidden with --shard: merge needs them, and hides them then');
    return shardResult(files, given.shard, { ...given, top, warmup, detector }, execution);
  }
  const options = await withReports(await withSettings(given, 'batch'), files);
  if (options.detector) (await import('./detector-check.js')).checkDetectors(options.detector);
  const analysis = await analyze(files, processOptions(options, execution));
  const talk = timingsText(analysis.snapshots, execution.talkScreen);
  return { ...(await analysisResult(analysis, options, execution)), talk };
}

/** A shard's output is for `merge`, so it is a document in any case. */
async function shardResult(
  files: readonly string[],
  shard: Shard,
  options: BatchCommandOptions,
  execution: Execution,
): Promise<CommandResult> {
  const [{ analyzeShard }, { shardJson }] = await Promise.all([
    import('../batch/shard.js'),
    import('../report/shard-json.js'),
  ]);
  const document = await analyzeShard(files, shard, processOptions(options, execution));
  const snapshots = document.snapshots.map(({ outcome }) => outcome);
  return {
    output: shardJson(document),
    notes: failureNotes({ snapshots }),
    talk: timingsText(snapshots, execution.talkScreen),
    exitCode: snapshots.every(({ ok }) => ok) ? EXIT.ok : EXIT.inputs,
  };
}

export async function snapshotsIn(folder: string): Promise<string[]> {
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
