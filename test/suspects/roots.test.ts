import { describe, expect, test } from 'vitest';
import { joinGroups } from '#src/suspects/join.js';
import { isRising, stepsOf } from '#src/suspects/rising.js';
import { findRoots } from '#src/suspects/roots.js';
import { type GroupSeries, tablesOf } from './evidence-builder.js';

/** Roots by the names of their groups, as `name by what: counts`. */
function rootsOf(groups: Readonly<Record<string, GroupSeries>>, candidates = Object.keys(groups)): string[] {
  const last = Object.entries(groups).filter(([, { members }]) => (members.at(-1) ?? 0) > 0);
  const names = last.map(([name]) => name);
  const joined = joinGroups(tablesOf(groups));
  const wanted = candidates.map((name) => names.indexOf(name)).filter((group) => group >= 0);
  return findRoots(joined, wanted).map(({ group, by, counts }) => `${names[group]} by ${by}: ${counts}`);
}

const one = [1, 1, 1, 1, 1];

describe('where growth begins', () => {
  test('what grows in something that does not grow is a root', () => {
    const groups = {
      cache: { members: one, degrees: [12, 12, 12, 12, 12] },
      entry: { members: [100, 200, 300, 400, 500], parent: 'cache' },
      other: { members: [50, 50, 50, 50, 50], parent: 'cache' },
    };
    expect(rootsOf(groups)).toEqual(['entry by members: 100,200,300,400,500']);
  });

  test('the growth of a leaf is explained by that of its holder', () => {
    const groups = {
      cache: { members: one },
      session: { members: [10, 20, 30, 40, 50], parent: 'cache' },
      line: { members: [40, 80, 120, 160, 200], parent: 'session' },
      text: { members: [40, 80, 120, 160, 200], parent: 'line' },
    };
    expect(rootsOf(groups)).toEqual(['session by members: 10,20,30,40,50']);
  });

  test('a leaf that grows more than three times as much as its holder brings along is a root of its own', () => {
    const leaf = (members: number[]) => ({
      session: { members: [10, 20, 30, 40, 50] },
      line: { members, parent: 'session' },
    });
    expect(rootsOf(leaf([20, 70, 130, 190, 260]))).toEqual(['session by members: 10,20,30,40,50']);
    expect(rootsOf(leaf([20, 70, 130, 190, 261]))).toEqual([
      'session by members: 10,20,30,40,50',
      'line by members: 20,70,130,190,261',
    ]);
  });

  test('a holder that there was more of once does not explain what grows each time', () => {
    const groups = {
      worker: { members: [1, 1, 1, 1, 1, 1, 2, 2, 2] },
      job: { members: [100, 110, 120, 130, 140, 150, 160, 170, 180], parent: 'worker' },
    };
    expect(rootsOf(groups)).toContain('job by members: 100,110,120,130,140,150,160,170,180');
  });

  test('a container whose entries grow is not a second root for its edges, nor are those around it', () => {
    const groups = {
      service: { members: one, degrees: [20, 21, 22, 23, 24] },
      map: { members: one, degrees: [110, 210, 310, 410, 510], parent: 'service' },
      table: { members: one, degrees: [100, 200, 300, 400, 500], parent: 'map' },
      entry: { members: [100, 200, 300, 400, 500], parent: 'table' },
    };
    expect(rootsOf(groups)).toEqual(['entry by members: 100,200,300,400,500']);
  });

  test('edges that grow without members behind them are a root by degrees', () => {
    const groups = {
      service: { members: one, degrees: [20, 20, 20, 20, 20] },
      numbers: { members: one, degrees: [100, 200, 300, 400, 500], parent: 'service' },
    };
    expect(rootsOf(groups)).toEqual(['numbers by degrees: 100,200,300,400,500']);
  });

  test('a list that gets longer is one root, at the group that its members share', () => {
    const groups = {
      queue: { members: one, degrees: [9, 9, 9, 9, 9] },
      head: { members: one, parent: 'queue' },
      link: { members: [99, 199, 299, 399, 499], parent: 'head' },
      value: { members: [99, 199, 299, 399, 499], parent: 'link' },
    };
    expect(rootsOf(groups)).toEqual(['link by members: 99,199,299,399,499']);
  });

  test('a group that the first snapshots do not list begins at none', () => {
    const groups = {
      cache: { members: one },
      entry: { members: [0, 0, 5, 10, 20], parent: 'cache' },
      session: { members: [0, 10, 20, 30, 40], parent: 'cache' },
      line: { members: [0, 30, 60, 90, 120], parent: 'session' },
    };
    expect(rootsOf(groups)).toEqual(['entry by members: 0,0,5,10,20', 'session by members: 0,10,20,30,40']);
  });

  test('only candidates are roots, but what is none can still explain', () => {
    const groups = {
      session: { members: [10, 20, 30, 40, 50] },
      line: { members: [10, 20, 30, 40, 50], parent: 'session' },
    };
    expect(rootsOf(groups, ['line'])).toEqual([]);
    expect(rootsOf(groups, ['session'])).toEqual(['session by members: 10,20,30,40,50']);
  });

  test('what stays, falls or goes up and down is no root', () => {
    const groups = {
      full: { members: [64, 64, 64, 64, 64] },
      falling: { members: [500, 400, 300, 200, 100] },
      sawtooth: { members: [10, 90, 20, 80, 30] },
    };
    expect(rootsOf(groups)).toEqual([]);
  });
});

describe('rising', () => {
  test.each([
    { values: [1, 2], rises: true },
    { values: [2, 2], rises: false },
    { values: [5], rises: false },
    { values: [], rises: false },
    { values: [1, 2, 3], rises: true },
    { values: [1, 2, 2], rises: false },
    { values: [1, 3, 2], rises: false },
    { values: [1, 2, 3, 4], rises: true },
    { values: [1, 2, 4, 3], rises: false },
    { values: [1, 2, 3, 5, 4], rises: true },
    { values: [1, 3, 2, 5, 4], rises: false },
    { values: [3, 2, 4, 5, 3], rises: false },
  ])('$values: $rises', ({ values, rises }) => {
    expect(isRising(values)).toBe(rises);
  });

  test('steps lead from one value to the next', () => {
    expect(stepsOf([1, 4, 4, 2])).toEqual([3, 0, -2]);
    expect(stepsOf([7])).toEqual([]);
  });
});
