import type { Place, SuspectHolder } from '../base/suspect-types.js';
import type { Bytes } from '../base/types.js';
import type { Evidence } from '../detect/detector.js';
import type { IdSample } from '../paths/id-sample.js';
import type { KeyGroups } from '../paths/key-groups.js';

/** What one snapshot contributes to the search for a leak. Plain data, small beside the snapshot. */
export interface SnapshotEvidence {
  readonly totalSize: Bytes;
  readonly ids: IdSample;
  readonly groups: GroupTable;
  /** What nodes of one path keep alone, by class: groups of its own table. */
  readonly dominated: GroupTable;
  readonly findings: readonly FoundPattern[];
  /** Of the snapshot that stands for the series' end. */
  readonly details: readonly GroupDetail[];
  /** The same, of the largest groups of `dominated`. */
  readonly dominatedDetails: readonly DominatedDetail[];
  /** The same. */
  readonly dominators: readonly ToldDominator[];
}

/** Something that a large part of the heap hangs on. */
export interface ToldDominator {
  readonly className: string;
  readonly retainedSize: Bytes;
  /** Where that memory comes together. */
  readonly accumulation: {
    readonly className: string;
    readonly id: number;
    readonly retainedSize: Bytes;
    readonly holder: SuspectHolder;
    readonly path: readonly string[];
    /** What its signature is made of: a step a line. */
    readonly identity: string;
  };
  /** Objects of one class that no single one keeps: `members` are all of them. */
  readonly isClass?: boolean;
  /** What most of it consists of, directly under the accumulation point. */
  readonly members?: { readonly className: string; readonly count: number; readonly retainedSize: Bytes };
}

/** Groups of nodes with one path, as columns; what has a single member and few edges is left out. */
export interface GroupTable {
  /** Whether the smallest were left out as well, for their number: they then look like groups that were not there. */
  readonly isCut: boolean;
  /** Two halves a key, low first. */
  readonly keys: Uint32Array;
  /** Position in the table of the group one step nearer to the root; `NOT_LISTED` where that is not in the table. */
  readonly parents: Uint32Array;
  readonly members: Uint32Array;
  /** Edges of all members. */
  readonly degrees: Uint32Array;
  readonly selfSize: Float64Array;
  /** Of the group as a whole. */
  readonly retainedSize: Float64Array;
}

export const NOT_LISTED = 0xffff_ffff;

/** What a group is, to be told to a person. */
export interface GroupDetail {
  /** Position in the table. */
  readonly group: number;
  readonly holder: SuspectHolder;
  /** Positions in the table of the groups from this one towards the root, this one first; unlisted ones are `NOT_LISTED`. */
  readonly chain: readonly number[];
  /** How many of the chain lie inside the container: entries and stores. The next one is the container itself. */
  readonly inside: number;
  readonly memberClass: string;
  readonly containerClass: string;
  readonly memberPlace?: Place;
  /** Functions that may add to it: `join() server.js:23`. */
  readonly writers?: readonly string[];
  /** From the root to the member. */
  readonly path: readonly string[];
  readonly distance: number;
  /** What its signature is made of: a step a line. */
  readonly identity: string;
  /** Sample of the members' odd ids, ascending. */
  readonly ids: Float64Array;
  /** The newest members', three at most. */
  readonly sampleIds: readonly number[];
}

/** What a dominator group is. */
export interface DominatedDetail {
  /** Position in the table. */
  readonly group: number;
  /** Of what dominates it. */
  readonly holder: SuspectHolder;
  readonly className: string;
}

/** A finding, told in what is good outside the worker. */
export interface FoundPattern {
  readonly detector: string;
  readonly name: string;
  readonly key: string;
  readonly count: number;
  readonly bytes: Bytes;
  readonly strength: number;
  readonly bounded?: number;
  /** The rest only of the snapshot that stands for the series' end. */
  readonly told?: ToldPattern;
}

export interface ToldPattern {
  readonly title: string;
  readonly holder: SuspectHolder;
  /** Positions in the table from the anchor's group towards the root. */
  readonly chain: readonly number[];
  /** Of the samples. */
  readonly sampleGroups: readonly number[];
  readonly path: readonly string[];
  readonly evidence: readonly Evidence[];
  readonly repair: string;
  readonly sampleIds: readonly number[];
  /** What its signature is made of: a step a line. */
  readonly identity: string;
}

const NO_GROUPS: GroupTable = {
  isCut: false,
  keys: new Uint32Array(0),
  parents: new Uint32Array(0),
  members: new Uint32Array(0),
  degrees: new Uint32Array(0),
  selfSize: new Float64Array(0),
  retainedSize: new Float64Array(0),
};

/** What stands for evidence that is good for comparisons alone where nothing is compared. */
export const NOTHING_TO_COMPARE = {
  ids: { level: 0, ids: new Float64Array(0), kinds: new Uint32Array(0), largest: 0 },
  groups: NO_GROUPS,
  dominated: NO_GROUPS,
  details: [],
  dominatedDetails: [],
};

/** Groups with fewer members and fewer edges than these say nothing about growth. */
export const LEAST_MEMBERS = 2;
export const LEAST_DEGREE = 8;
/** Beyond that the smallest are left out, and the output says so. */
const MOST_LISTED = 1 << 18;

/** The table, and each group's position in it. */
export interface ListedGroups {
  readonly table: GroupTable;
  readonly positionOf: Uint32Array;
  readonly groupAt: Uint32Array;
}

export function listGroups(groups: KeyGroups & { readonly parents?: Uint32Array }, most = MOST_LISTED): ListedGroups {
  const { size, members, degrees, retainedSize, selfSize, parents, keys } = groups;
  let listed: number[] = [];
  for (let group = 1; group < size; group++) {
    if (members[group] >= LEAST_MEMBERS || degrees[group] >= LEAST_DEGREE) listed.push(group);
  }
  const isCut = listed.length > most;
  if (isCut) {
    listed.sort((a, b) => retainedSize[b] - retainedSize[a] || a - b);
    listed = listed.slice(0, most).sort((a, b) => a - b);
  }
  const groupAt = Uint32Array.from(listed);
  const positionOf = new Uint32Array(size).fill(NOT_LISTED);
  for (const [position, group] of groupAt.entries()) positionOf[group] = position;
  const table = {
    isCut,
    keys: Uint32Array.from({ length: 2 * groupAt.length }, (_, half) => keys[2 * groupAt[half >> 1] + (half & 1)]),
    parents: groupAt.map((group) => (parents === undefined ? NOT_LISTED : positionOf[parents[group]])),
    members: groupAt.map((group) => members[group]),
    degrees: groupAt.map((group) => degrees[group]),
    selfSize: Float64Array.from(groupAt, (group) => selfSize[group]),
    retainedSize: Float64Array.from(groupAt, (group) => retainedSize[group]),
  };
  return { table, positionOf, groupAt };
}
