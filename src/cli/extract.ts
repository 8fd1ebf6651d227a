import type { RedactionLevel } from '../base/rewrite-types.js';
import { extractSnapshot } from '../index.js';
import { extractJson } from '../report/rewrite-json.js';
import { extractText } from '../report/rewrite-text.js';
import type { CommandResult, Execution } from './execution.js';
import { EXIT } from './exit-codes.js';
import { chooseKernelTier } from './kernel-tier.js';
import { keyOf } from './key-file.js';
import { orOutputError } from './rewrite-errors.js';
import type { ProgressMode } from './terminal.js';

export interface ExtractCommandOptions {
  readonly json?: boolean;
  readonly id: number;
  readonly limit?: number;
  /** `false` for --no-redact. */
  readonly redact: RedactionLevel | false;
  readonly keyFile?: string;
  readonly progress: ProgressMode;
}

export async function extractCommand(
  input: string,
  output: string,
  { json, id, limit, redact, keyFile }: ExtractCommandOptions,
  { engine, screen }: Execution,
): Promise<CommandResult> {
  chooseKernelTier([input]);
  const { signal, onProgress } = engine;
  const options = { limit, level: redact || 'none', key: keyOf(keyFile), signal, onProgress } as const;
  const report = await extractSnapshot(input, id, output, options).catch(orOutputError);
  return { output: json ? extractJson(report) : extractText(report, screen), exitCode: EXIT.ok };
}
