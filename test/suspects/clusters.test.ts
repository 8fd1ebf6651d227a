import { describe, expect, test } from 'vitest';
import { clusterRoots, type PatternSeries, patternSeries, tellRoots } from '#src/suspects/clusters.js';
import { NOT_LISTED } from '#src/suspects/evidence.js';
import { joinGroups } from '#src/suspects/join.js';
import { findRoots } from '#src/suspects/roots.js';
import { detailOf, patternOf, tablesOf } from './evidence-builder.js';

/** A map with two kinds of entries and a list elsewhere; all grow. */
const GROUPS = {
  map: { members: [1, 1, 1, 1, 1], degrees: [9, 9, 9, 9, 9] },
  key: { members: [100, 200, 300, 400, 500], parent: 'map' },
  value: { members: [200, 400, 600, 800, 1000], parent: 'map' },
  link: { members: [10, 20, 30, 40, 50] },
};
const [MAP, KEY, VALUE, LINK] = [0, 1, 2, 3];

function rootsWith(details: Parameters<typeof tellRoots>[2]) {
  const groups = joinGroups(tablesOf(GROUPS));
  return tellRoots(findRoots(groups, [MAP, KEY, VALUE, LINK]), groups, details);
}

const inMap = { chain: [KEY, MAP, NOT_LISTED], inside: 1 };
const DETAILS = new Map([
  [KEY, detailOf(KEY, inMap)],
  [VALUE, detailOf(VALUE, { ...inMap, chain: [VALUE, MAP, NOT_LISTED] })],
  [LINK, detailOf(LINK)],
]);

describe('roots of growth', () => {
  test('come with their retained sizes, and without those of which nothing is told', () => {
    const told = rootsWith(DETAILS);
    expect(told.map(({ group }) => group)).toEqual([KEY, VALUE, LINK]);
    expect(told[0].retainedSize).toEqual([100_000, 200_000, 300_000, 400_000, 500_000]);
    expect(rootsWith(new Map([[LINK, detailOf(LINK)]])).map(({ group }) => group)).toEqual([LINK]);
  });

  test('of one container are one suspect, the one that grows most first', () => {
    const clusters = clusterRoots(rootsWith(DETAILS), []);
    expect(clusters.map(({ roots }) => roots.map(({ group }) => group))).toEqual([[VALUE, KEY], [LINK]]);
  });

  test('of containers that are not listed are one where their holders read the same', () => {
    const unlisted = (expression: string) => ({
      holder: { expression, kind: 'field' },
      chain: [NOT_LISTED, NOT_LISTED],
      inside: 1,
    });
    const clustersOf = (...expressions: [string, string, string]) => {
      const details = [KEY, VALUE, LINK].map((group, at) => detailOf(group, unlisted(expressions[at])));
      const roots = rootsWith(new Map(details.map((detail) => [detail.group, detail])));
      return clusterRoots(roots, []).map((cluster) => cluster.roots.map(({ group }) => group));
    };
    expect(clustersOf('Service.map', 'Service.map', 'Other.map')).toEqual([[VALUE, KEY], [LINK]]);
    expect(clustersOf('A.map', 'B.map', 'C.map')).toEqual([[KEY], [VALUE], [LINK]]);
  });
});

