import { PROFILE } from '../batch/folder.js';
import { checkDiffBudgets } from '../gate/diff-budgets.js';
import { budgetFailures } from '../gate/judge.js';
import { diffSnapshots } from '../index.js';
import { diffReport } from '../report/diff.js';
import { diffText } from '../report/diff-text.js';
import { gateJson } from '../report/gate-json.js';
import { gateText } from '../report/gate-text.js';
import { diffJson } from '../report/json.js';
import { withSettings } from './analyze.js';
import type { CommandResult, Execution } from './execution.js';
import { EXIT, UsageError } from './exit-codes.js';
import { gateNotes } from './judging.js';
import { chooseKernelTier } from './kernel-tier.js';
import { type GateOptions, type SharedOptions, TABLE_ROWS } from './options.js';

export interface DiffCommandOptions extends SharedOptions, GateOptions {}

/** As many classes as `analyze` lists in its document. */
const DOCUMENT_ROWS = 50;

export async function diffCommand(
  base: string,
  current: string,
  options: DiffCommandOptions,
  execution: Execution,
): Promise<CommandResult> {
  const profiles = [base, current].filter((file) => PROFILE.test(file));
  if (profiles.length === 2) {
    const { diffProfilesCommand } = await import('./diff-profiles.js');
    return diffProfilesCommand(base, current, await withSettings(options, 'diff'), execution);
  }
  if (profiles.length === 1)
    throw new UsageError(`found one heap profile, ${profiles[0]}, expected two, or two snapshots`);
  const { json, cache, top, gate: plan, redaction } = await withSettings(options, 'diff');
  const { engine, screen } = execution;
  chooseKernelTier([base, current]);
  const diffs = await diffSnapshots(base, current, { ...engine, cache });
  const budgets = plan?.budgets && checkDiffBudgets(diffs, plan.budgets);
  const failures = plan?.failOn === 'never' ? [] : budgetFailures(budgets);
  const found = plan && { ...(budgets && { budgets }), failures };
  const plain = diffReport(base, current, diffs, top ?? (json ? DOCUMENT_ROWS : TABLE_ROWS));
  const report = redaction?.diff(plain) ?? plain;
  const gate = found && (redaction?.gate(found) ?? found);
  const text = () => `${gate ? `${gateText(gate, [], screen)}\n` : ''}${diffText(report, screen)}`;
  return {
    output: json ? diffJson(report, gate && gateJson(gate)) : text(),
    notes: gate ? gateNotes(gate) : [],
    exitCode: failures.length > 0 ? EXIT.findings : EXIT.ok,
  };
}
