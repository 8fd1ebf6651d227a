import type { GroupDetail, SnapshotEvidence } from './evidence.js';

/**
 * Evidence as a JSON document, columns as base64 of their bytes (little-endian): for caches, and for shards, which other machines put
 * together.
 */
export interface EvidenceDocument extends Omit<SnapshotEvidence, 'ids' | 'groups' | 'details'> {
  readonly ids: { readonly level: number; readonly ids: string; readonly kinds: string; readonly largest: number };
  readonly groups: {
    readonly isCut: boolean;
    readonly keys: string;
    readonly parents: string;
    readonly members: string;
    readonly degrees: string;
    readonly selfSize: string;
    readonly retainedSize: string;
  };
  readonly details: readonly DetailDocument[];
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

export function evidenceDocument({ ids, groups, details, ...rest }: SnapshotEvidence): EvidenceDocument {
  return {
    ...rest,
    ids: { level: ids.level, ids: textOf(ids.ids), kinds: textOf(ids.kinds), largest: ids.largest },
    groups: {
      isCut: groups.isCut,
      keys: textOf(groups.keys),
      parents: textOf(groups.parents),
      members: textOf(groups.members),
      degrees: textOf(groups.degrees),
      selfSize: textOf(groups.selfSize),
      retainedSize: textOf(groups.retainedSize),
    },
    details: details.map(({ ids: members, ...detail }) => ({ ...detail, ids: textOf(members) })),
  };
}

/** Throws a RangeError where columns do not belong together. */
export function evidenceFrom({ ids, groups, details, ...rest }: EvidenceDocument): SnapshotEvidence {
  const evidence: SnapshotEvidence = {
    ...rest,
    ids: { level: ids.level, ids: doubles(ids.ids), kinds: whole(ids.kinds), largest: ids.largest },
    groups: {
      isCut: groups.isCut,
      keys: whole(groups.keys),
      parents: whole(groups.parents),
      members: whole(groups.members),
      degrees: whole(groups.degrees),
      selfSize: doubles(groups.selfSize),
      retainedSize: doubles(groups.retainedSize),
    },
    details: details.map(({ ids: members, ...detail }) => ({ ...detail, ids: doubles(members) })),
  };
  checkLengths(evidence);
  return evidence;
}

function checkLengths({ ids, groups, details }: SnapshotEvidence): void {
  const size = groups.members.length;
  const { keys, parents, degrees, selfSize, retainedSize } = groups;
  const lengths = [keys.length / 2, parents.length, degrees.length, selfSize.length, retainedSize.length];
  const other = lengths.find((length) => length !== size);
  if (other !== undefined) throw new RangeError(`found a column of ${other} groups, expected ${size}`);
  if (ids.ids.length !== ids.kinds.length) {
    throw new RangeError(`found ${ids.kinds.length} kinds of ids, expected ${ids.ids.length}`);
  }
  const astray = details.find(({ group }) => !(Number.isInteger(group) && group >= 0 && group < size));
  if (astray) throw new RangeError(`found details of group ${astray.group}, expected one below ${size}`);
}
