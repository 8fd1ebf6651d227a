import { LEAST_CONFIDENCE, REPORTED } from '../../base/confidence-levels.js';
import type { SuppressedMark } from '../../base/gate-types.js';
import type { ReportDocument } from '../../base/report-types.js';
import type { ScanFinding, Severity, TrailStep } from '../../base/scan-types.js';
import type {
  Place,
  Suspect,
  SuspectEvidence,
  SuspectGrowth,
  SuspectHolder,
  SuspectTerms,
} from '../../base/suspect-types.js';

/** A suspect of the snapshots and a scan's finding of it, as one. */
export interface Case {
  readonly signature: string;
  /** From 1, the worst first. */
  readonly rank: number;
  readonly title: string;
  readonly verdict: string;
  readonly confidence: number;
  readonly level: 'sure' | 'possible' | 'pattern' | 'faint';
  readonly holder: SuspectHolder;
  /** Where to look: in original sources where they are known. */
  readonly place: Place | null;
  readonly isOriginal: boolean;
  readonly path: readonly string[];
  readonly growth: SuspectGrowth | null;
  readonly retainedSize: number;
  readonly detectors: readonly string[];
  readonly repair: string;
  readonly evidence: readonly SuspectEvidence[];
  readonly sampleIds: readonly number[];
  readonly terms: SuspectTerms | null;
  readonly seedScore: number | null;
  /** Of a scan only. */
  readonly severity: Severity | null;
  readonly trail: readonly TrailStep[];
  /** Where it does not count. */
  readonly suppressed: SuppressedMark | null;
  /** Whether a baseline has it; null where there was none. */
  readonly baseline: 'new' | 'known' | null;
}

/**
 * Those of a scan where there is one, else those of the analysis; the worst first, behind them what is hardly one, and last what is suppressed.
 */
export function casesOf({ analysis, scan }: ReportDocument): Case[] {
  const suspects = analysis?.suspects ?? [];
  const bySignature = new Map(suspects.map((suspect) => [suspect.signature, suspect]));
  const all =
    scan === null
      ? suspects.map((suspect) => caseOf(suspect, undefined))
      : scan.findings.map((finding) => caseOf(bySignature.get(finding.signature), finding));
  const placeOf = ({ suppressed, level }: (typeof all)[number]) => (suppressed ? 2 : level === 'faint' ? 1 : 0);
  return all.toSorted((a, b) => placeOf(a) - placeOf(b)).map((one, at) => ({ ...one, rank: at + 1 }));
}

function caseOf(suspect: Suspect | undefined, finding: ScanFinding | undefined): Omit<Case, 'rank'> {
  const told = (finding ?? suspect) as Suspect | ScanFinding;
  const { signature, title, confidence, holder, path, retainedSize, detectors, repair, seedScore } = told;
  const original = finding?.original ?? null;
  return {
    ...{ signature, title, confidence, holder, path, retainedSize, detectors, repair, seedScore },
    verdict: suspect?.verdict ?? 'finding',
    level: levelOf(confidence, suspect),
    place: original ?? holder.place ?? null,
    isOriginal: original !== null,
    growth: suspect?.growth ?? told.growth,
    evidence: suspect?.evidence ?? [],
    sampleIds: suspect?.sampleIds ?? [],
    terms: suspect?.terms ?? null,
    severity: finding?.severity ?? null,
    trail: finding?.trail ?? [],
    suppressed: told.suppressed ?? null,
    baseline: suspect?.baseline ?? null,
  };
}

function levelOf(confidence: number, suspect: Suspect | undefined): Case['level'] {
  if (confidence < LEAST_CONFIDENCE) return 'faint';
  if (suspect?.verdict === 'pattern') return 'pattern';
  return confidence >= REPORTED ? 'sure' : 'possible';
}

/** What the number means, in words. */
export function confidenceMeaning({ confidence, verdict, level }: Case): string {
  const share = `about ${Math.round(confidence * 100)} in 100 suspects with such evidence turn out to be leaks`;
  if (level === 'pattern') return `a pattern known to leak, seen in one snapshot: ${share}`;
  return verdict === 'finding' ? share : `${verdict}: ${share}`;
}
