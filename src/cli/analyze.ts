import type { Analysis, AnalysisMode, AnalyzeOptions } from '../base/types.js';
import { analyze, analyzeHere } from '../batch/analyze.js';
import { planFile } from '../batch/work-plan.js';
import { failureText } from '../report/failure-text.js';
import { analysisJson } from '../report/json.js';
import type { CommandResult, Execution } from './execution.js';
import { EXIT } from './exit-codes.js';
import { chooseKernelTier } from './kernel-tier.js';
import { type DetectorSettings, type ReporterOptions, type SharedOptions, TABLE_ROWS } from './options.js';

export interface AnalyzeCommandOptions extends SharedOptions, ReporterOptions {
  readonly concurrency?: number;
  readonly timings?: boolean;
  readonly maxMemory?: number;
  /** Seconds. */
  readonly timeout?: number;
  readonly mode: AnalysisMode;
  readonly temp?: string;
  /** False with `--no-suspects`. */
  readonly suspects: boolean;
  readonly warmup?: number;
  readonly assumeSameProcess?: boolean;
  readonly detector?: DetectorSettings;
}

/**
 * A single file is analysed on the command's own thread, unless it is to be kept within limits, or so large that its passes would keep
 * signals waiting.
 */
export async function analyzeCommand(
  files: readonly string[],
  given: AnalyzeCommandOptions,
  execution: Execution,
): Promise<CommandResult> {
  const options = await withReports(given, files);
  if (options.detector) (await import('./detector-check.js')).checkDetectors(options.detector);
  if (isAlone(files, options)) chooseKernelTier(files);
  const here = await analysisHere(files, options, execution);
  const analysis = here ?? (await analyze(files, elsewhereOptions(files, options, execution)));
  const result = await analysisResult(analysis, options, execution);
  if (!options.timings) return result;
  // Asked for only where it is wanted: `performance` loads on first use.
  const began = here ? performance.timeOrigin : undefined;
  const { timingsText } = await import('../report/timings-text.js');
  return { ...result, talk: timingsText(analysis.snapshots, execution.talkScreen, began) };
}

/** What reporters are to write, known before the work. They and what writes files are loaded for no one else. */
export async function withReports<Options extends AnalyzeCommandOptions>(
  options: Options,
  files: readonly string[],
): Promise<Options> {
  if (!options.reporter && !options.outputFile) return options;
  const { isOneOf, planReports } = await import('./reporting.js');
  return { ...options, reports: planReports(options, isOneOf(files)) };
}

/** Undefined where it is better done elsewhere. */
async function analysisHere(
  files: readonly string[],
  options: AnalyzeCommandOptions,
  { engine, onEstimate }: Execution,
): Promise<Analysis | undefined> {
  const { mode, temp, top, cache, timings } = options;
  const suspects = suspectOptions(options);
  if (!isAlone(files, options) || mode === 'external') return undefined;
  const plan = await planFile(files[0], { mode, tempFolder: temp }).catch(() => undefined);
  if (plan === undefined || plan.work.mode === 'external') return undefined;
  const analysis = await analyzeHere(files[0], {
    ...{ ...engine, onEstimate, top, cache, timings, suspects, picture: needsPicture(options) },
    mode: plan.work.mode,
  });
  const [outcome] = analysis.snapshots;
  // More than the counts had promised.
  const isTooLarge = mode === 'auto' && !outcome.ok && outcome.error.code === 'TOO_LARGE';
  return isTooLarge ? undefined : analysis;
}

function isAlone(files: readonly string[], { maxMemory, timeout }: AnalyzeCommandOptions): boolean {
  return files.length === 1 && maxMemory === undefined && timeout === undefined;
}

/** A thread is enough for a file without limits: it leaves this one free for signals. */
function elsewhereOptions(
  files: readonly string[],
  options: AnalyzeCommandOptions,
  execution: Execution,
): AnalyzeOptions {
  const isolation = isAlone(files, options) ? 'thread' : 'process';
  return { ...processOptions(options, execution), isolation };
}

/** How several files are analysed: each in a process. */
export function processOptions(options: AnalyzeCommandOptions, { engine, onEstimate }: Execution): AnalyzeOptions {
  const { top, cache, timings, concurrency, maxMemory, timeout, mode, temp } = options;
  const limits = { maxMemory, timeout: timeout === undefined ? undefined : 1000 * timeout };
  const shown = { onEstimate, top, timings, suspects: suspectOptions(options), picture: needsPicture(options) };
  return { ...engine, ...shown, cache, concurrency, mode, tempFolder: temp, isolation: 'process', ...limits };
}

/** Whether a report that is going to be written shows one. */
export function needsPicture({ reports }: Pick<ReporterOptions, 'reports'>): boolean {
  return reports?.some(({ needs }) => needs.picture) ?? false;
}

function suspectOptions(options: AnalyzeCommandOptions): AnalyzeOptions['suspects'] {
  const { suspects, warmup, assumeSameProcess, detector } = options;
  return suspects && { warmUp: warmup, assumeSameProcess, detectors: detector };
}

type AnalysisResultOptions = Pick<AnalyzeCommandOptions, 'json' | 'top' | 'reports'> &
  Partial<Pick<AnalyzeCommandOptions, 'suspects'>>;

export async function analysisResult(
  analysis: Analysis,
  { json, top, suspects, reports }: AnalysisResultOptions,
  { screen, engine }: Pick<Execution, 'screen' | 'engine'>,
): Promise<CommandResult> {
  const rows = top ?? TABLE_ROWS;
  const unsought = suspects ? unsoughtNotes(analysis) : [];
  const exitCode = analysis.snapshots.every(({ ok }) => ok) ? EXIT.ok : EXIT.inputs;
  if (reports) {
    const { reportResult } = await import('./reporting.js');
    const failures = failureNotes(analysis);
    const notes = { failures, notes: unsought, exitCode };
    return reportResult(reports, { kind: 'analysis', analysis, rows }, screen, notes, engine.signal);
  }
  // What draws tables is not loaded for a document.
  const output = json
    ? analysisJson(analysis)
    : (await import('../report/analysis-text.js')).analysisText(analysis, rows, screen);
  // Text has the failures on stdout; a document's reader may be a program that does not look.
  return { output, notes: [...(json ? failureNotes(analysis) : []), ...unsought], exitCode };
}

/** Suspects need edges in memory; where the last snapshot had them in files, nobody looked for any. */
function unsoughtNotes({ snapshots, suspects }: Analysis): string[] {
  const last = snapshots.findLast(({ ok }) => ok);
  if (suspects !== undefined || !last?.ok || last.mode === 'shallow') return [];
  return [`${last.file}: no suspects were sought: that needs edges in memory, and room beside them`];
}

export function failureNotes({ snapshots }: Pick<Analysis, 'snapshots'>): string[] {
  return snapshots.flatMap((snapshot) => (snapshot.ok ? [] : [`${snapshot.file}: ${failureText(snapshot.error)}`]));
}
