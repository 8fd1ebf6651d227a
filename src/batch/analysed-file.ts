import type { InterfaceDefinition } from '../analysis/interface-tree.js';
import type { SnapshotErrorData } from '../base/errors.js';
import type { Analysis, ClassSummary, Outcome } from '../base/types.js';
import { rankGrowth } from '../diff/growth.js';
import type { PackedResult, TaskResult } from './tasks.js';

/** Classes that a report lists when nobody says how many. */
export const DEFAULT_TOP = 50;

/** What is known of one file of a series once it has been analysed. */
export interface AnalysedFile {
  readonly outcome: Outcome;
  /**
   * All its classes under the series' interfaces, none for a file that is no series; undefined where it could not be read, or only
   * shallowly.
   */
  readonly series: readonly ClassSummary[] | undefined;
  /** Those of the snapshot that decides for the series; of others none. */
  readonly interfaces: readonly InterfaceDefinition[];
}

export function analysedFile(file: string, result: TaskResult<PackedResult>): AnalysedFile {
  if (!result.ok) return failedFile(file, result.error);
  const { report, packed } = result.value;
  // Without retained sizes there is no growth to rank.
  if (report.mode === 'shallow') return { outcome: report, series: undefined, interfaces: [] };
  if (packed === undefined) return { outcome: report, series: [], interfaces: [] };
  const { deserialize } = process.getBuiltinModule('node:v8');
  const [classes, interfaces] = deserialize(packed) as [ClassSummary[], InterfaceDefinition[]];
  return { outcome: report, series: classes, interfaces };
}

export function failedFile(file: string, error: SnapshotErrorData): AnalysedFile {
  return { outcome: { ok: false, file, error }, series: undefined, interfaces: [] };
}

/** The files of a series, in order, as one result. */
export function analysisOf(files: readonly Pick<AnalysedFile, 'outcome' | 'series'>[]): Analysis {
  const growth = rankGrowth(files.map(({ series }) => series));
  const snapshots = files.map(({ outcome }) => outcome);
  return growth === undefined ? { schemaVersion: 1, snapshots } : { schemaVersion: 1, snapshots, growth };
}
