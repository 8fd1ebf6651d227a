import type { HeapView } from '../analysis/heap-view.js';
import { fileName, type Places } from '../analysis/places.js';
import type { Ordinal } from '../base/types.js';
import type { Holders } from '../paths/holder.js';
import { type Holder, holderWithoutNode, type PathStep } from '../paths/holder-types.js';
import type { KeyGroups } from '../paths/key-groups.js';
import type { PathGroups } from '../paths/path-groups.js';
import type { Writer, Writers } from '../paths/writers.js';
import type { DominatedDetail, GroupDetail, GroupTable, ListedGroups } from './evidence.js';

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
  readonly writers: Writers;
  readonly parentOf: Uint32Array;
  /** A group by one of its nodes: its position in the table, or `NOT_LISTED`. */
  readonly positionOf: (node: Ordinal) => number;
}

export function detailsOf(told: Told, groups: PathGroups, groupOf: Uint32Array, listed: ListedGroups): GroupDetail[] {
  const { table, groupAt } = listed;
  const wanted = largestOf(table, MOST_DETAILS);
  const members = new MemberIds(
    told.view,
    groupOf,
    groups,
    wanted.map((at) => groupAt[at]),
  );
  return wanted.map((at) => detailOf(told, groups, listed, at, members));
}

/** Ids of the wanted groups' members, each group's behind the one before it. */
class MemberIds {
  readonly #slotOf: Uint32Array;
  readonly #start: Uint32Array;
  readonly #count: Uint32Array;
  readonly #ids: Float64Array;
  /** Three a group, the largest first; 0 where there are fewer. */
  readonly #newest: Float64Array;

  /** Cost: one pass over the nodes. */
  constructor(view: HeapView, groupOf: Uint32Array, { members }: PathGroups, wanted: readonly number[]) {
    this.#slotOf = new Uint32Array(members.length);
    this.#count = new Uint32Array(wanted.length);
    this.#start = new Uint32Array(wanted.length + 1);
    this.#newest = new Float64Array(3 * wanted.length);
    const every = Uint32Array.from(wanted, (group) => Math.ceil(members[group] / MOST_IDS));
    for (const [slot, group] of wanted.entries()) {
      this.#slotOf[group] = slot + 1;
      this.#start[slot + 1] = this.#start[slot] + Math.ceil(members[group] / every[slot]);
    }
    this.#ids = new Float64Array(this.#start[wanted.length]);
    this.#collect(view, groupOf, every);
  }

