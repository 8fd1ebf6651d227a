import { type GroupDetail, type GroupTable, NOT_LISTED, type SnapshotEvidence } from './evidence.js';

/**
 * Evidence as a JSON document, columns as base64 of their bytes (little-endian): for caches, and for shards, which other machines put
 * together.
 */
export interface EvidenceDocument extends Omit<SnapshotEvidence, 'ids' | 'groups' | 'dominated' | 'details'> {
  readonly ids: { readonly level: number; readonly ids: string; readonly kinds: string; readonly largest: number };
  readonly groups: TableDocument;
  readonly dominated: TableDocument;
  readonly details: readonly DetailDocument[];
}

export interface TableDocument {
  readonly isCut: boolean;
  readonly keys: string;
  readonly parents: string;
  readonly members: string;
  readonly degrees: string;
  readonly selfSize: string;
  readonly retainedSize: string;
}

export interface DetailDocument extends Omit<GroupDetail, 'ids'> {
  readonly ids: string;
}

type Columns = Uint32Array | Float64Array;

const textOf = ({ buffer, byteOffset, byteLength }: Columns): string =>
  Buffer.from(buffer, byteOffset, byteLength).toString('base64');

function bytesOf(text: string): ArrayBuffer {
  const bytes = Buffer.from(text, 'base64');
  // A Buffer may lie anywhere in a pool; a typed array begins at a multiple of its elements.
  return Uint8Array.from(bytes).buffer;
}

const whole = (text: string): Uint32Array => new Uint32Array(bytesOf(text));
const doubles = (text: string): Float64Array => new Float64Array(bytesOf(text));

export function evidenceDocument({ ids, groups, dominated, details, ...rest }: SnapshotEvidence): EvidenceDocument {
  return {
    ...rest,
    ids: { level: ids.level, ids: textOf(ids.ids), kinds: textOf(ids.kinds), largest: ids.largest },
    groups: tableDocument(groups),
    dominated: tableDocument(dominated),
    details: details.map(({ ids: members, ...detail }) => ({ ...detail, ids: textOf(members) })),
  };
}

function tableDocument(table: GroupTable): TableDocument {
  return {
    isCut: table.isCut,
    keys: textOf(table.keys),
    parents: textOf(table.parents),
    members: textOf(table.members),
    degrees: textOf(table.degrees),
    selfSize: textOf(table.selfSize),
    retainedSize: textOf(table.retainedSize),
  };
}

/** Throws a RangeError where columns do not belong together. */
export function evidenceFrom({ ids, groups, dominated, details, ...rest }: EvidenceDocument): SnapshotEvidence {
  const evidence: SnapshotEvidence = {
    ...rest,
    ids: { level: ids.level, ids: doubles(ids.ids), kinds: whole(ids.kinds), largest: ids.largest },
    groups: tableFrom(groups),
    dominated: tableFrom(dominated),
    details: details.map(({ ids: members, ...detail }) => ({ ...detail, ids: doubles(members) })),
  };
  checkLengths(evidence);
  return evidence;
}

function tableFrom(table: TableDocument): GroupTable {
  return {
    isCut: table.isCut,
    keys: whole(table.keys),
    parents: whole(table.parents),
    members: whole(table.members),
    degrees: whole(table.degrees),
    selfSize: doubles(table.selfSize),
    retainedSize: doubles(table.retainedSize),
  };
}

function checkLengths({ ids, groups, dominated, details, dominatedDetails }: SnapshotEvidence): void {
  for (const table of [groups, dominated]) checkTable(table);
  if (ids.ids.length !== ids.kinds.length) {
    throw new RangeError(`found ${ids.kinds.length} kinds of ids, expected ${ids.ids.length}`);
  }
  checkPlaces(details, groups);
  checkPlaces(dominatedDetails, dominated);
}

function checkTable({ members, keys, parents, degrees, selfSize, retainedSize }: GroupTable): void {
  const lengths = [keys.length / 2, parents.length, degrees.length, selfSize.length, retainedSize.length];
  const other = lengths.find((length) => length !== members.length);
  if (other !== undefined) throw new RangeError(`found a column of ${other} groups, expected ${members.length}`);
  const stray = parents.find((parent) => parent >= members.length && parent !== NOT_LISTED);
  if (stray !== undefined) {
    throw new RangeError(`found group ${stray} before another, expected one below ${members.length}`);
  }
}

function checkPlaces(details: readonly { readonly group: number }[], { members }: GroupTable): void {
  const astray = details.find(({ group }) => !(Number.isInteger(group) && group >= 0 && group < members.length));
  if (astray) throw new RangeError(`found details of group ${astray.group}, expected one below ${members.length}`);
}
