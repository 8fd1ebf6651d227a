import type { Ordinal } from '../base/types.js';
import type { BigDominator } from '../paths/big-dominators.js';
import type { ClassGroup } from '../paths/class-groups.js';
import { type Holder, holderWithoutNode } from '../paths/holder-types.js';
import { identityOf, pathText, type Told } from './details.js';
import type { ToldDominator } from './evidence.js';

/** Members of a class that are asked who holds them: the largest. */
const MOST_ASKED = 200;
/** Share of their bytes that one holder has to have to be named. */
const LEAST_SHARE = 0.5;

/** Eclipse MAT's suspects: what a large part of the heap hangs on, and where that comes together. */
export function dominatorsOf(told: Told, big: readonly BigDominator[]): ToldDominator[] {
  return big.map(({ node, retainedSize, accumulation, accumulatedSize, members }) => ({
    className: told.holders.className(node),
    retainedSize,
    accumulation: placeOf(told, accumulation, accumulatedSize, told.holders.nameOf(accumulation), 'dominator'),
    ...(members && {
      members: { className: members.className, count: members.count, retainedSize: members.retainedSize },
    }),
  }));
}

/**
 * The same of classes whose instances no object dominates alone. Held by where the paths to them part; where that says nothing, by what holds
 * most of those that were asked; and where nothing does, the class stands for itself.
 */
export function classGroupsOf(
  told: Told,
  groups: readonly ClassGroup[],
  globals: ReadonlySet<Ordinal>,
): ToldDominator[] {
  return groups.map((group) => {
    const { className, count, retainedSize, largest, accumulation } = group;
    const parting = globals.has(accumulation) ? undefined : told.holders.nameOf(accumulation);
    const isNamed = parting !== undefined && parting.kind !== 'internal';
    const { holder, member } = isNamed ? { holder: parting, member: largest[0] } : mostFrequent(told, group);
    return {
      className,
      retainedSize,
      isClass: true,
      // The largest that the holder has stands for the others: its path ends in what accumulates.
      accumulation: placeOf(told, member, retainedSize, holder, `class ${className}`),
      members: { className, count, retainedSize },
    };
  });
}

function placeOf(
  told: Told,
  node: Ordinal,
  retainedSize: number,
  holder: Holder,
  what: string,
): ToldDominator['accumulation'] {
  const { view, holders } = told;
  const path = holders.pathTo(node);
  return {
    className: holders.className(node),
    id: view.id(node),
    retainedSize,
    holder: holderWithoutNode(holder),
    path: pathText(holders, path),
    identity: `${what}\n${identityOf(told, path, holder)}`,
  };
}

/** By what they retain; and the largest member that it has. */
function mostFrequent({ view, holders }: Told, { largest }: ClassGroup): { holder: Holder; member: Ordinal } {
  const sums = new Map<string, { readonly holder: Holder; readonly member: Ordinal; bytes: number }>();
  let all = 0;
  for (const member of largest.slice(0, MOST_ASKED)) {
    const holder = holders.holderOf(member);
    const sum = sums.get(holder.expression) ?? { holder, member, bytes: 0 };
    sum.bytes += view.retainedSize[member];
    all += view.retainedSize[member];
    sums.set(holder.expression, sum);
  }
  const [most] = [...sums.values()].sort((a, b) => b.bytes - a.bytes || a.member - b.member);
  if (most !== undefined && most.bytes >= LEAST_SHARE * all) {
    const isAll = most.bytes === all;
    return {
      holder: isAll ? most.holder : { ...most.holder, expression: `mostly ${most.holder.expression}` },
      member: most.member,
    };
  }
  return {
    holder: { expression: 'several holders', kind: 'internal', container: largest[0], place: undefined },
    member: largest[0],
  };
}
