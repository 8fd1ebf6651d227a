import { REPORTED } from '../base/confidence-levels.js';
import type { ScanReport } from '../base/scan-types.js';
import type { Analysis } from '../base/types.js';
import { isSevere } from '../scan/scan.js';
import { checkBudgets } from './budgets.js';
import { budgetFailures, type FailOn, type GatePlan, type Judged } from './judge.js';
import { suppress } from './suppressions.js';

/** A scan, and the analysis of its snapshots. */
export interface ScannedEvidence {
  readonly report: ScanReport;
  readonly analysis: Analysis | undefined;
}

/** The same for a scan: suppressions mark findings and suspects, budgets are for what the snapshots show. */
export function judgeScan({ report, analysis }: ScannedEvidence, plan: GatePlan): Judged<ScannedEvidence> {
  const { budgets, suppressions, today, failOn, waste } = plan;
  const suppressing = suppress(report.findings, suppressions ?? [], today);
  const suspects = analysis?.suspects && suppress(analysis.suspects, suppressions ?? [], today).items;
  const marked = { ...report, findings: suppressing.items };
  const judged = analysis && suspects ? { ...analysis, suspects } : analysis;
  const checked = budgets && judged && checkBudgets(judged, budgets, waste);
  const failures = [
    ...(scanFails(marked, failOn) ? [failOn === 'high' ? 'a severe finding' : 'a finding'] : []),
    ...budgetFailures(checked),
  ];
  const gate = {
    ...(checked && { budgets: checked }),
    ...(suppressions && { suppressions: suppressing.results }),
    failures: failOn === 'never' ? [] : failures,
  };
  return { result: { report: marked, analysis: judged }, report: gate, fails: gate.failures.length > 0 };
}

/** Whether a scan has found what it is to fail on. A verdict that only suppressed findings speak for is none. */
export function scanFails(report: Pick<ScanReport, 'verdict' | 'findings' | 'trends'>, failOn: FailOn): boolean {
  const findings = report.findings.filter(({ suppressed }) => suppressed === undefined);
  if (failOn === 'high') return isSevere({ ...report, findings });
  if (failOn !== 'medium') return false;
  if (report.verdict === 'unverified') return true;
  const isReported = ({ confidence }: { readonly confidence: number }) => confidence >= REPORTED;
  return report.verdict === 'leak' && (findings.some(isReported) || !report.findings.some(isReported));
}
