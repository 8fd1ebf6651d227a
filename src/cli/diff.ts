import { PROFILE } from '../batch/folder.js';
import { diffSnapshots } from '../index.js';
import { diffReport } from '../report/diff.js';
import { diffText } from '../report/diff-text.js';
import { diffJson } from '../report/json.js';
import type { CommandResult, Execution } from './execution.js';
import { EXIT, UsageError } from './exit-codes.js';
import { chooseKernelTier } from './kernel-tier.js';
import { type SharedOptions, TABLE_ROWS } from './options.js';

/** As many classes as `analyze` lists in its document. */
const DOCUMENT_ROWS = 50;

export async function diffCommand(
  base: string,
  current: string,
  options: SharedOptions,
  execution: Execution,
): Promise<CommandResult> {
  const profiles = [base, current].filter((file) => PROFILE.test(file));
  if (profiles.length === 2) {
    const { diffProfilesCommand } = await import('./diff-profiles.js');
    return diffProfilesCommand(base, current, options, execution);
  }
  if (profiles.length === 1)
    throw new UsageError(`found one heap profile, ${profiles[0]}, expected two, or two snapshots`);
  const { json, top, cache } = options;
  const { engine, screen } = execution;
  chooseKernelTier([base, current]);
  const diffs = await diffSnapshots(base, current, { ...engine, cache });
  const report = diffReport(base, current, diffs, top ?? (json ? DOCUMENT_ROWS : TABLE_ROWS));
  return { output: json ? diffJson(report) : diffText(report, screen), exitCode: EXIT.ok };
}
