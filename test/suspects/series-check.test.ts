import { describe, expect, test } from 'vitest';
import type { SnapshotEvidence } from '#src/suspects/evidence.js';
import { checkSeries, type SeriesOptions } from '#src/suspects/series-check.js';
import { evidenceOf, processSamples } from './evidence-builder.js';

const STRUCTURE = 'compared by structure: without ids it cannot be said when what accumulates was created';

/** So many snapshots of each process, one process behind the other; sizes grow evenly. */
function series(...snapshots: readonly number[]): SnapshotEvidence[] {
  const samples = snapshots.flatMap((count, process) => processSamples(process + 1, count));
  return samples.map((ids, at) => evidenceOf({ ids, totalSize: 1_000_000 + 50_000 * at }));
}

function check(evidence: readonly SnapshotEvidence[], options: SeriesOptions = {}, places = [...evidence.keys()]) {
  const { report, evidence: used } = checkSeries(evidence, places, options);
  expect(used).toEqual(report.compared.map((place) => evidence[places.indexOf(place)]));
  return report;
}

describe('whether a series is of one process', () => {
  test('snapshots of one process are compared by ids, all of them', () => {
    expect(check(series(4))).toEqual({
      compared: [0, 1, 2, 3],
      relation: 'same process',
      comparedBy: 'ids',
      warmUp: 0,
      restarts: [],
      notes: [],
    });
  });

  test('a restart in the middle leaves the last process where that has three snapshots', () => {
    expect(check(series(4, 3))).toEqual({
      compared: [4, 5, 6],
      relation: 'same process',
      comparedBy: 'ids',
      warmUp: 0,
      restarts: [4],
      notes: ['compared: the 3 snapshots since the last restart'],
    });
  });

  test('of two restarts the last counts, and both are told', () => {
    expect(check(series(2, 3, 4))).toMatchObject({ compared: [5, 6, 7, 8], restarts: [2, 5], comparedBy: 'ids' });
  });

  test('with fewer than three snapshots behind the restart all are compared by structure', () => {
    expect(check(series(3, 2))).toEqual({
      compared: [0, 1, 2, 3, 4],
      relation: 'different processes',
      comparedBy: 'structure',
      warmUp: 0,
      restarts: [3],
      notes: [STRUCTURE],
    });
  });

  test('a process for each snapshot is compared by structure, whatever the user assumes', () => {
    const expected = {
      compared: [0, 1, 2],
      relation: 'different processes',
      comparedBy: 'structure',
      restarts: [1, 2],
    };
    expect(check(series(1, 1, 1))).toMatchObject(expected);
    expect(check(series(1, 1, 1), { assumeSameProcess: true })).toMatchObject(expected);
  });

  test('restarts and what is compared are told by the places in the analysis', () => {
    expect(check(series(2, 3), {}, [0, 2, 3, 5, 9])).toMatchObject({ compared: [3, 5, 9], restarts: [3] });
  });

  test('one snapshot is a series of one', () => {
    expect(check(series(1), {}, [3])).toMatchObject({ compared: [3], relation: 'same process', notes: [] });
  });

  test('snapshots without ids are uncertain, and taken for one process where the user says so', () => {
    const evidence = Array.from({ length: 3 }, () => evidenceOf({}));
    expect(check(evidence)).toMatchObject({ relation: 'uncertain', comparedBy: 'structure', notes: [STRUCTURE] });
    expect(check(evidence, { assumeSameProcess: true })).toMatchObject({
      relation: 'uncertain',
      comparedBy: 'ids',
      notes: [],
    });
  });
});

describe('the order of a series', () => {
  const [first, second, third, fourth] = series(4);
  const note = (later: SnapshotEvidence, earlier: SnapshotEvidence) =>
    `SNAPSHOT_ORDER: snapshots: found largest id ${later.ids.largest} behind ${earlier.ids.largest}, ` +
    'expected ids to grow in the order given';

  test('another one is told, not mended', () => {
    const report = check([first, third, second, fourth]);
    expect(report).toMatchObject({ compared: [0, 1, 2, 3], relation: 'uncertain', comparedBy: 'structure' });
    expect(report.notes).toEqual([note(second, third), STRUCTURE]);
    expect(check([fourth, third, second, first]).notes).toEqual([note(third, fourth), STRUCTURE]);
  });

  test('so it is where the user takes ids for one process’s', () => {
    const report = check([first, third, second, fourth], { assumeSameProcess: true });
    expect(report).toMatchObject({ comparedBy: 'ids', notes: [note(second, third)] });
  });

  test('ids of different processes have none', () => {
    expect(check([fourth, ...series(1, 1).slice(1), first]).notes).toEqual([STRUCTURE]);
  });
});

describe('warm-up', () => {
  test('from six snapshots on the first is left out', () => {
    expect(check(series(5))).toMatchObject({ warmUp: 0, compared: [0, 1, 2, 3, 4] });
    expect(check(series(6))).toMatchObject({ warmUp: 1, compared: [1, 2, 3, 4, 5] });
  });

  test('and a second one whose growth is unlike the rest', () => {
    const evidence = series(8).map((one, at) => ({ ...one, totalSize: one.totalSize - (at < 2 ? 600_000 : 0) }));
    expect(check(evidence)).toMatchObject({ warmUp: 2, compared: [2, 3, 4, 5, 6, 7] });
  });

  test('the user’s number is taken, as long as a snapshot is left', () => {
    expect(check(series(8), { warmUp: 0 })).toMatchObject({ warmUp: 0, compared: [0, 1, 2, 3, 4, 5, 6, 7] });
    expect(check(series(8), { warmUp: 3 })).toMatchObject({ warmUp: 3, compared: [3, 4, 5, 6, 7] });
    expect(check(series(3), { warmUp: 9 })).toMatchObject({ warmUp: 2, compared: [2] });
  });

  test('is counted from the restart', () => {
    expect(check(series(2, 6))).toMatchObject({ warmUp: 1, compared: [3, 4, 5, 6, 7], restarts: [2] });
  });
});
