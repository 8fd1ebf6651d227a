import type { Analysis } from '../base/types.js';
import { analyze, analyzeHere } from '../batch/analyze.js';
import { analysisText } from '../report/analysis-text.js';
import { failureText } from '../report/failure-text.js';
import { analysisJson } from '../report/json.js';
import type { CommandResult, Execution } from './execution.js';
import { EXIT } from './exit-codes.js';
import { type CachingOptions, TABLE_ROWS } from './options.js';

export interface AnalyzeCommandOptions extends CachingOptions {
  readonly concurrency?: number;
}

export async function analyzeCommand(
  files: readonly string[],
  { json, top, concurrency, cache }: AnalyzeCommandOptions,
  { engine, screen }: Execution,
): Promise<CommandResult> {
  const options = { ...engine, top, concurrency, cache };
  const analysis = files.length === 1 ? await analyzeHere(files[0], options) : await analyze(files, options);
  return {
    output: json ? analysisJson(analysis) : analysisText(analysis, top ?? TABLE_ROWS, screen),
    // Text has the failures on stdout; a document's reader may be a program that does not look.
    notes: json ? failureNotes(analysis) : [],
    exitCode: analysis.snapshots.every(({ ok }) => ok) ? EXIT.ok : EXIT.inputs,
  };
}

function failureNotes({ snapshots }: Analysis): string[] {
  return snapshots.flatMap((snapshot) => (snapshot.ok ? [] : [`${snapshot.file}: ${failureText(snapshot.error)}`]));
}
