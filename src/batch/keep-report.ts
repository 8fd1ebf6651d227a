import type { Findings } from '../analysis/report.js';
import type { SnapshotPicture } from '../base/report-types.js';
import type { SeriesView } from '../cache/stored-report.js';
import type { CacheTarget } from '../cache/writer.js';
import type { SnapshotEvidence } from '../suspects/evidence.js';
import type { AnalyseTask } from './tasks.js';

interface Result {
  readonly task: Pick<AnalyseTask, 'suspects' | 'picture'>;
  /** Whether the snapshot tells of its series, or is none of one. */
  readonly isTold: boolean;
  readonly view: SeriesView | undefined;
  readonly evidence: SnapshotEvidence | undefined;
  readonly picture: SnapshotPicture | undefined;
}

/** Keeps a report, with what was asked for besides: also that there is none of it. */
export async function keepReport(
  target: CacheTarget,
  findings: Findings,
  { task, isTold, view, evidence, picture }: Result,
): Promise<void> {
  const [{ keyOf, storeReport }, { evidenceDocument }] = await Promise.all([
    import('../cache/stored-report.js'),
    import('../suspects/evidence-document.js'),
  ]);
  const stored = task.suspects && {
    isTold,
    under: keyOf(task.suspects),
    document: evidence ? evidenceDocument(evidence) : null,
  };
  const shown = isTold && task.picture ? { under: keyOf(task.picture), picture: picture ?? null } : undefined;
  await storeReport(target, findings, { view, evidence: stored, picture: shown });
}
