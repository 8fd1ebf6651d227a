import type { SeriesReport, Suspect } from '../base/suspect-types.js';
import { compareText } from '../base/text-order.js';
import { benjaminiHochberg } from '../trend/benjamini-hochberg.js';
import { mannKendall } from '../trend/mann-kendall.js';
import { clusterRoots, patternSeries, tellRoots } from './clusters.js';
import type { SnapshotEvidence } from './evidence.js';
import { type JoinedGroups, joinGroups } from './join.js';
import { findRoots } from './roots.js';
import { checkSeries, type SeriesOptions } from './series-check.js';
import { suspectsOfOne } from './single.js';
import { type SuspectContext, suspectOf } from './suspect.js';

export interface SuspectsFound {
  readonly series: SeriesReport;
  readonly suspects: readonly Suspect[];
}

const ONE_SNAPSHOT = 'one snapshot: patterns, not leaks; it cannot be said what grows, since when and how fast';

/** Groups below this share of the heap are not tested: nothing that small is why a process dies, and every test costs power. */
const LEAST_SHARE = 1 / 2000;
const LEAST_BYTES = 1024;

/**
 * What leaks in a series, the worst first: by confidence times bytes an interval, then by signature. `places`: index of each snapshot
 * in the analysis.
 */
export function findSuspects(
  evidence: readonly SnapshotEvidence[],
  places: readonly number[],
  options: SeriesOptions = {},
): SuspectsFound {
  const { report, evidence: used } = checkSeries(evidence, places, options);
  const last = used[used.length - 1];
  if (used.length === 1)
    return {
      series: { ...report, notes: [...report.notes, ONE_SNAPSHOT] },
      suspects: suspectsOfOne(last).sort(byRank),
    };
  const groups = joinGroups(used.map(({ groups }) => groups));
  const candidates = candidatesOf(groups, last.totalSize);
  const context: SuspectContext = {
    series: report,
    totals: used.map(({ totalSize }) => totalSize),
    largestIds: used.map(({ ids }) => ids.largest),
    adjusted: adjustedValues(groups, candidates),
  };
  const details = new Map(last.details.map((detail) => [detail.group, detail]));
  const roots = tellRoots(findRoots(groups, candidates), groups, details);
  const patterns = patternSeries(used.map(({ findings }) => findings));
  const suspects = clusterRoots(roots, patterns).map((cluster) => suspectOf(cluster, context));
  return { series: report, suspects: suspects.sort(byRank) };
}

function candidatesOf(groups: JoinedGroups, totalSize: number): number[] {
  const least = Math.max(LEAST_BYTES, totalSize * LEAST_SHARE);
  const candidates: number[] = [];
  for (let group = 0; group < groups.size; group++) {
    const sizes = groups.retainedSize(group);
    if (sizes.reduce((sum, size) => sum + size, 0) >= least * sizes.length) candidates.push(group);
  }
  return candidates;
}

/** p-values for all candidates together, by group. */
function adjustedValues(groups: JoinedGroups, candidates: readonly number[]): ReadonlyMap<number, number> {
  const values = benjaminiHochberg(candidates.map((group) => mannKendall(groups.members(group)).p));
  return new Map(candidates.map((group, at) => [group, values[at]]));
}

function byRank(a: Suspect, b: Suspect): number {
  return scoreOf(b) - scoreOf(a) || compareText(a.signature, b.signature);
}

function scoreOf({ confidence, growth, retainedSize }: Suspect): number {
  return confidence * Math.max(0, growth === null ? retainedSize : growth.bytesPerInterval);
}
