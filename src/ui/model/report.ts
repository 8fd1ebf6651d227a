import type { ReportDocument } from '../../base/report-types.js';
import type { Outcome, ShallowReport, SnapshotReport } from '../../base/types.js';
import { type Case, casesOf } from './cases.js';
import { fileNames, shortNames } from './file-names.js';

/** A document with what several pages ask of it, worked out once. */
export interface Report {
  readonly document: ReportDocument;
  /** Those that count. */
  readonly cases: readonly Case[];
  readonly suppressed: readonly Case[];
  readonly snapshots: readonly Snapshot[];
  /** The snapshots that growth is told over, in order; empty without growth. */
  readonly series: readonly Snapshot[];
  /** Those that suspects were sought in. */
  readonly compared: readonly Snapshot[];
  readonly last: SnapshotReport | null;
  /** What the report is of, in a few words. */
  readonly subject: string;
}

export interface Snapshot {
  /** Position in `Analysis.snapshots`. */
  readonly index: number;
  readonly name: string;
  /** For an axis. */
  readonly short: string;
  readonly outcome: Outcome;
}

export function reportOf(document: ReportDocument): Report {
  const { analysis } = document;
  const outcomes = analysis?.snapshots ?? [];
  const names = fileNames(outcomes.map(({ file }) => file));
  const shorts = shortNames(names);
  const snapshots = outcomes.map((outcome, index) => ({ index, name: names[index], short: shorts[index], outcome }));
  const at = (indexes: readonly number[]) => indexes.flatMap((index) => snapshots[index] ?? []);
  const cases = casesOf(document);
  return {
    document,
    cases: cases.filter(({ suppressed }) => suppressed === null),
    suppressed: cases.filter(({ suppressed }) => suppressed !== null),
    snapshots,
    series: at(analysis?.growth?.snapshots ?? []),
    compared: at(analysis?.series?.compared ?? []),
    last: lastOf(outcomes),
    subject: subjectOf(document, names),
  };
}

function lastOf(outcomes: readonly Outcome[]): SnapshotReport | null {
  const last = outcomes.findLast((outcome) => outcome.ok && outcome.mode === undefined);
  return last?.ok && last.mode === undefined ? last : null;
}

/** Bytes of a snapshot that could be read; of a shallow report its self sizes. */
export function sizeOf(outcome: SnapshotReport | ShallowReport): number {
  return outcome.mode === 'shallow' ? outcome.selfSize : outcome.totalSize;
}

function subjectOf({ scan }: ReportDocument, names: readonly string[]): string {
  if (scan !== null) return `scan of ${scan.inputs.length} ${scan.inputs.length === 1 ? 'file' : 'files'}`;
  if (names.length === 0) return 'no snapshot';
  return names.length === 1 ? names[0] : `${names[0]} … ${names[names.length - 1]}`;
}
