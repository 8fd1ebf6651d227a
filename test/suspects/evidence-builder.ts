import type { IdSample } from '#src/paths/id-sample.js';
import {
  type FoundPattern,
  type GroupDetail,
  type GroupTable,
  NOT_LISTED,
  type SnapshotEvidence,
  type ToldPattern,
} from '#src/suspects/evidence.js';

export interface GroupRow {
  readonly key: bigint;
  /** Key of the group before it. */
  readonly parent?: bigint;
  readonly members: number;
  readonly degrees?: number;
  readonly selfSize?: number;
  readonly retainedSize?: number;
}

export function tableOf(rows: readonly GroupRow[]): GroupTable {
  const places = new Map(rows.map(({ key }, place) => [key, place]));
  const halves = rows.flatMap(({ key }) => [Number(key & 0xffff_ffffn), Number(key >> 32n)]);
  return {
    isCut: false,
    keys: Uint32Array.from(halves),
    parents: Uint32Array.from(
      rows,
      ({ parent }) => (parent === undefined ? undefined : places.get(parent)) ?? NOT_LISTED,
    ),
    members: Uint32Array.from(rows, ({ members }) => members),
    degrees: Uint32Array.from(rows, ({ members, degrees }) => degrees ?? 2 * members),
    selfSize: Float64Array.from(rows, ({ members, selfSize }) => selfSize ?? 16 * members),
    retainedSize: Float64Array.from(rows, ({ members, retainedSize }) => retainedSize ?? 1000 * members),
  };
}

/** A group over a series: members, or edges, in each snapshot; a group without members is not in that table. */
export interface GroupSeries {
  readonly members: readonly number[];
  readonly degrees?: readonly number[];
  /** Name of the group before it. */
  readonly parent?: string;
}

/** A table a snapshot. Groups stand in the order given, so that each is known by its place in the last table. */
export function tablesOf(groups: Readonly<Record<string, GroupSeries>>): GroupTable[] {
  const names = Object.keys(groups);
  const keyOf = (name: string) => (BigInt(names.indexOf(name) + 1) << 32n) | 7n;
  const snapshots = groups[names[0]].members.length;
  return Array.from({ length: snapshots }, (_, at) =>
    tableOf(
      names
        .filter((name) => groups[name].members[at] > 0)
        .map((name) => {
          const { members, degrees, parent } = groups[name];
          const edges = degrees && { degrees: degrees[at] };
          return { key: keyOf(name), members: members[at], ...edges, ...(parent && { parent: keyOf(parent) }) };
        }),
    ),
  );
}

export function sampleOf(ids: readonly number[], kindOf: (id: number) => number): IdSample {
  return { level: 0, ids: Float64Array.from(ids), kinds: Uint32Array.from(ids, kindOf), largest: ids.at(-1) ?? 0 };
}

/**
 * Id samples of one process: 200 built-in objects that stay, 40 more a snapshot, of which some are gone by the next. Processes differ in
 * what the ids behind the first 20 stand for.
 */
export function processSamples(process: number, snapshots: number): IdSample[] {
  const kindOf = (id: number) => (id <= 40 ? id : 1000 * process + id);
  return Array.from({ length: snapshots }, (_, at) => {
    const born = Array.from({ length: 200 + 40 * (at + 1) }, (_, index) => 2 * index + 1);
    const isThere = (id: number, index: number) =>
      index < 200 || Math.floor((index - 200) / 40) === at || id % 10 !== 3;
    return sampleOf(born.filter(isThere), kindOf);
  });
}

export function evidenceOf(parts: Partial<SnapshotEvidence>): SnapshotEvidence {
  return {
    totalSize: 1_000_000,
    ids: sampleOf([], () => 0),
    groups: tableOf([]),
    dominated: tableOf([]),
    dominatedDetails: [],
    findings: [],
    details: [],
    dominators: [],
    ...parts,
  };
}

export function detailOf(group: number, parts: Partial<GroupDetail> = {}): GroupDetail {
  return {
    group,
    holder: { expression: `global.held${group}`, kind: 'global' },
    chain: [group],
    inside: 0,
    memberClass: 'Item',
    containerClass: 'Array',
    path: ['[] global', `.held${group} Array`, '[] Item'],
    distance: 3,
    identity: `identity ${group}`,
    ids: Float64Array.of(),
    sampleIds: [11, 9, 7],
    ...parts,
  };
}

export function patternOf(key: string, parts: Partial<FoundPattern> = {}, told?: Partial<ToldPattern>): FoundPattern {
  const whole: ToldPattern = {
    title: `${key} as a pattern`,
    holder: { expression: `global.${key}`, kind: 'global' },
    chain: [NOT_LISTED],
    sampleGroups: [],
    path: ['[] global', `.${key} Map`],
    evidence: [{ label: 'pattern', value: key }],
    repair: `Bound global.${key}`,
    sampleIds: [5, 3],
    identity: `identity of ${key}`,
    ...told,
  };
  const figures = { count: 10, bytes: 1000, strength: 0.5 };
  return { detector: 'D0', name: 'test-pattern', key, ...figures, ...parts, ...(told && { told: whole }) };
}
