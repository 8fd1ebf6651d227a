import type { SnapshotErrorData } from '../base/errors.js';
import { fileLabels } from './failure-text.js';
import type { ReportInput } from './reporter.js';

/** An input of the command, and what became of it. */
export interface InputResult {
  /** As `fileLabels` calls it: the same on every machine, as a rule. */
  readonly file: string;
  readonly error?: SnapshotErrorData;
}

/** All inputs in their order. */
export function inputsOf(input: ReportInput): InputResult[] {
  if (input.kind === 'scan') return input.report.inputs.map(({ file, error }) => ({ file, ...(error && { error }) }));
  const labels = fileLabels(input.analysis.snapshots);
  return input.analysis.snapshots.map((outcome, index) => ({
    file: labels[index],
    ...(!outcome.ok && { error: outcome.error }),
  }));
}
