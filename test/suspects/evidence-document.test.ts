import { beforeAll, describe, expect, test } from 'vitest';
import { collectEvidence } from '#src/suspects/collect.js';
import { NOT_LISTED, type SnapshotEvidence } from '#src/suspects/evidence.js';
import { type EvidenceDocument, evidenceDocument, evidenceFrom } from '#src/suspects/evidence-document.js';
import { scratchFolder, writeWithNode } from '../api/snapshot-files.js';
import { tellFile } from '../paths/told-snapshot.js';
import { detailOf, evidenceOf, patternOf, sampleOf, tableOf } from './evidence-builder.js';

const roundTrip = (evidence: SnapshotEvidence): SnapshotEvidence =>
  evidenceFrom(JSON.parse(JSON.stringify(evidenceDocument(evidence))));

const HAND_MADE = evidenceOf({
  totalSize: 123_456_789_012,
  ids: sampleOf([1, 3, 2 ** 32 + 5, 2 ** 52 + 1], (id) => id % 1000),
  groups: tableOf([
    { key: 0xffff_ffff_0000_0001n, members: 4_294_967_295, retainedSize: 2 ** 50 + 0.5 },
    { key: 2n, parent: 0xffff_ffff_0000_0001n, members: 3, degrees: 17 },
    { key: 3n, parent: 2n, members: 1, degrees: 9 },
  ]),
  findings: [patternOf('counted'), patternOf('told', {}, { sampleGroups: [0, NOT_LISTED] })],
  details: [
    detailOf(2, { ids: Float64Array.of(5, 7, 2 ** 40 + 1), memberPlace: { script: '/a.js', line: 1, column: 2 } }),
    detailOf(0, { chain: [0, NOT_LISTED], inside: 1 }),
  ],
});

describe('evidence as a document', () => {
  let real: SnapshotEvidence;

  beforeAll(async () => {
    const [file] = writeWithNode(scratchFolder(), 'evidence', 1);
    const { arena, view } = await tellFile(file);
    real = await collectEvidence(arena, view.snapshot, { isTold: true });
  });

  test('comes back as it was, through JSON', () => {
    expect(real.groups.members.length).toBeGreaterThan(1000);
    expect(real.details.length).toBeGreaterThan(500);
    expect(real.ids.ids.length).toBeGreaterThan(1000);
    expect(roundTrip(real)).toEqual(real);
    expect(roundTrip(HAND_MADE)).toEqual(HAND_MADE);
    expect(roundTrip(evidenceOf({}))).toEqual(evidenceOf({}));
  });

  test('holds what was collected: groups with members or edges enough, each behind a listed one or none', () => {
    const { members, degrees, parents, retainedSize } = real.groups;
    expect(members.every((count, group) => count >= 2 || degrees[group] >= 8)).toBe(true);
    expect(parents.every((parent) => parent < members.length || parent === NOT_LISTED)).toBe(true);
    const orders = real.details.find(({ memberClass }) => memberClass === 'Order');
    expect(orders?.holder).toEqual({ expression: 'global.orders', kind: 'global' });
    const group = orders?.group ?? -1;
    expect(members[group]).toBe(300);
    expect(retainedSize[group]).toBeGreaterThan(300 * 24);
    expect(orders?.ids).toHaveLength(300);
  });

  const columns = ['keys', 'parents', 'members', 'degrees', 'selfSize', 'retainedSize'] as const;
  const bytesOf = (column: (typeof columns)[number]) =>
    Buffer.from(evidenceDocument(HAND_MADE).groups[column], 'base64');
  const withColumn = (column: (typeof columns)[number], bytes: Uint8Array): EvidenceDocument => {
    const document = evidenceDocument(HAND_MADE);
    return { ...document, groups: { ...document.groups, [column]: Buffer.from(bytes).toString('base64') } };
  };

  test.each(columns)('%s of another length are refused', (column) => {
    const bytes = bytesOf(column);
    const row = bytes.length / 3;
    expect(() => evidenceFrom(withColumn(column, bytes))).not.toThrow();
    expect(() => evidenceFrom(withColumn(column, bytes.subarray(row)))).toThrow(RangeError);
    expect(() => evidenceFrom(withColumn(column, Buffer.concat([bytes, bytes.subarray(0, row)])))).toThrow(RangeError);
    expect(() => evidenceFrom(withColumn(column, bytes.subarray(0, -1)))).toThrow(RangeError);
    expect(() => evidenceFrom(withColumn(column, bytes.subarray(0, -4)))).toThrow(RangeError);
  });

  test('columns that do not belong together are told', () => {
    const message = (document: EvidenceDocument) => {
      try {
        evidenceFrom(document);
      } catch (error) {
        return String(error);
      }
      return 'none';
    };
    const document = evidenceDocument(HAND_MADE);
    expect(message(withColumn('degrees', bytesOf('degrees').subarray(4)))).toBe(
      'RangeError: found a column of 2 groups, expected 3',
    );
    expect(message({ ...document, ids: { ...document.ids, kinds: '' } })).toBe(
      'RangeError: found 0 kinds of ids, expected 4',
    );
    for (const group of [3, -1, 0.5]) {
      expect(message({ ...document, details: [{ ...document.details[0], group }] })).toBe(
        `RangeError: found details of group ${group}, expected one below 3`,
      );
    }
    const parents = Buffer.from(Uint32Array.of(NOT_LISTED, 0, 3).buffer);
    expect(message(withColumn('parents', parents))).toBe(
      'RangeError: found group 3 before another, expected one below 3',
    );
  });
});
