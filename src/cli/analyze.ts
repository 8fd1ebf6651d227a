import type { Analysis, AnalysisMode, AnalyzeOptions } from '../base/types.js';
import { analyze, analyzeHere } from '../batch/analyze.js';
import { planFile } from '../batch/work-plan.js';
import { failureText } from '../report/failure-text.js';
import { analysisJson } from '../report/json.js';
import type { CommandResult, Execution } from './execution.js';
import { EXIT } from './exit-codes.js';
import type { JudgedAnalysis } from './judging.js';
import { chooseKernelTier } from './kernel-tier.js';
import {
  type DetectorSettings,
  type GateOptions,
  isUngated,
  type ReporterOptions,
  type SharedOptions,
  TABLE_ROWS,
} from './options.js';
import type { Settled, SettledCommand } from './settle.js';

export interface AnalyzeCommandOptions extends SharedOptions, ReporterOptions, GateOptions {
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
  const options = await withReports(await withSettings(given, 'analyze'), files);
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

/** Options with what the configuration adds, and what they are for. Nothing of that is loaded where there is none. */
export async function withSettings<Options extends Settled>(
  options: Options,
  command: SettledCommand,
): Promise<Options> {
  if (isUngated(options) && command !== 'save' && command !== 'compare') return options;
  return (await import('./settle.js')).settle(options, command);
}

/** What reporters are to write, known before the work. They and what writes files are loaded for no one else. */
export async function withReports<Options extends ReporterOptions>(
  options: Options,
  files: readonly string[],
): Promise<Options> {
  if (!options.reporter && !options.outputFile) return options;
  const { isOneOf, loadReporters, planReports } = await import('./reporting.js');
  const reports = planReports(options, isOneOf(files));
  return { ...options, reports, loadReports: () => loadReporters(reports) };
}

/** Has reporters loaded as soon as there is time, once a file has been analysed: then another thread or process finds what it is told by. */
function loadingReports({ loadReports }: ReporterOptions, engine: Execution['engine']): Execution['engine'] {
  if (loadReports === undefined) return engine;
  let isLoaded = false;
  return {
    ...engine,
    onProgress: (step) => {
      engine.onProgress(step);
      if (step.stage !== 'done' || isLoaded) return;
      isLoaded = true;
      setImmediate(loadReports);
    },
  };
}

/** Undefined where it is better done elsewhere. */
async function analysisHere(
  files: readonly string[],
  options: AnalyzeCommandOptions,
  { engine, onEstimate }: Execution,
): Promise<Analysis | undefined> {
  const { mode, temp, cache, timings, top, listed = top } = options;
  const suspects = suspectOptions(options);
  if (!isAlone(files, options) || mode === 'external') return undefined;
  const plan = await planFile(files[0], { mode, tempFolder: temp }).catch(() => undefined);
  if (plan === undefined || plan.work.mode === 'external') return undefined;
  const analysis = await analyzeHere(files[0], {
    ...loadingReports(options, engine),
    ...{ onEstimate, top: listed, cache, timings, suspects },
    picture: pictureFor(options),
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
  const { top, listed = top, cache, timings, concurrency, maxMemory, timeout, mode, temp } = options;
  const limits = { maxMemory, timeout: timeout === undefined ? undefined : 1000 * timeout };
  const shown = { onEstimate, top: listed, timings, suspects: suspectOptions(options), picture: pictureFor(options) };
  const ways = { cache, concurrency, mode, tempFolder: temp, isolation: 'process' as const };
  return { ...loadingReports(options, engine), ...shown, ...ways, ...limits };
}

/** What a report that is going to be written shows of a snapshot: values of strings only where nothing is to be hidden. */
export function pictureFor({
  reports,
  redact,
}: Pick<AnalyzeCommandOptions, 'reports' | 'redact'>): AnalyzeOptions['picture'] {
  return reports?.some(({ needs }) => needs.picture) && { showValues: redact === 'none' };
}

function suspectOptions(options: AnalyzeCommandOptions): AnalyzeOptions['suspects'] {
  const { suspects, warmup, assumeSameProcess, detector } = options;
  return suspects && { warmUp: warmup, assumeSameProcess, detectors: detector };
}

type AnalysisResultOptions = Pick<AnalyzeCommandOptions, 'json' | 'top' | 'reports' | 'gate' | 'listed' | 'redaction'> &
  Partial<Pick<AnalyzeCommandOptions, 'suspects'>>;

export async function analysisResult(
  found: Analysis,
  options: AnalysisResultOptions,
  { screen, engine }: Pick<Execution, 'screen' | 'engine'>,
): Promise<CommandResult> {
  const { json, top, suspects, reports } = options;
  const rows = top ?? TABLE_ROWS;
  const isPlain = options.gate === undefined && options.redaction === undefined && options.listed === undefined;
  const judged: JudgedAnalysis = isPlain
    ? { analysis: found, notes: [], fails: false }
    : await (await import('./judging.js')).judgedAnalysis(found, options, engine.signal);
  const { analysis, gate } = judged;
  const notes = [...judged.notes, ...(suspects ? unsoughtNotes(analysis) : [])];
  const exitCode = judged.fails ? EXIT.findings : found.snapshots.every(({ ok }) => ok) ? EXIT.ok : EXIT.inputs;
  if (reports) {
    const { reportResult } = await import('./reporting.js');
    const source = { kind: 'analysis', analysis, rows, gate } as const;
    return reportResult(reports, source, screen, { failures: failureNotes(analysis), notes, exitCode }, engine.signal);
  }
  // What draws tables is not loaded for a document.
  const output = json
    ? analysisJson(analysis, judged.document)
    : `${judged.text?.(screen) ?? ''}${(await import('../report/analysis-text.js')).analysisText(analysis, rows, screen)}`;
  // Text has the failures on stdout; a document's reader may be a program that does not look.
  return { output, notes: [...(json ? failureNotes(analysis) : []), ...notes], exitCode };
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
