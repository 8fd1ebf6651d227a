import type { SeriesReport, Suspect, SuspectEvidence, SuspectHolder, SuspectTerms } from '../base/suspect-types.js';
import { signatureOf } from '../paths/signature.js';
import { mannKendall } from '../trend/mann-kendall.js';
import { theilSen } from '../trend/theil-sen.js';
import { artifactFactor } from './artifacts.js';
import type { Cluster, PatternSeries, ToldRoot } from './clusters.js';
import { boundedBy, capsFor, confidenceOf } from './confidence.js';
import { agesOf, birthsOf, growthOf, plateauFactor, regularityOf } from './growth-of.js';
import { stepsOf } from './rising.js';
import { seedScore } from './seed-score.js';

/** Of each kind of evidence that may be long. */
const MOST_PLACES = 3;
const MOST_INSIDE = 3;

/** What all suspects of a series are judged by. */
export interface SuspectContext {
  readonly series: SeriesReport;
  readonly totals: readonly number[];
  readonly largestIds: readonly number[];
  /** p-values for all groups that were tested together. */
  readonly adjusted: ReadonlyMap<number, number>;
}

/** What a cluster shows, from its main root or, without one, from its strongest pattern. */
interface Face {
  readonly identity: string;
  readonly holder: SuspectHolder;
  readonly what: string;
  readonly path: readonly string[];
  readonly distance: number;
  readonly counts: readonly number[];
  readonly bytes: readonly number[];
  readonly ids: Float64Array | undefined;
  readonly sampleIds: readonly number[];
}

export function suspectOf(cluster: Cluster, context: SuspectContext): Suspect {
  const { roots, patterns, inside } = cluster;
  const face = roots.length > 0 ? faceOfRoots(roots, patterns[0]) : faceOfPattern(patterns[0]);
  const { counts, bytes } = face;
  const snapshots = counts.length;
  const p = roots.length > 0 ? Math.min(...roots.map((root) => chanceOf(root, context))) : mannKendall(counts).p;
  const births = face.ids && context.series.comparedBy === 'ids' ? birthsOf(face.ids, context.largestIds) : null;
  const growth = growthOf(counts, bytes, p, births);
  const terms: SuspectTerms = {
    growth: 1 - (growth.adjustedPValue ?? growth.pValue),
    ages: births ? agesOf(births) : 0,
    share: shareOf(growth.bytesPerInterval, context.totals),
    regularity: regularityOf(counts),
    detectors: patterns.reduce((most, { pattern }) => Math.max(most, pattern.strength), 0),
    artifact: artifactFactor(face.what, face.path, face.holder),
    bounded: boundedBy(patterns.map(({ pattern }) => pattern)),
    plateau: plateauFactor(counts),
  };
  return {
    signature: signatureOf(face.identity),
    title: titleOf(face, roots[0]),
    verdict: capsFor(snapshots).verdict,
    confidence: confidenceOf(terms, snapshots),
    seedScore: seedScore(births ?? stepsOf(counts), snapshots, face.distance),
    growth,
    retainedSize: bytes[bytes.length - 1],
    holder: face.holder,
    path: face.path,
    evidence: evidenceOf(cluster),
    detectors: [...new Set([...patterns, ...inside].map(({ pattern }) => pattern.name))],
    repair: patterns[0]?.pattern.told?.repair ?? plainRepair(face, roots[0]),
    sampleIds: face.sampleIds,
    terms,
  };
}

/** Groups were tested together by their members; edges are looked at where those do not rise. */
function chanceOf({ by, group, counts }: ToldRoot, { adjusted }: SuspectContext): number {
  return by === 'members' ? (adjusted.get(group) ?? 1) : mannKendall(counts).p;
}

/** What grows: members, or only the edges of what is there, as on a global object. */
function titleOf({ holder, what }: Face, root: ToldRoot | undefined): string {
  if (root?.by === 'degrees') return `${holder.expression} gets more and more entries`;
  return `${holder.expression} keeps ${what}`;
}

function faceOfRoots(roots: readonly ToldRoot[], strongest: PatternSeries | undefined): Face {
  const [{ detail, counts }] = roots;
  const told = strongest?.pattern.told;
  // Where the path ends in something of the engine's own, a detector knows better whose it is.
  const holder = told && detail.holder.kind === 'internal' ? told.holder : detail.holder;
  return {
    identity: detail.identity,
    holder,
    what: detail.memberClass,
    path: detail.path,
    distance: detail.distance,
    counts,
    bytes: counts.map((_, at) => roots.reduce((sum, { retainedSize }) => sum + retainedSize[at], 0)),
    ids: detail.ids,
    sampleIds: detail.sampleIds,
  };
}

function faceOfPattern({ pattern, counts, bytes }: PatternSeries): Face {
  const { told, name } = pattern;
  if (told === undefined) throw new Error(`found a pattern of ${name} that is not told, expected the last snapshot's`);
  const { identity, holder, title, path, sampleIds } = told;
  return { identity, holder, what: title, path, distance: path.length, counts, bytes, ids: undefined, sampleIds };
}

function shareOf(slope: number, totals: readonly number[]): number {
  const heap = theilSen(totals).slope;
  return heap <= 0 ? 0 : Math.min(1, Math.max(0, slope / heap));
}

function evidenceOf({ roots, patterns, inside }: Cluster): SuspectEvidence[] {
  const places = roots.flatMap(({ detail: { memberClass, memberPlace } }) =>
    memberPlace ? [{ label: `${memberClass} is made by`, value: `${memberPlace.script}:${memberPlace.line}` }] : [],
  );
  const writers = [...new Set(roots.flatMap(({ detail }) => detail.writers ?? []))];
  const written = writers.slice(0, 3).map((value) => ({ label: 'probably added to in', value }));
  const own = patterns.flatMap(({ pattern: { told } }) => told?.evidence ?? []);
  const among = inside.flatMap(({ pattern: { told } }) => (told ? [{ label: 'among it', value: told.title }] : []));
  return [...written, ...places.slice(0, MOST_PLACES), ...own, ...among.slice(0, MOST_INSIDE)];
}

function plainRepair({ holder, what }: Face, root: ToldRoot | undefined): string {
  const container = root?.detail.containerClass ?? '';
  if (container === 'Map' || container === 'Set')
    return `Bound ${holder.expression}, or delete each ${what} when it is done with`;
  if (container === 'Array') return `Bound or drain ${holder.expression}`;
  return `Let go of ${what} in ${holder.expression} when it is done with`;
}
