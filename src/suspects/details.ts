import type { HeapView } from '../analysis/heap-view.js';
import type { Places } from '../analysis/places.js';
import type { Ordinal } from '../base/types.js';
import { bigDominators } from '../paths/big-dominators.js';
import { fileName, type Holder, type Holders, type PathStep } from '../paths/holder.js';
import type { PathGroups } from '../paths/path-groups.js';
import { signatureOf } from '../paths/signature.js';
import type { GroupDetail, HolderText, ListedGroups, ToldDominator } from './evidence.js';

/** Groups that are told in detail: the largest of those that could be what accumulates. */
const MOST_DETAILS = 2000;
const LEAST_MEMBERS = 3;
const LEAST_DEGREE = 16;
/** Ids of a group that are kept, to see in which intervals its members were born. */
const MOST_IDS = 1024;
/** Steps towards the root that say whose growth explains whose. */
const CHAIN = 12;
/** Steps of a path that are told: at its ends, as a person reads it. */
const TOLD_STEPS = 40;

/** What groups are told from. */
export interface Told {
  readonly view: HeapView;
  readonly places: Places;
  readonly holders: Holders;
  readonly groupOf: Uint32Array;
  readonly parentOf: Uint32Array;
}

export function detailsOf(told: Told, groups: PathGroups, listed: ListedGroups): GroupDetail[] {
  const { table, groupAt } = listed;
  const wanted = Array.from(groupAt.keys())
    .filter((at) => table.members[at] >= LEAST_MEMBERS || table.degrees[at] >= LEAST_DEGREE)
    .sort((a, b) => table.retainedSize[b] - table.retainedSize[a] || a - b)
    .slice(0, MOST_DETAILS);
  const members = sampleMembers(
    told,
    groups,
    wanted.map((at) => groupAt[at]),
  );
  return wanted.map((at) => detailOf(told, groups, listed, at, members.get(groupAt[at]) as Members));
}

interface Members {
  readonly ids: number[];
  newest: number[];
  seen: number;
  readonly every: number;
}

/** Cost: one pass over the nodes. */
function sampleMembers(
  { view, groupOf }: Told,
  { members }: PathGroups,
  wanted: readonly number[],
): Map<number, Members> {
  const samples = new Map<number, Members>();
  const isWanted = new Uint8Array(members.length);
  for (const group of wanted) {
    isWanted[group] = 1;
    samples.set(group, { ids: [], newest: [], seen: 0, every: Math.ceil(members[group] / MOST_IDS) });
  }
  for (let node = 0; node < view.nodeCount; node++) {
    if (isWanted[groupOf[node]] === 0) continue;
    const sample = samples.get(groupOf[node]) as Members;
    const id = view.id(node);
    if (sample.newest.length < 3 || id > sample.newest[2])
      sample.newest = [...sample.newest, id].sort((a, b) => b - a).slice(0, 3);
    if (sample.seen++ % sample.every === 0 && id % 2 === 1) sample.ids.push(id);
  }
  return samples;
}

function detailOf(told: Told, groups: PathGroups, listed: ListedGroups, group: number, members: Members): GroupDetail {
  const { view, holders, places, groupOf } = told;
  const member = groups.firstMembers[listed.groupAt[group]];
  const path = holders.pathTo(member);
  const holder = holders.holderOf(member);
  const chain = chainOf(path, member).map((node) => listed.positionOf[groupOf[node]]);
  const inside = Math.max(0, chainOf(path, member).indexOf(holder.container));
  const memberPlace = places.of(member);
  return {
    group,
    holder: holderText(holder),
    chain,
    inside,
    memberClass: holders.className(member),
    containerClass: holders.className(holder.container),
    ...(memberPlace && { memberPlace }),
    path: pathText(holders, path),
    distance: view.distance[member],
    signature: signatureOf(signatureSteps(told, path, holder)),
    ids: Float64Array.from(members.ids).sort(),
    sampleIds: members.newest,
  };
}

/** Eclipse MAT's suspects: what a large part of the heap hangs on, and where that comes together. */
export function dominatorsOf(told: Told, { positionOf }: ListedGroups): ToldDominator[] {
  const { view, holders, groupOf } = told;
  return bigDominators(view).map(({ node, retainedSize, accumulation, accumulatedSize, members }) => {
    const path = holders.pathTo(accumulation);
    const holder = holders.nameOf(accumulation);
    return {
      className: holders.className(node),
      retainedSize,
      accumulation: {
        className: holders.className(accumulation),
        id: view.id(accumulation),
        retainedSize: accumulatedSize,
        holder: holderText(holder),
        chain: chainOf(path, accumulation).map((step) => positionOf[groupOf[step]]),
        path: pathText(holders, path),
        signature: signatureOf(['dominator', ...signatureSteps(told, path, holder)]),
      },
      ...(members && {
        members: { className: members.className, count: members.count, retainedSize: members.retainedSize },
      }),
    };
  });
}

/** A node and those before it on its path. */
export function chainOf(path: readonly PathStep[], node: Ordinal): Ordinal[] {
  return [node, ...path.slice(0, CHAIN - 1).map(({ from }) => from)];
}

export function holderText({ expression, kind, place }: Holder): HolderText {
  return { expression, kind, ...(place && { place }) };
}

/** From the root to the node: `.inFlight Map`. */
export function pathText(holders: Holders, path: readonly PathStep[]): string[] {
  const told = path.slice(0, TOLD_STEPS).map((step) => `${holders.stepText(step)} ${holders.className(step.to)}`);
  return told.reverse();
}

/** From what the holder's expression names to the container and what lies in it. */
export function signatureSteps(
  { holders }: Pick<Told, 'holders'>,
  path: readonly PathStep[],
  holder: Holder,
): string[] {
  const end = path.findIndex(({ to }) => to === holder.container);
  const inside = path
    .slice(0, Math.max(0, end))
    .map((step) => `${holders.stepText(step)} ${holders.className(step.to)}`);
  const script = holder.place ? fileName(holder.place.script) : '';
  return [`${holder.kind} ${holder.expression} ${script}`, ...inside.reverse()];
}
