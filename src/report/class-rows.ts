import type { Analysis, Bytes, ClassGrowth, Outcome } from '../base/types.js';
import { fileLabels } from './failure-text.js';

/** A class in the last snapshot that has it, and how it has grown. */
export interface ClassRow {
  /** As `fileLabels` calls it. */
  readonly file: string;
  readonly name: string;
  readonly count: number;
  readonly selfSize: Bytes;
  /** Null where edges were not looked at. */
  readonly retainedSize: Bytes | null;
  /** Null where nothing was compared. */
  readonly growth: ClassGrowth | null;
}

/** What grows where snapshots were compared, else the classes of each. In the order of the document. */
export function classRows({ snapshots, growth }: Analysis): ClassRow[] {
  const labels = fileLabels(snapshots);
  if (growth === undefined) return snapshots.flatMap((outcome, index) => rowsOf(outcome, labels[index]));
  const file = labels[growth.snapshots[growth.snapshots.length - 1]];
  return growth.classes.map((row) => ({
    ...{ file, name: row.name, growth: row },
    count: lastOf(row.count),
    selfSize: lastOf(row.selfSize),
    retainedSize: lastOf(row.retainedSize),
  }));
}

function rowsOf(outcome: Outcome, file: string): ClassRow[] {
  if (!outcome.ok) return [];
  if (outcome.mode === 'shallow')
    return outcome.classes.map(({ name, count, selfSize }) => ({
      ...{ file, name, count, selfSize, retainedSize: null, growth: null },
    }));
  return outcome.classes.map(({ name, count, selfSize, retainedSize }) => ({
    ...{ file, name, count, selfSize, retainedSize, growth: null },
  }));
}

function lastOf(values: readonly (number | null)[]): number {
  return values.findLast((value) => value !== null) ?? 0;
}
