import { describe, expect, test } from 'vitest';
import { findSuspects } from '#src/suspects/find.js';
import { detailOf, evidenceOf, processSamples, tablesOf } from './evidence-builder.js';

/** A series in which one group grows. */
function seriesOf(isCut: (snapshot: number) => boolean) {
  const tables = tablesOf({ kept: { members: [100, 200, 300, 400, 500] } });
  const samples = processSamples(1, tables.length);
  return tables.map((table, at) =>
    evidenceOf({ groups: { ...table, isCut: isCut(at) }, ids: samples[at], details: [detailOf(0)] }),
  );
}

const PLACES = [0, 1, 2, 3, 4];

describe('the search for suspects', () => {
  test('names what grows', () => {
    const { suspects, series } = findSuspects(
      seriesOf(() => false),
      PLACES,
    );
    expect(suspects.map(({ holder }) => holder.expression)).toEqual(['global.held0']);
    expect(suspects[0].growth?.count).toEqual([100, 200, 300, 400, 500]);
    expect(series.notes).toEqual([]);
  });

  test('tests what retains as much as it is told to, whatever the size of the heap', () => {
    // 300 kB on average, in heaps of 1 GB.
    const evidence = seriesOf(() => false).map((one) => ({ ...one, totalSize: 1e9 }));
    expect(findSuspects(evidence, PLACES).suspects).toEqual([]);
    const found = (leastBytes: number) => findSuspects(evidence, PLACES, { leastBytes }).suspects.length;
    expect([300_000, 300_001, 0].map(found)).toEqual([1, 0, 1]);
  });

  test('says when a snapshot has more groups than are compared', () => {
    const { suspects, series } = findSuspects(
      seriesOf((at) => at === 1),
      PLACES,
    );
    expect(suspects).toHaveLength(1);
    expect(series.notes).toEqual([expect.stringMatching(/^more groups of nodes than are compared, /)]);
  });
});
