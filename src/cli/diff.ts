import { diffSnapshots } from '../index.js';
import { diffReport } from '../report/diff.js';
import { diffText } from '../report/diff-text.js';
import { diffJson } from '../report/json.js';
import type { CommandResult, Execution } from './execution.js';
import { EXIT } from './exit-codes.js';
import { chooseKernelTier } from './kernel-tier.js';
import { type SharedOptions, TABLE_ROWS } from './options.js';

/** As many classes as `analyze` lists in its document. */
const DOCUMENT_ROWS = 50;

export async function diffCommand(
  base: string,
  current: string,
  { json, top, cache }: SharedOptions,
  { engine, screen }: Execution,
): Promise<CommandResult> {
  chooseKernelTier([base, current]);
  const diffs = await diffSnapshots(base, current, { ...engine, cache });
  const report = diffReport(base, current, diffs, top ?? (json ? DOCUMENT_ROWS : TABLE_ROWS));
  return { output: json ? diffJson(report) : diffText(report, screen), exitCode: EXIT.ok };
}
