import { LEAST_CONFIDENCE, REPORTED } from '../base/confidence-levels.js';
import type { ScanFinding } from '../base/scan-types.js';
import type { Place, Suspect, SuspectGrowth, SuspectHolder } from '../base/suspect-types.js';
import type { Bytes } from '../base/types.js';
import type { ReportInput } from './reporter.js';
import { formatBytes, formatBytesDelta, formatCount, formatCountDelta } from './units.js';

/** A suspect of an analysis or a finding of a scan: what reporters tell of both. Its texts are as the heap has them. */
export interface Issue {
  /** `error`: sure enough to be reported as a leak. `note`: a pattern, which nobody has seen growing. */
  readonly level: 'error' | 'warning' | 'note';
  readonly signature: string;
  readonly title: string;
  readonly confidence: number;
  readonly holder: SuspectHolder;
  /** With a line; in original sources where they are known. */
  readonly place: Place | undefined;
  readonly path: readonly string[];
  readonly growth: SuspectGrowth | null;
  readonly retainedSize: Bytes;
  readonly detectors: readonly string[];
  readonly repair: string;
  /** What has been seen, a line each. */
  readonly details: readonly string[];
}

/** Those worth a reader's time, the worst first. */
export function issuesOf(input: ReportInput): Issue[] {
  const all =
    input.kind === 'scan' ? input.report.findings.map(ofFinding) : (input.analysis.suspects ?? []).map(ofSuspect);
  return all.filter(({ confidence }) => confidence >= LEAST_CONFIDENCE);
}

function ofSuspect(suspect: Suspect): Issue {
  const { verdict, confidence, holder, evidence } = suspect;
  return {
    ...ofBoth(suspect),
    level: verdict === 'pattern' ? 'note' : levelOf(confidence),
    place: withLine(holder.place),
    details: evidence.map(({ label, value }) => `${label}: ${value}`),
  };
}

function ofFinding(finding: ScanFinding): Issue {
  const { severity, confidence, holder, original, trail } = finding;
  return {
    ...ofBoth(finding),
    level: severity === 'HIGH' ? 'error' : levelOf(confidence),
    place: withLine(original ?? holder.place),
    details: trail.map(({ level, saw }) => `L${level}: ${saw}`),
  };
}

function ofBoth({
  signature,
  title,
  confidence,
  holder,
  path,
  growth,
  retainedSize,
  detectors,
  repair,
}: Suspect | ScanFinding) {
  return { signature, title, confidence, holder, path, growth, retainedSize, detectors, repair };
}

function levelOf(confidence: number): Issue['level'] {
  return confidence >= REPORTED ? 'error' : 'warning';
}

function withLine(place: Place | undefined): Place | undefined {
  return place !== undefined && place.line > 0 ? place : undefined;
}

/** `+50 and +852.4 kB an interval, 200 → 500, linear`. */
export function growthText({ growth, retainedSize }: Issue): string {
  if (growth === null) return `retains ${formatBytes(retainedSize)}`;
  const { count, countPerInterval, bytesPerInterval, shape } = growth;
  const counts = `${formatCount(count[0])} → ${formatCount(count[count.length - 1])}`;
  return `${formatCountDelta(countPerInterval)} and ${formatBytesDelta(bytesPerInterval)} an interval, ${counts}, ${shape}`;
}

/** What is wrong and what to do about it, in two lines. */
export function adviceOf(issue: Issue): string[] {
  return [
    `${growthText(issue)}, confidence ${issue.confidence.toFixed(2)}, held by ${issue.holder.expression}`,
    issue.repair,
  ];
}
