import type { HeapView } from '../analysis/heap-view.js';
import type { Bytes, Ordinal } from '../base/types.js';

/** What belongs to one pattern. */
export interface Group<Facts> {
  readonly key: string;
  readonly facts: Facts;
  readonly members: Ordinal[];
}

/** Members gathered by what they are and whose: `setInterval callback`, `poll() in poller.js`. */
export class Groups<Facts> {
  // Two maps instead of one by the key: joining two texts for each member would take longer than all else.
  readonly #kinds = new Map<string, Map<string, Group<Facts>>>();

  /** `facts` is asked once a group, for its first member. */
  of(kind: string, name: string, facts: () => Facts): Group<Facts> {
    let ofKind = this.#kinds.get(kind);
    if (ofKind === undefined) {
      ofKind = new Map();
      this.#kinds.set(kind, ofKind);
    }
    let group = ofKind.get(name);
    if (group === undefined) {
      group = { key: `${kind} ${name}`, facts: facts(), members: [] };
      ofKind.set(name, group);
    }
    return group;
  }

  /** Those with at least so many members, the largest first. */
  largest({ least, most }: { readonly least: number; readonly most: number }): Group<Facts>[] {
    const all = [...this.#kinds.values()].flatMap((ofKind) => [...ofKind.values()]);
    const groups = all.filter(({ members }) => members.length >= least);
    return groups.sort((a, b) => b.members.length - a.members.length).slice(0, most);
  }
}

/** The newest of a list, by id, three at most. Later members are newer as a rule, so it is read from its end. */
export function newestOf(view: HeapView, members: readonly Ordinal[]): Ordinal[] {
  const newest: Ordinal[] = [];
  for (let at = members.length - 1; at >= 0; at--) {
    const member = members[at];
    const id = view.id(member);
    if (newest.length === 3 && id <= view.id(newest[2])) continue;
    if (newest.includes(member)) continue;
    const older = newest.findIndex((other) => view.id(other) < id);
    newest.splice(older < 0 ? newest.length : older, 0, member);
    newest.length = Math.min(newest.length, 3);
  }
  return newest;
}

/** From `low` at `few` members to `high` at `many`, in equal steps for equal factors. */
export function strengthOf(count: number, [few, low]: readonly number[], [many, high]: readonly number[]): number {
  const share = Math.log(Math.max(count, 1) / few) / Math.log(many / few);
  return Math.round((low + (high - low) * Math.min(Math.max(share, 0), 1)) * 100) / 100;
}

/** What each mark of a round says of a node. */
const MEMBER = 0;
const COUNTED = 1;
const BELOW_MEMBER = 2;
const CLEAR = 3;
const STATES = 4;

interface Marks {
  readonly ofNodes: Uint32Array;
  /** First mark of the present round; smaller ones are of earlier rounds. */
  round: number;
}

const ofViews = new WeakMap<HeapView, Marks>();

/**
 * What several nodes retain together, if each is dropped: the retained sizes of those that no other of them dominates. What only two or
 * more of them reach is not in it. A node may be listed twice. Cost: the members and their dominators, each once; 4 bytes a node that
 * all rounds of a view share.
 */
export function retainedTogether(view: HeapView, members: readonly Ordinal[]): Bytes {
  const marks = marksOf(view);
  marks.round += STATES;
  const { ofNodes, round } = marks;
  for (const member of members) ofNodes[member] = round + MEMBER;
  let bytes = 0;
  for (const member of members) {
    if (ofNodes[member] === round + COUNTED) continue;
    ofNodes[member] = round + COUNTED;
    if (!isBelowMember(view, marks, member)) bytes += view.retainedSize[member];
  }
  return bytes;
}

function isBelowMember({ dominator, root }: HeapView, { ofNodes, round }: Marks, member: Ordinal): boolean {
  const first = dominator[member];
  let last = first;
  while (ofNodes[last] < round && last !== root) last = dominator[last];
  const isBelow = ofNodes[last] >= round && ofNodes[last] !== round + CLEAR;
  // The answer is left on the way, so that the next member stops where this one came along.
  for (let node = first; node !== last; node = dominator[node])
    ofNodes[node] = round + (isBelow ? BELOW_MEMBER : CLEAR);
  return member !== root && isBelow;
}

function marksOf(view: HeapView): Marks {
  const known = ofViews.get(view);
  if (known !== undefined) return known;
  const marks = { ofNodes: new Uint32Array(view.nodeCount), round: 0 };
  ofViews.set(view, marks);
  return marks;
}
