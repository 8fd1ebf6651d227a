import { expect, test } from 'vitest';
import type { AllocationSite, HeapProfile } from '#src/base/profile-types.js';
import { diffProfiles } from '#src/profile/diff.js';

function profile(sizes: Readonly<Record<string, number>>, changes: Partial<AllocationSite> = {}): HeapProfile {
  const sites = Object.entries(sizes).map(([name, selfSize]) => ({
    ...{ function: name, script: 'app.js', line: 1, column: 1, selfSize, count: selfSize / 8, stack: [] },
    ...changes,
  }));
  return { sites, totalSize: 0, samples: 0 };
}

const shortly = (series: HeapProfile[]) =>
  diffProfiles(series).map(({ function: name, values, delta, rises }) => [name, values, delta, rises]);

test('of two profiles: what the second one has more, the largest first, then by name', () => {
  const base = profile({ same: 80, less: 800, gone: 80, b: 16, a: 16, most: 8 });
  const current = profile({ same: 80, less: 80, b: 24, a: 24, most: 800, fresh: 40 });
  expect(shortly([base, current])).toEqual([
    ['most', [8, 800], 792, 1],
    ['fresh', [0, 40], 40, 1],
    ['a', [16, 24], 8, 1],
    ['b', [16, 24], 8, 1],
  ]);
});

test('of a series: every value, and how many are larger than the one before', () => {
  const series = [profile({ a: 8, b: 8 }), profile({ a: 16 }), profile({ a: 16, b: 80 }), profile({ a: 32, b: 24 })];
  expect(shortly(series)).toEqual([
    ['a', [8, 16, 16, 32], 24, 2],
    ['b', [8, 0, 80, 24], 16, 1],
  ]);
});

test('what stands elsewhere is another function; stack and samples are those of the last profile', () => {
  const [moved] = diffProfiles([profile({ a: 8 }), profile({ a: 16 }, { line: 2, stack: ['main'] })]);
  expect(moved).toEqual({
    ...{ function: 'a', script: 'app.js', line: 2, column: 1, values: [0, 16], delta: 16, rises: 1, count: 2 },
    stack: ['main'],
  });
  expect(diffProfiles([profile({ a: 8 }, { script: 'a' }), profile({ a: 16 }, { script: 'b' })])[0].delta).toBe(16);
});

test('fifty at most, and nothing of fewer than two', () => {
  const many = Object.fromEntries(Array.from({ length: 60 }, (_, at) => [`f${at}`, 8 * (at + 1)]));
  const growing = diffProfiles([profile({}), profile(many)]);
  expect(growing.length).toBe(50);
  expect(growing[49].delta).toBe(88);
  expect(diffProfiles([])).toEqual([]);
  expect(diffProfiles([profile({ a: 8 })])).toEqual([]);
});

test('names of whatever kind are names', () => {
  const sizes = JSON.parse('{"__proto__":16,"constructor":8}');
  expect(shortly([profile({}), profile(sizes)])).toEqual([
    ['__proto__', [0, 16], 16, 1],
    ['constructor', [0, 8], 8, 1],
  ]);
});
