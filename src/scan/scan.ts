import { REPORTED } from '../base/confidence-levels.js';
import type { GrowingSite, HeapProfile } from '../base/profile-types.js';
import type { HeapTrend, MissedLeaks, ScanFinding, ScanReport } from '../base/scan-types.js';
import type { Suspect } from '../base/suspect-types.js';
import type { Analysis } from '../base/types.js';
import { diffProfiles } from '../profile/diff.js';
import { ABOVE_P99 } from './baseline.js';
import { estimateMissed } from './capture-recapture.js';
import { checklistOf } from './checklist.js';
import { ScanContext } from './context.js';
import { findingOf, isNearLimit, type LayerViews, type OriginalOf } from './findings.js';
import { type DatedFile, withNearestSnapshots } from './nearest-snapshot.js';
import { severitySeed } from './seed.js';
import {
  cacheManifest,
  chainsFor,
  type DiffManifest,
  diffManifest,
  suspectsWorth,
  weakManifest,
} from './snapshot-layers.js';
import { withoutAccidents } from './trend-layer.js';

/** What a folder holds, as far as it could be read. */
export interface ScanEvidence {
  /** Of all processes, each by itself. */
  readonly trends: readonly HeapTrend[];
  /** Undefined where there are no snapshots. */
  readonly analysis: Analysis | undefined;
  /** In the order in which they were taken; default: none. */
  readonly profiles?: readonly HeapProfile[];
  /** When each snapshot was written; default: not known. */
  readonly snapshots?: readonly DatedFile[];
  readonly originalOf?: OriginalOf;
}

/** What the layers have found together. */
export type ScanVerdict = Omit<ScanReport, 'schemaVersion' | 'engineVersion' | 'inputs'>;

/** That growth is no accident, for telling whether a suspect was found by its growth. */
const SIGNIFICANT = 0.05;

/**
 * The five layers in their order: each is signed over those before it, and one without evidence says why. Takes what has been read and
 * analysed as values: it reads no file.
 */
export function scanEvidence(
  { trends: each, analysis, profiles = [], snapshots = [], originalOf = () => undefined }: ScanEvidence,
  engineVersion: string,
): ScanVerdict {
  const trends = withoutAccidents(each);
  const readable = analysis?.snapshots.filter(({ ok }) => ok).length ?? 0;
  const noSnapshots = readable === 0 ? 'no snapshot that could be read' : undefined;
  const suspects = analysis ? suspectsWorth(analysis) : [];
  const diff = analysis ? diffManifest(analysis) : undefined;
  const sites = profiles.length < 2 ? [] : diffProfiles(profiles);
  const views: LayerViews = { trends, diff, caches: cacheManifest(suspects), weak: weakManifest(suspects) };
  const chains = chainsFor(analysis, suspects, diff);
  let context = ScanContext.start({ trends }, engineVersion, trends.length === 0 ? 'no telemetry' : undefined);
  context = context.next({ ...diff, sites }, engineVersion, whyNoDiff(readable, profiles.length));
  context = context.next(chains, engineVersion, noSnapshots ?? whyNoChain(chains.chains.length, diff));
  context = context.next(views.caches, engineVersion, noSnapshots);
  const contradictions = contradictionsOf(diff);
  const signatures = context.layers.map(({ signature_hash }) => signature_hash);
  // Snapshots of several processes contradict nothing: they are compared by structure then, and the relation says so.
  const assumptions = { relation: diff?.relation ?? null, contradictions };
  context = context.next({ ...views.weak, signatures, assumptions }, engineVersion, noSnapshots);
  const findings = suspects.map((suspect) => findingOf(suspect, views, originalOf));
  const verdict = verdictOf(trends, findings, readable, contradictions);
  return {
    ...{ verdict, trigger: triggerOf(verdict, trends), severitySeed: severitySeedOf(trends) },
    // When files were written is not what they say, so it is not signed.
    ...{ findings, trends: withNearestSnapshots(trends, snapshots), layers: context.layers },
    sites: sites.map((site: GrowingSite) => ({ ...site, original: originalOf(site) ?? null })),
    isWidened: chains.isWidened,
    checklist: checklistOf(trends, findings),
    missed: missedOf(suspects),
    contradictions,
  };
}

/** Whether a scan has found what does not wait: a leak that is severe, or a heap that is full within a day whoever fills it. */
export function isSevere({ verdict, findings, trends }: Pick<ScanReport, 'verdict' | 'findings' | 'trends'>): boolean {
  if (findings.some(({ confidence, severity }) => confidence >= REPORTED && severity === 'HIGH')) return true;
  return (verdict === 'leak' || verdict === 'suspicious') && isNearLimit(trends);
}

function whyNoDiff(snapshots: number, profiles: number): string | undefined {
  if (snapshots >= 2 || profiles >= 2) return undefined;
  if (snapshots === 1) return 'one snapshot: nothing to compare';
  return profiles === 1 ? 'one profile: nothing to compare' : 'no snapshot that could be read';
}

/** L3 has been back to L2 by then, for candidates that are less sure. */
function whyNoChain(chains: number, diff: DiffManifest | undefined): string | undefined {
  const grows = diff?.classes.some(({ pValue }) => pValue < SIGNIFICANT) ?? false;
  return chains === 0 && grows ? 'no chain of references to what grows, with all candidates' : undefined;
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
  if (trends.some(({ detachedContexts }) => detachedContexts?.isRising)) return 'suspicious';
  return readable < 2 && trends.every(({ pValue }) => pValue === null) ? 'no evidence' : 'clean';
}

function triggerOf(verdict: ScanVerdict['verdict'], trends: readonly HeapTrend[]): ScanVerdict['trigger'] {
  if (verdict === 'leak' || verdict === 'suspicious') return 'verdict';
  const isAbove = trends.some(({ rules }) => rules.some(({ rule, isAboveNow }) => rule === ABOVE_P99 && isAboveNow));
  return isAbove ? 'P99' : null;
}

function severitySeedOf(trends: readonly HeapTrend[]): ScanVerdict['severitySeed'] {
  const pauses = trends.flatMap(({ longestPause }) => (longestPause === null ? [] : [longestPause]));
  return pauses.length === 0 ? null : severitySeed(Math.max(...pauses));
}

/** Growth and patterns look at the same heap in ways that have little to do with each other. */
function missedOf(suspects: readonly Suspect[]): MissedLeaks | null {
  const grown = suspects.filter(({ growth }) => growth !== null && growth.pValue < SIGNIFICANT);
  const known = suspects.filter(({ detectors }) => detectors.length > 0);
  if (grown.length === 0 || known.length === 0) return null;
  const byBoth = grown.filter(({ detectors }) => detectors.length > 0).length;
  const { missed } = estimateMissed(grown.length, known.length, byBoth);
  return { byGrowth: grown.length, byPattern: known.length, byBoth, missed };
}
