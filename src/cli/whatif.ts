import { SnapshotError, whatIf } from '../index.js';
import { whatIfJson } from '../report/json.js';
import { whatIfText } from '../report/whatif-text.js';
import type { CommandResult, Execution } from './execution.js';
import { EXIT, UsageError } from './exit-codes.js';
import { chooseKernelTier } from './kernel-tier.js';
import { type OutputOptions, TABLE_ROWS } from './options.js';

export interface WhatIfCommandOptions extends OutputOptions {
  readonly cut: readonly string[];
}

export async function whatIfCommand(
  file: string,
  { json, top, cut }: WhatIfCommandOptions,
  { engine, screen }: Execution,
): Promise<CommandResult> {
  chooseKernelTier([file]);
  const { signal, onProgress } = engine;
  // The library's default is what documents have.
  const report = await whatIf(file, cut, { signal, onProgress, top: top ?? (json ? undefined : TABLE_ROWS) }).catch(
    (error) => {
      throw error instanceof SnapshotError && error.code === 'CUT' ? new UsageError(error.message) : error;
    },
  );
  return { output: json ? whatIfJson(report) : whatIfText(report, screen), exitCode: EXIT.ok };
}
