import type { Analysis, AnalyzeOptions } from '../base/types.js';
import { analyze, analyzeHere } from '../batch/analyze.js';
import { analysisText } from '../report/analysis-text.js';
import { failureText } from '../report/failure-text.js';
import { analysisJson } from '../report/json.js';
import { timingsText } from '../report/timings-text.js';
import type { CommandResult, Execution } from './execution.js';
import { EXIT } from './exit-codes.js';
import { chooseKernelTier } from './kernel-tier.js';
import { type SharedOptions, TABLE_ROWS } from './options.js';

export interface AnalyzeCommandOptions extends SharedOptions {
  readonly concurrency?: number;
  readonly timings?: boolean;
  readonly maxMemory?: number;
  /** Seconds. */
  readonly timeout?: number;
}

/** A single file is analysed on the command's own thread, unless it is to be kept within limits. */
export async function analyzeCommand(
  files: readonly string[],
  options: AnalyzeCommandOptions,
  execution: Execution,
): Promise<CommandResult> {
  const { maxMemory, timeout } = options;
  const alone = files.length === 1 && maxMemory === undefined && timeout === undefined;
  if (alone) chooseKernelTier(files);
  const analysis = alone
    ? await analyzeHere(files[0], { ...execution.engine, top: options.top, timings: options.timings })
    : await analyze(files, processOptions(options, execution));
  // Asked for only where it is wanted: `performance` loads on first use.
  const began = options.timings && alone ? performance.timeOrigin : undefined;
  const talk = timingsText(analysis.snapshots, execution.talkScreen, began);
  return { ...analysisResult(analysis, options, execution), talk };
}

/** How several files are analysed: each in a process. */
export function processOptions(
  { top, timings, concurrency, maxMemory, timeout }: AnalyzeCommandOptions,
  { engine }: Execution,
): AnalyzeOptions {
  const limits = { maxMemory, timeout: timeout === undefined ? undefined : 1000 * timeout };
  return { ...engine, top, timings, concurrency, isolation: 'process', ...limits };
}

export function analysisResult(
  analysis: Analysis,
  { json, top }: Pick<SharedOptions, 'json' | 'top'>,
  { screen }: Pick<Execution, 'screen'>,
): CommandResult {
  return {
    output: json ? analysisJson(analysis) : analysisText(analysis, top ?? TABLE_ROWS, screen),
    // Text has the failures on stdout; a document's reader may be a program that does not look.
    notes: json ? failureNotes(analysis) : [],
    exitCode: analysis.snapshots.every(({ ok }) => ok) ? EXIT.ok : EXIT.inputs,
  };
}

export function failureNotes({ snapshots }: Pick<Analysis, 'snapshots'>): string[] {
  return snapshots.flatMap((snapshot) => (snapshot.ok ? [] : [`${snapshot.file}: ${failureText(snapshot.error)}`]));
}
