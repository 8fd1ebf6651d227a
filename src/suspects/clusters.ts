import type { FoundPattern, GroupDetail } from './evidence.js';
import { NOT_LISTED } from './evidence.js';
import type { JoinedGroups } from './join.js';
import { isRising } from './rising.js';
import type { LeakRoot } from './roots.js';

/** Snapshots in which a pattern has to be seen before its counts are a series. */
const FEWEST_SEEN = 3;

/** A root of growth and what is known of its group. */
export interface ToldRoot extends LeakRoot {
  readonly detail: GroupDetail;
  /** In every snapshot compared. */
  readonly retainedSize: readonly number[];
}

/** A pattern that a detector sees in the last snapshot, with its figures in every snapshot compared. */
export interface PatternSeries {
  readonly pattern: FoundPattern;
  readonly counts: readonly number[];
  readonly bytes: readonly number[];
}

/** What one holder keeps: one suspect. */
export interface Cluster {
  /** The largest first; none where only a detector sees it. */
  readonly roots: readonly ToldRoot[];
  /** Those that grow, or belong to a root. The strongest first. */
  readonly patterns: readonly PatternSeries[];
  /** Those about what lies in what accumulates, and grows along with it. */
  readonly inside: readonly PatternSeries[];
}

/** Puts together what has the same container, and the detectors' findings with what they are about. */
export function clusterRoots(roots: readonly ToldRoot[], patterns: readonly PatternSeries[]): Cluster[] {
  const byContainer = new Map<string, ToldRoot[]>();
  for (const root of roots) {
    const key = containerKey(root.detail);
    byContainer.set(key, [...(byContainer.get(key) ?? []), root]);
  }
  const open = new Set(patterns);
  const drafts = [...byContainer.values()].map((members) => {
    const own = patternsOf(patterns, members);
    for (const pattern of own) open.delete(pattern);
    return { roots: members.sort(byGrowth), patterns: own.sort(byStrength), inside: [] as PatternSeries[] };
  });
  const draftOf = new Map(drafts.flatMap((draft) => draft.roots.map(({ group }) => [group, draft])));
  const others: Cluster[] = [];
  for (const pattern of open) {
    const around = pattern.pattern.told?.chain.find((group) => draftOf.has(group));
    const rises = risesWhereSeen(pattern.counts);
    if (around === undefined && rises) others.push({ roots: [], patterns: [pattern], inside: [] });
    else if (around !== undefined && rises) draftOf.get(around)?.inside.push(pattern);
  }
  for (const { inside } of drafts) inside.sort(byStrength);
  return [...drafts, ...others];
}

/**
 * Whether a pattern's counts rise from the first snapshot on in which a detector saw it: before that it may have been below the
 * detector's limits, and that it passed them once says nothing.
 */
function risesWhereSeen(counts: readonly number[]): boolean {
  const first = counts.findIndex((count) => count > 0);
  const seen = counts.slice(Math.max(0, first));
  return seen.length >= Math.min(FEWEST_SEEN, counts.length) && isRising(seen);
}

/** Findings that are about these roots: about what accumulates, its stores or its container. */
function patternsOf(patterns: readonly PatternSeries[], roots: readonly ToldRoot[]): PatternSeries[] {
  // A list's head is held by what it belongs to: that counts as its container.
  const groups = new Set(roots.flatMap(({ detail: { chain, inside } }) => chain.slice(0, Math.max(2, inside + 1))));
  groups.delete(NOT_LISTED);
  return patterns.filter(({ pattern: { told } }) => {
    if (told === undefined) return false;
    return groups.has(told.chain[0]) || told.sampleGroups.some((group) => groups.has(group));
  });
}

/**
 * What tells one holder from another: the container; for the head of a list what holds it, and what the list consists of, since a list that
 * is linked both ways has two. A container that is not listed has little else than what its expression says.
 */
function containerKey({ chain, inside, holder, memberClass, path }: GroupDetail): string {
  const container = chain[inside] ?? NOT_LISTED;
  if (inside === 0) return `${path.slice(0, -1).join('\n')}\n${memberClass}`;
  return container === NOT_LISTED ? `${holder.kind} ${holder.expression}` : String(container);
}

const risen = (values: readonly number[]): number => values[values.length - 1] - values[0];

function byGrowth(a: ToldRoot, b: ToldRoot): number {
  return risen(b.retainedSize) - risen(a.retainedSize) || a.group - b.group;
}

function byStrength(a: PatternSeries, b: PatternSeries): number {
  return (
    Number(isRising(b.counts)) - Number(isRising(a.counts)) ||
    b.pattern.strength - a.pattern.strength ||
    b.pattern.bytes - a.pattern.bytes
  );
}

/**
 * Figures of the last snapshot's patterns in all of them; a pattern that a snapshot does not have counts as none. Findings that only
 * their node tells apart are one pattern, told by the first of them, the largest.
 */
export function patternSeries(findings: readonly (readonly FoundPattern[])[]): PatternSeries[] {
  const keyOf = ({ detector, key }: FoundPattern) => `${detector} ${key}`;
  const tables = findings.map((patterns) => {
    const table = new Map<string, { count: number; bytes: number }>();
    for (const pattern of patterns) {
      const sum = table.get(keyOf(pattern)) ?? { count: 0, bytes: 0 };
      table.set(keyOf(pattern), { count: sum.count + pattern.count, bytes: sum.bytes + pattern.bytes });
    }
    return table;
  });
  const last = findings[findings.length - 1];
  const largestOfKey = new Map(last.toReversed().map((pattern) => [keyOf(pattern), pattern]));
  return [...new Set(last.map(keyOf))].map((key) => ({
    pattern: largestOfKey.get(key) as FoundPattern,
    counts: tables.map((table) => table.get(key)?.count ?? 0),
    bytes: tables.map((table) => table.get(key)?.bytes ?? 0),
  }));
}

/** Roots with their figures and what is known of them; those of which nothing is told are too small to matter. */
export function tellRoots(
  roots: readonly LeakRoot[],
  groups: JoinedGroups,
  details: ReadonlyMap<number, GroupDetail>,
): ToldRoot[] {
  return roots.flatMap((root) => {
    const detail = details.get(root.group);
    return detail === undefined ? [] : [{ ...root, detail, retainedSize: groups.retainedSize(root.group) }];
  });
}
