import { expect, it } from 'vitest';
import {
  counted,
  formatBytes,
  formatBytesDelta,
  formatCount,
  formatCountDelta,
  formatExactBytes,
  formatShare,
} from '#src/report/units.js';

it.each([
  [0, '0 B'],
  [999, '999 B'],
  [999.4, '999 B'],
  [999.5, '1.0 kB'],
  [1000, '1.0 kB'],
  [12_345, '12.3 kB'],
  [999_949, '999.9 kB'],
  [999_950, '1.0 MB'],
  [104_857_600, '104.9 MB'],
  [4_294_967_296, '4.3 GB'],
  [Number.MAX_SAFE_INTEGER, '9.0 PB'],
  [-1500, '-1.5 kB'],
  [-0.2, '0 B'],
])('formatBytes(%d) is %s', (bytes, shown) => {
  expect(formatBytes(bytes)).toBe(shown);
});

it.each([
  [0, '0'],
  [999, '999'],
  [1000, '1,000'],
  [1_234_567, '1,234,567'],
  [12.34, '12.3'],
  [12.04, '12'],
  [1234.5, '1,235'],
  [-1234, '-1,234'],
  [-0.04, '0'],
  [Number.MAX_SAFE_INTEGER, '9,007,199,254,740,991'],
])('formatCount(%d) is %s', (count, shown) => {
  expect(formatCount(count)).toBe(shown);
});

it('deltas carry a sign unless they show as zero', () => {
  expect([5, -5, 0, 0.01, -0.01].map(formatCountDelta)).toEqual(['+5', '-5', '0', '0', '0']);
  expect([1500, -1500, 0, 0.4].map(formatBytesDelta)).toEqual(['+1.5 kB', '-1.5 kB', '0 B', '0 B']);
});

it('exact sizes state their bytes once the short form rounds', () => {
  expect(formatExactBytes(999)).toBe('999 B');
  expect(formatExactBytes(4_286_139)).toBe('4.3 MB (4,286,139 bytes)');
});

it('shares of nothing are nothing', () => {
  expect(formatShare(1, 8)).toBe('12.5 %');
  expect(formatShare(0, 0)).toBe('0.0 %');
});

it('counts take the singular for one only', () => {
  expect([0, 1, 2].map((n) => counted(n, 'class', 'classes'))).toEqual(['0 classes', '1 class', '2 classes']);
});
