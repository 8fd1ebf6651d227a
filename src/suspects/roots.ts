import { NOT_LISTED } from './evidence.js';
import type { JoinedGroups } from './join.js';
import { isRising, stepsOf } from './rising.js';

/** A group that grows without the group before it on the path growing along: here is where it accumulates. */
export interface LeakRoot {
  /** Position in the last snapshot's table. */
  readonly group: number;
  /** Whether there are more of its members, or more edges of the same ones. */
  readonly by: 'members' | 'degrees';
  /** Of that. */
  readonly counts: readonly number[];
}

/** How many times what its parents' growth would bring a group may grow and still be explained by it. */
const SLACK = 3;

/**
 * BLeak's growing paths (Vilk and Berger, 2018), on groups instead of single nodes: what grows along with what holds it
 * is explained by that, what grows alone is a root. `candidates`: groups large enough to matter.
 */
export function findRoots(groups: JoinedGroups, candidates: readonly number[]): LeakRoot[] {
  const counts = new Map<number, number[] | undefined>();
  const growing = (group: number) => {
    if (!counts.has(group)) {
      const members = groups.members(group);
      counts.set(group, isRising(members) ? members : undefined);
    }
    return counts.get(group);
  };
  const roots: LeakRoot[] = [];
  const holders = new Set<number>();
  for (const group of candidates) {
    const members = growing(group);
    if (members === undefined) continue;
    const parent = groups.parents[group];
    const above = parent === NOT_LISTED ? undefined : growing(parent);
    if (above !== undefined && explains(above, members)) continue;
    roots.push({ group, by: 'members', counts: members });
    for (let at = parent, step = 0; at !== NOT_LISTED && step < 3; at = groups.parents[at], step++) holders.add(at);
  }
  // More edges of the same nodes say something only where no members are behind them.
  for (const group of candidates) {
    if (growing(group) !== undefined || holders.has(group)) continue;
    const degrees = groups.degrees(group);
    if (isRising(degrees)) roots.push({ group, by: 'degrees', counts: degrees });
  }
  return roots;
}

/** Whether a group grows no more than the growth of what holds it brings along. */
function explains(above: readonly number[], members: readonly number[]): boolean {
  const last = above.length - 1;
  const each = above[0] > 0 && members[0] > 0 ? members[0] / above[0] : members[last] / above[last];
  const [risenAbove, risen] = [above[last] - above[0], members[last] - members[0]];
  if (risen > SLACK * Math.max(1, each) * risenAbove) return false;
  // A holder of which there are more once, at some time, does not explain what grows each time.
  const steps = stepsOf(members).filter((step) => step > 0).length;
  return stepsOf(above).filter((step) => step > 0).length * 2 >= steps;
}
