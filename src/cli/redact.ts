import { readFileSync } from 'node:fs';
import type { RedactionLevel } from '../base/rewrite-types.js';
import { redactSnapshot } from '../index.js';
import { redactText } from '../report/rewrite-text.js';
import type { CommandResult, Execution } from './execution.js';
import { EXIT, UsageError } from './exit-codes.js';
import { chooseKernelTier } from './kernel-tier.js';
import { orOutputError } from './rewrite-errors.js';
import type { ProgressMode } from './terminal.js';

export interface RedactCommandOptions {
  readonly redact: RedactionLevel;
  readonly keyFile?: string;
  readonly progress: ProgressMode;
}

export async function redactCommand(
  input: string,
  output: string,
  { redact: level, keyFile }: RedactCommandOptions,
  { engine, screen }: Execution,
): Promise<CommandResult> {
  chooseKernelTier([input]);
  const { signal, onProgress } = engine;
  const options = { level, key: keyOf(keyFile), signal, onProgress };
  const report = await redactSnapshot(input, output, options).catch(orOutputError);
  return { output: redactText(report, screen), exitCode: EXIT.ok };
}

/** The bytes of a key file. */
export function keyOf(file: string | undefined): Uint8Array | undefined {
  if (file === undefined) return undefined;
  try {
    return readFileSync(file);
  } catch (error) {
    throw new UsageError(`cannot read the key: ${(error as Error).message}`);
  }
}
