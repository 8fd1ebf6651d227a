import type { Bytes, Ordinal } from '../base/types.js';
import type { Holders } from '../paths/holder.js';
import type { Holder } from '../paths/holder-types.js';
import type { Scene } from './detector.js';
import { newestOf } from './newest.js';
import { NodeMarks } from './node-marks.js';
import { topmostOf } from './topmost.js';

/** Things that one container keeps. */
export interface HeldGroup {
  readonly holder: Holder;
  /** What `Grouping.kindOf` says of all of them. */
  readonly kind: string;
  /** Kind and holder, without what differs from snapshot to snapshot. */
  readonly key: string;
  /** Sum of their weights. */
  readonly count: number;
  /** What they retain together; what one of them retains below another one counts once. */
  readonly bytes: Bytes;
  /** By ids, three at most. */
  readonly newest: readonly Ordinal[];
  /** In no order. */
  readonly members: readonly Ordinal[];
}

export interface Grouping {
  /** The node before each on its path. Default: the scene's. */
  readonly parentOf?: Uint32Array;
  /** Names for that. */
  readonly holders?: Holders;
  /** Things of different kinds are kept apart. */
  readonly kindOf?: (node: Ordinal) => string;
  /** How much one counts; default 1. */
  readonly weightOf?: (node: Ordinal) => number;
}

/** Places in the heap that are given a name: naming one walks its path. */
const MOST_RUNS = 500;
/** V8 numbers what its handles and roots refer to. */
const NUMBERED = /\b\d+ \/ /g;

/**
 * Puts things together that the same container keeps, the most bytes first. Those with one parent are one run; only the largest runs are
 * named, and runs of one name are one group: thousands of objects with one thing each lie in one list.
 */
export function heldGroups(scene: Scene, nodes: Iterable<Ordinal>, grouping: Grouping = {}): HeldGroup[] {
  const { holders = scene.holders, kindOf = () => '' } = grouping;
  const groups = new Map<string, Run[]>();
  const holderOf = new Map<string, Holder>();
  for (const run of largestRuns(scene, nodes, grouping)) {
    const holder = holders.holderOf(run.members[0]);
    const key = `${kindOf(run.members[0])}\0${holder.expression}`;
    holderOf.set(key, holderOf.get(key) ?? holder);
    groups.set(key, [...(groups.get(key) ?? []), run]);
  }
  const found = [...groups].map(([key, runs]) => groupOf(scene, holderOf.get(key) as Holder, kindOf, runs));
  return found.sort((a, b) => b.bytes - a.bytes || b.count - a.count);
}

interface Run {
  readonly members: Ordinal[];
  count: number;
  bytes: Bytes;
}

function groupOf({ view }: Scene, holder: Holder, kindOf: (node: Ordinal) => string, runs: readonly Run[]): HeldGroup {
  const members = runs.flatMap((run) => run.members);
  const kind = kindOf(members[0]);
  return {
    holder,
    kind,
    key: `${holder.expression} ${kind}`.trimEnd().replace(NUMBERED, ''),
    count: runs.reduce((sum, run) => sum + run.count, 0),
    bytes: runs.reduce((sum, run) => sum + run.bytes, 0),
    newest: newestOf(view, members),
    members,
  };
}

function largestRuns(scene: Scene, nodes: Iterable<Ordinal>, grouping: Grouping): Run[] {
  const { view } = scene;
  const { parentOf = scene.parentOf, kindOf = () => '', weightOf = () => 1 } = grouping;
  const sorted = Uint32Array.from(nodes).sort((a, b) => parentOf[a] - parentOf[b] || a - b);
  const topmost = new NodeMarks(view, topmostOf(view, sorted));
  const runs: Run[] = [];
  for (const [at, node] of sorted.entries()) {
    const previous = sorted[at - 1];
    const joins = at > 0 && parentOf[previous] === parentOf[node] && kindOf(previous) === kindOf(node);
    const run = joins ? runs[runs.length - 1] : { members: [], count: 0, bytes: 0 };
    if (!joins) runs.push(run);
    run.members.push(node);
    run.count += weightOf(node);
    if (topmost.of(node) === 1) run.bytes += view.retainedSize[node];
  }
  return runs.sort((a, b) => b.bytes - a.bytes || b.count - a.count).slice(0, MOST_RUNS);
}
