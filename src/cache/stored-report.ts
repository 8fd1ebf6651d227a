import { createHash } from 'node:crypto';
import type { InterfaceDefinition } from '../analysis/interface-tree.js';
import type { Findings } from '../analysis/report.js';
import type { ClassSummary } from '../base/types.js';
import type { CacheFile } from './cache-file.js';
import { type CacheTarget, type ColumnToStore, documentColumn, writeCache } from './writer.js';

const FINDINGS = 'findings';
const VIEW = 'view';

/** A snapshot's classes under the interfaces of a series, which are not its own. */
export interface SeriesView {
  readonly interfaces: readonly InterfaceDefinition[];
  readonly classes: readonly ClassSummary[];
}

interface StoredView {
  /** `keyOf` the interfaces. */
  readonly under: string;
  readonly classes: readonly ClassSummary[];
}

export const findingsColumn = (findings: Findings): ColumnToStore => documentColumn(FINDINGS, findings);

/** Writes a report's cache, and for a snapshot of a series the view that the series has of it. */
export async function storeReport(target: CacheTarget, findings: Findings, view?: SeriesView): Promise<void> {
  const columns = [findingsColumn(findings)];
  if (view !== undefined) {
    const stored: StoredView = { under: keyOf(view.interfaces), classes: view.classes };
    columns.push(documentColumn(VIEW, stored));
  }
  await writeCache(target, columns);
}

/** From a `report` or a `graph` cache. Throws `CACHE_BROKEN`. */
export const loadFindings = (cache: CacheFile): Findings => cache.document(FINDINGS);

/** The classes under these interfaces, where those are the ones of the series that was analysed last. Throws `CACHE_BROKEN`. */
export function loadView(
  cache: CacheFile,
  interfaces: readonly InterfaceDefinition[],
): readonly ClassSummary[] | undefined {
  if (!cache.has(VIEW)) return undefined;
  const { under, classes } = cache.document<StoredView>(VIEW);
  return under === keyOf(interfaces) ? classes : undefined;
}

function keyOf(interfaces: readonly InterfaceDefinition[]): string {
  return createHash('sha256').update(JSON.stringify(interfaces)).digest('hex');
}