  /** Takes one of `every` so many members of a group into its sample. */
  #collect(view: HeapView, groupOf: Uint32Array, every: Uint32Array): void {
    const { nodeCount } = view;
    const slotOf = this.#slotOf;
    const newest = this.#newest;
    /** Members to pass over until the next one is taken. */
    const rest = new Uint32Array(every.length);
    for (let node = 0; node < nodeCount; node++) {
      const slot = slotOf[groupOf[node]] - 1;
      if (slot < 0) continue;
      const id = view.id(node);
      if (id > newest[3 * slot + 2]) this.#addNewest(slot, id);
      if (rest[slot]-- > 0) continue;
      rest[slot] = every[slot] - 1;
      // Even ids are the embedder's, and say nothing about when it was made.
      if ((id & 1) === 1) this.#ids[this.#start[slot] + this.#count[slot]++] = id;
    }
  }

  #addNewest(slot: number, id: number): void {
    const at = 3 * slot;
    const newest = this.#newest;
    newest[at + 2] = id;
    if (id > newest[at + 1]) [newest[at + 1], newest[at + 2]] = [id, newest[at + 1]];
    if (id > newest[at]) [newest[at], newest[at + 1]] = [id, newest[at]];
  }

  /** A sample of a group's odd ids, ascending. */
  sample(group: number): Float64Array {
    const slot = this.#slotOf[group] - 1;
    return this.#ids.slice(this.#start[slot], this.#start[slot] + this.#count[slot]).sort();
  }

  newest(group: number): number[] {
    const at = 3 * (this.#slotOf[group] - 1);
    return [...this.#newest.subarray(at, at + 3)].filter((id) => id > 0);
  }
}

function detailOf(
  told: Told,
  groups: PathGroups,
  listed: ListedGroups,
  group: number,
  members: MemberIds,
): GroupDetail {
  const { view, holders, places, positionOf } = told;
  const member = groups.firstMembers[listed.groupAt[group]];
  const path = holders.pathTo(member);
  const holder = holders.holderOf(member);
  const chain = chainOf(path, member).map(positionOf);
  const inside = Math.max(0, chainOf(path, member).indexOf(holder.container));
  const memberPlace = places.of(member);
  return {
    group,
    holder: holderWithoutNode(holder),
    chain,
    inside,
    memberClass: holders.className(member),
    containerClass: holders.className(holder.container),
    ...writersOf(told, holder),
    ...(memberPlace && { memberPlace }),
    path: pathText(holders, path),
    distance: view.distance[member],
    identity: identityOf(told, path, holder),
    ids: members.sample(listed.groupAt[group]),
    sampleIds: members.newest(listed.groupAt[group]),
  };
}

/** Dominator groups that are told: the largest. */
const MOST_DOMINATED = 500;

/** Functions that are told: more of them say nothing. */
const MOST_WRITERS = 3;

/** Where the program may add to what the holder names. Of Node's own code nobody wants to know. */
function writersOf({ writers, holders }: Told, { kind, via, container }: Holder): Pick<GroupDetail, 'writers'> {
  if (via === undefined || kind === 'internal') return {};
  const what = holders.className(container);
  const found = 'name' in via ? writers.ofProperty(via.name, what) : writers.ofScope(via.scope, what);
  return found.length === 0 ? {} : { writers: found.slice(0, MOST_WRITERS).map(writerText) };
}

function writerText({ name, place }: Writer): string {
  return place === undefined ? `${name}()` : `${name}() ${fileName(place.script)}:${place.line}`;
}

/** Who keeps the members of the largest dominator groups alone. */
export function dominatedDetailsOf(told: Told, groups: KeyGroups, { table, groupAt }: ListedGroups): DominatedDetail[] {
  const { view, holders } = told;
  return largestOf(table, MOST_DOMINATED).map((at) => {
    const member = groups.firstMembers[groupAt[at]];
    return {
      group: at,
      holder: holderWithoutNode(holders.nameOf(view.dominator[member])),
      className: holders.className(member),
    };
  });
}

/** Positions of the groups that could be what accumulates, those that retain most first. */
function largestOf({ members, degrees, retainedSize }: GroupTable, most: number): number[] {
  return Array.from(members.keys())
    .filter((at) => members[at] >= LEAST_MEMBERS || degrees[at] >= LEAST_DEGREE)
    .sort((a, b) => retainedSize[b] - retainedSize[a] || a - b)
    .slice(0, most);
}

/** A node and those before it on its path. */
export function chainOf(path: readonly PathStep[], node: Ordinal): Ordinal[] {
  return [node, ...path.slice(0, CHAIN - 1).map(({ from }) => from)];
}

/** From the root to the node: `.inFlight Map`. */
export function pathText(holders: Holders, path: readonly PathStep[]): string[] {
  const told = path.slice(0, TOLD_STEPS).map((step) => `${holders.toldStep(step)} ${holders.className(step.to)}`);
  return told.reverse();
}

/** What a signature is made of: what the holder's expression names, and the steps from there to what lies in the container, a line each. */
export function identityOf({ holders }: Pick<Told, 'holders'>, path: readonly PathStep[], holder: Holder): string {
  const end = path.findIndex(({ to }) => to === holder.container);
  const inside = path
    .slice(0, Math.max(0, end))
    .map((step) => `${holders.stepText(step)} ${holders.className(step.to)}`);
  const script = holder.place ? fileName(holder.place.script) : '';
  return [`${holder.kind} ${holder.expression} ${script}`, ...inside.reverse()].join('\n');
}
