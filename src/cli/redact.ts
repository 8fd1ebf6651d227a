import type { RedactionLevel } from '../base/rewrite-types.js';
import { redactSnapshot } from '../index.js';
import { redactJson } from '../report/rewrite-json.js';
import { redactText } from '../report/rewrite-text.js';
import type { CommandResult, Execution } from './execution.js';
import { EXIT } from './exit-codes.js';
import { chooseKernelTier } from './kernel-tier.js';
import { keyOf } from './key-file.js';
import { orOutputError } from './rewrite-errors.js';
import type { ProgressMode } from './terminal.js';

export interface RedactCommandOptions {
  readonly json?: boolean;
  readonly redact: RedactionLevel;
  readonly keyFile?: string;
  readonly progress: ProgressMode;
}

export async function redactCommand(
  input: string,
  output: string,
  { json, redact: level, keyFile }: RedactCommandOptions,
  { engine, screen }: Execution,
): Promise<CommandResult> {
  chooseKernelTier([input]);
  const { signal, onProgress } = engine;
  const options = { level, key: keyOf(keyFile), signal, onProgress };
  const report = await redactSnapshot(input, output, options).catch(orOutputError);
  return { output: json ? redactJson(report) : redactText(report, screen), exitCode: EXIT.ok };
}
