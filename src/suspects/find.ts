import type { GroupGrowth, SeriesReport, Suspect } from '../base/suspect-types.js';
import { compareText } from '../base/text-order.js';
import { clusterRoots, patternSeries, tellRoots } from './clusters.js';
import type { GroupDetail, SnapshotEvidence } from './evidence.js';
import { adjustedValues, candidatesOf, groupGrowth, LEAST_SHARE, type NamedGroup } from './group-growth.js';
import { joinGroups } from './join.js';
import { findRoots } from './roots.js';
import { checkSeries, type SeriesOptions } from './series-check.js';
import { suspectsOfOne } from './single.js';
import { type SuspectContext, suspectOf } from './suspect.js';

export interface SuspectsFound {
  readonly series: SeriesReport;
  readonly suspects: readonly Suspect[];
  /** Of groups of nodes; absent with one snapshot. */
  readonly growth?: { readonly paths: readonly GroupGrowth[]; readonly dominated: readonly GroupGrowth[] };
}

const ONE_SNAPSHOT = 'one snapshot: patterns, not leaks; it cannot be said what grows, since when and how fast';

const CUT_GROUPS =
  'more groups of nodes than are compared, by path or by what keeps them: the smallest count as none where they are left out, so they may seem to begin later';

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
  const cut = used.some(({ groups, dominated }) => groups.isCut || dominated.isCut);
  const series = cut ? { ...report, notes: [...report.notes, CUT_GROUPS] } : report;
  const groups = joinGroups(used.map(({ groups }) => groups));
  const least = options.leastBytes ?? last.totalSize * LEAST_SHARE;
  const candidates = candidatesOf(groups, least);
  const context: SuspectContext = {
    series,
    totals: used.map(({ totalSize }) => totalSize),
    largestIds: used.map(({ ids }) => ids.largest),
    adjusted: adjustedValues(groups, candidates),
  };
  const dominated = joinGroups(used.map((evidence) => evidence.dominated));
  const dominatedNames = new Map(last.dominatedDetails.map((detail) => [detail.group, detail]));
  const details = new Map(last.details.map((detail) => [detail.group, detail]));
  const roots = tellRoots(findRoots(groups, candidates), groups, details);
  const patterns = patternSeries(used.map(({ findings }) => findings));
  const suspects = clusterRoots(roots, patterns).map((cluster) => suspectOf(cluster, context));
  const growth = {
    paths: groupGrowth(groups, context.adjusted, namesOf(last.details)),
    dominated: groupGrowth(dominated, adjustedValues(dominated, candidatesOf(dominated, least)), dominatedNames),
  };
  return { series, suspects: suspects.sort(byRank), growth };
}

function namesOf(details: readonly GroupDetail[]): ReadonlyMap<number, NamedGroup> {
  return new Map(details.map(({ group, holder, memberClass }) => [group, { holder, className: memberClass }]));
}

function byRank(a: Suspect, b: Suspect): number {
  return scoreOf(b) - scoreOf(a) || compareText(a.signature, b.signature);
}

function scoreOf({ confidence, growth, retainedSize }: Suspect): number {
  return confidence * Math.max(0, growth === null ? retainedSize : growth.bytesPerInterval);
}
