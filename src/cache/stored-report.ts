import { createHash } from 'node:crypto';
import type { InterfaceDefinition } from '../analysis/interface-tree.js';
import type { Findings } from '../analysis/report.js';
import type { SnapshotPicture } from '../base/report-types.js';
import type { ClassSummary } from '../base/types.js';
import type { EvidenceDocument } from '../suspects/evidence-document.js';
import type { CacheFile } from './cache-file.js';
import { type CacheTarget, type ColumnToStore, documentColumn, writeCache } from './writer.js';

const FINDINGS = 'findings';
const VIEW = 'view';
const EVIDENCE = 'evidence';
const PICTURE = 'picture';

/** A snapshot's classes under the interfaces of a series, which are not its own. */
export interface SeriesView {
  readonly interfaces: readonly InterfaceDefinition[];
  readonly classes: readonly ClassSummary[];
}

/** A report, and the classes under the interfaces of the series that was analysed last. */
export interface StoredReport {
  readonly findings: Findings;
  readonly view?: {
    /** `keyOf` those interfaces. */
    readonly under: string;
    readonly classes: readonly ClassSummary[];
  };
  readonly evidence?: StoredEvidence;
  readonly picture?: StoredPicture;
}

/** What is shown of the snapshot, and how it was asked for. */
export interface StoredPicture {
  /** `keyOf` the options. */
  readonly under: string;
  /** `null` where edges were in files, or there was no room: then there is none. */
  readonly picture: SnapshotPicture | null;
}

/** What the search for leaks needs, and how it was asked for. */
export interface StoredEvidence {
  readonly isTold: boolean;
  /** `keyOf` the options. */
  readonly under: string;
  /** `null` where edges were in files: then it cannot be had. */
  readonly document: EvidenceDocument | null;
}

export const findingsColumn = (findings: Findings): ColumnToStore => documentColumn(FINDINGS, findings);

/** What belongs to a report, as far as there is any. */
interface ToStore {
  readonly view?: SeriesView;
  readonly evidence?: StoredEvidence;
  readonly picture?: StoredPicture;
}

/** Writes a report's cache, and for a snapshot of a series the view that the series has of it. */
export async function storeReport(
  target: CacheTarget,
  findings: Findings,
  { view, evidence, picture }: ToStore = {},
): Promise<void> {
  const columns = [findingsColumn(findings)];
  if (view !== undefined) {
    const stored: StoredReport['view'] = { under: keyOf(view.interfaces), classes: view.classes };
    columns.push(documentColumn(VIEW, stored));
  }
  if (evidence !== undefined) columns.push(documentColumn(EVIDENCE, evidence));
  if (picture !== undefined) columns.push(documentColumn(PICTURE, picture));
  await writeCache(target, columns);
}

/** From a `report` or a `graph` cache. Throws `CACHE_BROKEN`. */
export function loadReport(cache: CacheFile): StoredReport {
  const findings = loadFindings(cache);
  return {
    findings,
    ...(cache.has(VIEW) && { view: cache.document<StoredReport['view']>(VIEW) }),
    ...(cache.has(EVIDENCE) && { evidence: cache.document<StoredEvidence>(EVIDENCE) }),
    ...(cache.has(PICTURE) && { picture: cache.document<StoredPicture>(PICTURE) }),
  };
}

/** From a `report` or a `graph` cache. Throws `CACHE_BROKEN`. */
export const loadFindings = (cache: CacheFile): Findings => cache.document(FINDINGS);

/**
 * All classes under these interfaces; undefined where the report holds them under others only. Those of the snapshot's own
 * interfaces are what any series sees that has the same.
 */
export function classesUnder(
  { findings, view }: StoredReport,
  interfaces: readonly InterfaceDefinition[],
): readonly ClassSummary[] | undefined {
  const wanted = keyOf(interfaces);
  if (view?.under === wanted) return view.classes;
  return keyOf(findings.interfaces) === wanted ? findings.classes : undefined;
}

/** A digest of what a stored result depends on, besides the snapshot. */
export function keyOf(dependency: unknown): string {
  return createHash('sha256').update(JSON.stringify(dependency)).digest('hex');
}
