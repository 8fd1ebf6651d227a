import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import { writeFileOrPipe } from '../archive/file-or-pipe.js';
import type { BaselineComparison } from '../base/gate-types.js';
import type { Analysis } from '../base/types.js';
import { baselineOf } from '../gate/baseline.js';
import { analyze } from '../index.js';
import { renderFailures } from '../report/failure-text.js';
import { baselineJson, comparisonJson } from '../report/gate-json.js';
import { gateText } from '../report/gate-text.js';
import { terminalText } from '../report/terminal-text.js';
import { counted } from '../report/units.js';
import {
  type AnalyzeCommandOptions,
  analysisResult,
  failureNotes,
  processOptions,
  withReports,
  withSettings,
} from './analyze.js';
import { snapshotsIn } from './batch.js';
import type { CommandResult, Execution } from './execution.js';
import { EXIT, UsageError } from './exit-codes.js';
import { gateNotes, judgedAnalysis } from './judging.js';
import { OutputError } from './output.js';

export interface BaselineCommandOptions extends AnalyzeCommandOptions {
  /** Of `save`. */
  readonly output: string;
}

const DEFAULT_FILE = 'heapsleuth-baseline.json';

/** `baseline save`: all that a later run is compared with. */
export async function saveCommand(
  inputs: readonly string[],
  given: BaselineCommandOptions,
  execution: Execution,
): Promise<CommandResult> {
  const options = await withSettings(given, 'save');
  const files = await filesOf(inputs);
  const { output, json, top } = options;
  if (files.some((file) => resolve(file) === resolve(output)))
    throw new UsageError(`found the output file ${output} among what is read`);
  const analysis = await analyseAll(files, options, execution);
  if (!analysis.snapshots.some((one) => one.ok && one.mode === undefined))
    throw new UsageError(
      'found no snapshot that could be analysed in full, expected one at least to know something of',
    );
  const baseline = baselineOf(analysis, { top });
  const text = baselineJson(baseline);
  try {
    await writeFileOrPipe(output, [Buffer.from(text)], execution.engine.signal);
  } catch (error) {
    execution.engine.signal.throwIfAborted();
    throw new OutputError(`${output}: ${(error as Error).message}`);
  }
  const { suspects, classes, snapshots } = baseline;
  const told = `${counted(suspects.length, 'suspect')} and ${counted(classes.length, 'class', 'classes')} of ${counted(snapshots, 'snapshot')}`;
  return {
    output: json ? text : `${terminalText(output)} has ${told}.\n`,
    notes: failureNotes(analysis),
    exitCode: exitOf(analysis),
  };
}

/** `baseline compare`: what is new or worse. */
export async function compareCommand(
  inputs: readonly string[],
  given: BaselineCommandOptions,
  execution: Execution,
): Promise<CommandResult> {
  const files = await filesOf(inputs);
  const settled = await withSettings(await withBaseline(given), 'compare');
  const options = await withReports(settled, files);
  const analysis = await analyseAll(files, options, execution);
  if (options.reports) return analysisResult(analysis, options, execution);
  const { screen, engine } = execution;
  const judged = await judgedAnalysis(analysis, options, engine.signal);
  const { gate } = judged;
  const comparison = gate?.comparison as BaselineComparison;
  const rest = gate === undefined ? '' : gateText(gate, judged.analysis.suspects ?? [], screen);
  return {
    output: options.json ? comparisonJson(comparison) : `${rest}${renderFailures(judged.analysis.snapshots, screen)}`,
    notes: [...(options.json ? failureNotes(judged.analysis) : []), ...(gate ? gateNotes(gate) : [])],
    exitCode: judged.fails ? EXIT.findings : exitOf(analysis),
  };
}

/** The one that is named, that of the configuration, or the usual one. */
async function withBaseline(options: BaselineCommandOptions): Promise<BaselineCommandOptions> {
  if (options.baseline !== undefined) return options;
  const { configOf } = await import('./settle.js');
  return { ...options, baseline: configOf(options)?.baseline ?? DEFAULT_FILE };
}

/** Snapshots by name, or those of a folder. */
async function filesOf(inputs: readonly string[]): Promise<string[]> {
  const isFolder = inputs.length === 1 && statSync(inputs[0], { throwIfNoEntry: false })?.isDirectory();
  return isFolder ? snapshotsIn(inputs[0]) : [...inputs];
}

async function analyseAll(
  files: readonly string[],
  options: BaselineCommandOptions,
  execution: Execution,
): Promise<Analysis> {
  if (options.detector) (await import('./detector-check.js')).checkDetectors(options.detector);
  return analyze(files, processOptions(options, execution));
}

function exitOf({ snapshots }: Analysis): number {
  return snapshots.every(({ ok }) => ok) ? EXIT.ok : EXIT.inputs;
}
