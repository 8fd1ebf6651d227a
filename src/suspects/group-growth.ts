import type { GroupGrowth, SuspectHolder } from '../base/suspect-types.js';
import { benjaminiHochberg } from '../trend/benjamini-hochberg.js';
import { mannKendall } from '../trend/mann-kendall.js';
import { trendOf } from '../trend/trend.js';
import type { JoinedGroups } from './join.js';
import { isRising } from './rising.js';

/** Groups below this share of the heap are not tested: nothing that small is why a process dies, and every test costs power. */
export const LEAST_SHARE = 1 / 2000;
const LEAST_BYTES = 1024;
/** Groups that are listed. */
const MOST_LISTED = 50;

/** Groups that are large enough on average to be tested: chosen by size and never by slope, or p-values would mean nothing. 1 kB is the least. */
export function candidatesOf(groups: JoinedGroups, leastBytes: number): number[] {
  const least = Math.max(LEAST_BYTES, leastBytes);
  const candidates: number[] = [];
  for (let group = 0; group < groups.size; group++) {
    const sizes = groups.retainedSize(group);
    if (sizes.reduce((sum, size) => sum + size, 0) >= least * sizes.length) candidates.push(group);
  }
  return candidates;
}

/** p-values for all candidates together, by group. */
export function adjustedValues(groups: JoinedGroups, candidates: readonly number[]): ReadonlyMap<number, number> {
  const values = benjaminiHochberg(candidates.map((group) => mannKendall(groups.members(group)).p));
  return new Map(candidates.map((group, at) => [group, values[at]]));
}

/** What is told of a group. */
export interface NamedGroup {
  readonly holder: SuspectHolder;
  readonly className: string;
}

/** The candidates that rise and are told, by bytes an interval. */
export function groupGrowth(
  groups: JoinedGroups,
  adjusted: ReadonlyMap<number, number>,
  names: ReadonlyMap<number, NamedGroup>,
): GroupGrowth[] {
  const rows: GroupGrowth[] = [];
  for (const [group, p] of adjusted) {
    const name = names.get(group);
    const count = groups.members(group);
    if (name === undefined || !isRising(count)) continue;
    const retainedSize = groups.retainedSize(group);
    const figures = { count, selfSize: groups.selfSize(group), retainedSize };
    const { holder, className } = name;
    rows.push({ holder, className, ...figures, ...trendOf(count, retainedSize, p) });
  }
  return rows.sort((a, b) => b.bytesPerInterval - a.bytesPerInterval).slice(0, MOST_LISTED);
}
