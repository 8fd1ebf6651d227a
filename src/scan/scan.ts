import type { HeapTrend, ScanFinding, ScanReport, Severity, TrailStep } from '../base/scan-types.js';
import type { Suspect } from '../base/suspect-types.js';
import type { Analysis } from '../base/types.js';
import { ScanContext } from './context.js';
import {
  cacheManifest,
  chainManifest,
  type DiffManifest,
  diffManifest,
  type PatternManifest,
  suspectsWorth,
  weakManifest,
} from './snapshot-layers.js';
import { trendsOf, type WatchedTelemetry } from './trend-layer.js';

/** What a folder holds, as far as it could be read. */
export interface ScanEvidence {
  readonly telemetry: readonly WatchedTelemetry[];
  /** Undefined where there are no snapshots. */
  readonly analysis: Analysis | undefined;
}

/** What the layers have found together. */
export type ScanVerdict = Pick<ScanReport, 'verdict' | 'layers' | 'trends' | 'findings' | 'contradictions'>;

/** From this confidence on a suspect is reported as a leak. */
export const REPORTED = 0.75;
/** Above this one, and near the heap's limit, it is severe. */
const SEVERE = 0.92;
const HOURS_LEFT = 24;

/**
 * The five layers in their order: each is signed over those before it, and one without evidence says why. Takes what has been read and
 * analysed as values: it reads no file.
 */
export function scanEvidence({ telemetry, analysis }: ScanEvidence, engineVersion: string): ScanVerdict {
  const trends = telemetry.flatMap(trendsOf);
  const readable = analysis?.snapshots.filter(({ ok }) => ok).length ?? 0;
  const noSnapshots = readable === 0 ? 'no snapshot that could be read' : undefined;
  const oneSnapshot = readable === 1 ? 'one snapshot: nothing to compare' : noSnapshots;
  const suspects = analysis ? suspectsWorth(analysis) : [];
  const diff = analysis ? diffManifest(analysis) : undefined;
  const caches = cacheManifest(suspects);
  const weak = weakManifest(suspects);
  let context = ScanContext.start({ trends }, engineVersion, trends.length === 0 ? 'no telemetry' : undefined);
  context = context.next(diff ?? {}, engineVersion, oneSnapshot);
  context = context.next(chainManifest(suspects), engineVersion, noSnapshots);
  context = context.next(caches, engineVersion, noSnapshots);
  const contradictions = contradictionsOf(diff);
  const signatures = context.layers.map(({ signature_hash }) => signature_hash);
  context = context.next({ ...weak, signatures, contradictions }, engineVersion, noSnapshots);
  const findings = suspects.map((suspect) => findingOf(suspect, { trends, diff, caches, weak }));
  return {
    verdict: verdictOf(trends, findings, readable, contradictions),
    layers: context.layers,
    trends,
    findings,
    contradictions,
  };
}

/** What L5 checks again: that the snapshots are what L1 took them for. */
function contradictionsOf(diff: DiffManifest | undefined): string[] {
  return (diff?.notes ?? []).filter((note) => note.startsWith('SNAPSHOT_ORDER'));
}

function verdictOf(
  trends: readonly HeapTrend[],
  findings: readonly ScanFinding[],
  readable: number,
  contradictions: readonly string[],
): ScanVerdict['verdict'] {
  if (contradictions.length > 0) return 'unverified';
  if (findings.some(({ confidence }) => confidence >= REPORTED)) return 'leak';
  const isRising = trends.some((trend) => trend.isRising);
  if (isRising) return readable >= 2 ? 'suspicious' : 'leak';
  return readable === 0 && trends.every(({ pValue }) => pValue === null) ? 'no evidence' : 'clean';
}

interface Layers {
  readonly trends: readonly HeapTrend[];
  readonly diff: DiffManifest | undefined;
  readonly caches: PatternManifest;
  readonly weak: PatternManifest;
}

function findingOf(suspect: Suspect, layers: Layers): ScanFinding {
  const { signature, title, confidence, seedScore, holder, path, growth, retainedSize, detectors, repair } = suspect;
  return {
    ...{ signature, title, severity: severityOf(confidence, layers.trends), confidence, seedScore },
    trail: trailOf(suspect, layers),
    ...{ holder, path, growth, retainedSize, detectors, repair },
    anchor: `flame://${signature}#${growth === null ? 'retained' : 'growth'}`,
  };
}

function severityOf(confidence: number, trends: readonly HeapTrend[]): Severity {
  const isNear = trends.some(({ hoursToLimit }) => hoursToLimit !== null && hoursToLimit <= HOURS_LEFT);
  return confidence > SEVERE && isNear ? 'HIGH' : 'MEDIUM';
}

function trailOf(
  { signature, holder, growth, path, terms }: Suspect,
  { trends, diff, caches, weak }: Layers,
): TrailStep[] {
  const steps: TrailStep[] = [];
  const rising = trends.filter(({ isRising }) => isRising);
  if (rising.length > 0) steps.push({ level: 1, saw: `${rising.length} of ${trends.length} heaps go on growing` });
  if (growth !== null) {
    const grown = diff?.classes.length ?? 0;
    steps.push({ level: 2, saw: `${growth.count.join(' → ')}, ${growth.shape}; ${grown} classes grow` });
  }
  if (path.length > 0) steps.push({ level: 3, saw: `${path.length} steps from the root to ${holder.expression}` });
  const cache = caches.patterns.find((pattern) => pattern.signature === signature);
  if (cache) {
    const filled = cache.falls === 0 ? 'it only fills' : `it shrank ${cache.falls} times`;
    steps.push({
      level: 4,
      saw: `${cache.detectors.join(', ')}: ${filled}${terms.bounded < 1 ? ', a limit stands beside it' : ''}`,
    });
  }
  const other = weak.patterns.find((pattern) => pattern.signature === signature);
  if (other) steps.push({ level: 5, saw: other.detectors.join(', ') });
  return steps;
}