describe('patterns', () => {
  const rising = [10, 20, 30, 40, 50];
  const flat = [10, 10, 10, 10, 10];
  const seriesOf = (key: string, counts: number[], told: Parameters<typeof patternOf>[2], strength = 0.5) => ({
    pattern: patternOf(key, { strength }, told ?? {}),
    counts,
    bytes: counts,
  });

  test('belong to the root whose container, entry or store they are about', () => {
    const patterns = [
      seriesOf('at the container', flat, { chain: [MAP] }),
      seriesOf('at an entry', rising, { chain: [NOT_LISTED], sampleGroups: [NOT_LISTED, VALUE] }),
      seriesOf('at the list', flat, { chain: [LINK, MAP] }),
    ];
    const clusters = clusterRoots(rootsWith(DETAILS), patterns);
    expect(clusters.map((cluster) => cluster.patterns.map(({ pattern }) => pattern.key))).toEqual([
      ['at an entry', 'at the container'],
      ['at the list'],
    ]);
  });

  test('of none are suspects of their own where they grow, and nothing else', () => {
    const patterns = [
      seriesOf('grows', rising, { chain: [NOT_LISTED], sampleGroups: [NOT_LISTED] }),
      seriesOf('stays', flat, { chain: [NOT_LISTED] }),
    ];
    const clusters = clusterRoots(rootsWith(DETAILS), patterns);
    expect(clusters.map(({ roots, patterns: own }) => [roots.length, own.map(({ pattern }) => pattern.key)])).toEqual([
      [2, []],
      [1, []],
      [0, ['grows']],
    ]);
  });

  test('about what lies in what accumulates are told there, where they grow along', () => {
    const patterns = [
      seriesOf('in an entry', rising, { chain: [NOT_LISTED, VALUE, MAP] }),
      seriesOf('in the list', rising, { chain: [NOT_LISTED, NOT_LISTED, LINK] }),
      seriesOf('in the list, strong', rising, { chain: [NOT_LISTED, LINK] }, 0.9),
      seriesOf('stays', flat, { chain: [NOT_LISTED, LINK] }),
    ];
    const clusters = clusterRoots(rootsWith(DETAILS), patterns);
    const keysOf = (series: readonly PatternSeries[]) => series.map(({ pattern }) => pattern.key);
    expect(clusters.map((cluster) => keysOf(cluster.patterns))).toEqual([[], []]);
    expect(clusters.map((cluster) => keysOf(cluster.inside))).toEqual([
      ['in an entry'],
      ['in the list, strong', 'in the list'],
    ]);
  });

  test('that grow come before strong ones, strong ones before large ones', () => {
    const about = { chain: [LINK] };
    const patterns = [
      seriesOf('strong', flat, about, 0.9),
      seriesOf('weak and growing', rising, about, 0.1),
      {
        ...seriesOf('strong and large', flat, about, 0.9),
        pattern: patternOf('large', { strength: 0.9, bytes: 9e6 }, about),
      },
    ];
    const [, cluster] = clusterRoots(rootsWith(DETAILS), patterns);
    expect(cluster.patterns.map(({ pattern }) => pattern.key)).toEqual(['weak and growing', 'large', 'strong']);
  });

  test('have their figures in every snapshot, none where a snapshot does not have them', () => {
    const [first, second, third] = patternSeries([
      [patternOf('a', { count: 1, bytes: 100 }), patternOf('gone', { count: 5 })],
      [patternOf('b', { count: 7, bytes: 700 }), patternOf('a', { count: 2, bytes: 200 })],
      [
        patternOf('a', { count: 3, bytes: 300 }, {}),
        patternOf('b', { count: 8, bytes: 800 }, {}),
        patternOf('c', {}, {}),
      ],
    ]);
    expect(first).toMatchObject({ pattern: { key: 'a' }, counts: [1, 2, 3], bytes: [100, 200, 300] });
    expect(second).toMatchObject({ pattern: { key: 'b' }, counts: [0, 7, 8], bytes: [0, 700, 800] });
    expect(third).toMatchObject({ pattern: { key: 'c' }, counts: [0, 0, 10], bytes: [0, 0, 1000] });
  });

  test('of one detector and key are one, in every snapshot; of another detector they are not', () => {
    const found = patternSeries([
      [patternOf('a', { count: 1, bytes: 100 }), patternOf('a', { count: 2, bytes: 200 })],
      [
        patternOf('a', { count: 10, bytes: 900 }, { title: 'the largest' }),
        patternOf('b', {}, {}),
        patternOf('a', { count: 4, bytes: 400 }, { title: 'another' }),
        patternOf('a', { detector: 'D1', count: 5, bytes: 1 }, {}),
      ],
    ]);
    expect(found.map(({ pattern, counts, bytes }) => [pattern.detector, pattern.key, counts, bytes])).toEqual([
      ['D0', 'a', [3, 14], [300, 1300]],
      ['D0', 'b', [0, 10], [0, 1000]],
      ['D1', 'a', [0, 5], [0, 1]],
    ]);
    expect(found[0].pattern.told?.title).toBe('the largest');
  });
});
