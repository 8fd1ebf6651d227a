import type { Ordinal } from '../base/types.js';
import type { BigDominator } from '../paths/big-dominators.js';
import type { ClassGroup } from '../paths/class-groups.js';
import { type Holder, holderWithoutNode } from '../paths/holder-types.js';
import { identityOf, pathText, type Told } from './details.js';
import type { ToldDominator } from './evidence.js';

/** Members of a class that are asked who holds them. */
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

/** The same of classes whose instances no object dominates alone: held by where their paths part, or by what holds most of them. */
export function classGroupsOf(
  told: Told,
  groups: readonly ClassGroup[],
  globals: ReadonlySet<Ordinal>,
): ToldDominator[] {
  return groups.map(({ className, count, retainedSize, largest, accumulation }) => {
    const named = globals.has(accumulation) ? undefined : told.holders.nameOf(accumulation);
    const holder = named === undefined || named.kind === 'internal' ? mostFrequent(told, largest) : named;
    return {
      className,
      retainedSize,
      accumulation: placeOf(told, accumulation, retainedSize, holder, `class ${className}`),
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

/** By what they retain. */
function mostFrequent({ view, holders }: Told, members: readonly Ordinal[]): Holder {
  const asked = members.slice(0, MOST_ASKED);
  const sums = new Map<string, { readonly holder: Holder; bytes: number }>();
  let all = 0;
  for (const member of asked) {
    const holder = holders.holderOf(member);
    const sum = sums.get(holder.expression) ?? { holder, bytes: 0 };
    sum.bytes += view.retainedSize[member];
    all += view.retainedSize[member];
    sums.set(holder.expression, sum);
  }
  const [most] = [...sums.values()].sort((a, b) => b.bytes - a.bytes);
  if (most !== undefined && most.bytes >= LEAST_SHARE * all) return most.holder;
  return { expression: `${sums.size} holders`, kind: 'internal', container: members[0], place: undefined };
}
