import type { InterfaceDefinition } from '../analysis/interface-tree.js';
import type { SnapshotErrorData } from '../base/errors.js';
import type { Analysis, AnalyzeOptions, ClassSummary, Growth, Outcome } from '../base/types.js';
import type { SnapshotEvidence } from '../suspects/evidence.js';
import type { AnalyseTask, PackedResult, TaskResult } from './tasks.js';

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
  /** What the search for leaks needs of it; absent where nobody asked, or edges were in files. */
  readonly evidence?: SnapshotEvidence;
}

export function analysedFile(file: string, result: TaskResult<PackedResult>): AnalysedFile {
  if (!result.ok) return failedFile(file, result.error);
  const { report, packed } = result.value;
  // Without retained sizes there is no growth to rank.
  if (report.mode === 'shallow') return { outcome: report, series: undefined, interfaces: [] };
  if (packed === undefined) return { outcome: report, series: [], interfaces: [] };
  const { deserialize } = process.getBuiltinModule('node:v8');
  const [classes, interfaces, evidence] = deserialize(packed) as Unpacked;
  return { outcome: report, series: classes, interfaces, evidence };
}

type Unpacked = [ClassSummary[], InterfaceDefinition[], SnapshotEvidence | undefined];

export function failedFile(file: string, error: SnapshotErrorData): AnalysedFile {
  return { outcome: { ok: false, file, error }, series: undefined, interfaces: [] };
}

/** The files of a series, in order, as one result. Suspects need evidence of every file that could be read. */
export async function analysisOf(
  files: readonly Pick<AnalysedFile, 'outcome' | 'series' | 'evidence'>[],
  suspects: AnalyzeOptions['suspects'] = {},
): Promise<Analysis> {
  // A single file has none, and is done before the module would be.
  const growth = files.length > 1 ? await growthOf(files) : undefined;
  const snapshots = files.map(({ outcome }) => outcome);
  const analysis: Analysis = { schemaVersion: 1, snapshots, ...(growth && { growth }) };
  const places = files.flatMap(({ evidence }, place) => (evidence ? [place] : []));
  const evidence = places.flatMap((place) => files[place].evidence ?? []);
  // What accumulates is told by the last snapshot: without it there is nothing to tell.
  const last = files.findLastIndex(({ outcome }) => outcome.ok);
  if (suspects === false || last < 0 || places.at(-1) !== last) return analysis;
  const { findSuspects } = await import('../suspects/find.js');
  const found = findSuspects(evidence, places, suspects);
  const { series, growth: groups } = found;
  return { ...analysis, ...(growth && { growth: { ...growth, ...groups } }), series, suspects: found.suspects };
}

async function growthOf(files: readonly Pick<AnalysedFile, 'series'>[]): Promise<Growth | undefined> {
  const { rankGrowth } = await import('../diff/growth.js');
  return rankGrowth(files.map(({ series }) => series));
}

/** What a task is told of it. */
export function pictureSought(picture: AnalyzeOptions['picture']): AnalyseTask['picture'] {
  if (!picture) return undefined;
  const { nodes = 5000, wasteItems = 20, showValues = false } = picture === true ? {} : picture;
  return { nodes, wasteItems, showValues };
}

/** The same. */
export function suspectsSought(suspects: AnalyzeOptions['suspects'] = {}): AnalyseTask['suspects'] {
  return suspects === false ? undefined : { detectors: suspects.detectors };
}
