import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { calendarOf, DAY, slidingRatio, YEAR } from '#src/scan/sliding-ratios.js';
import { rounds } from '../trend/random-series.js';

const HOUR = DAY / 24;
const NONE = Number.NaN;

/** Every sample before is looked at. */
function plainRatios(ts: readonly number[], values: readonly number[], back: number): number[] {
  const gaps = ts
    .slice(1)
    .map((time, at) => time - ts[at])
    .filter((gap) => gap > 0)
    .sort((a, b) => a - b);
  const middle = (gaps[(gaps.length - 1) >> 1] + gaps[gaps.length >> 1]) / 2;
  return ts.map((time, at) => {
    const distances = ts.slice(0, at).map((other) => Math.abs(other - (time - back)));
    const least = Math.min(...distances);
    const nearest = distances.lastIndexOf(least);
    if (nearest < 0 || least > Math.min(middle, back / 48) || values[nearest] === 0) return NONE;
    return values[at] / values[nearest];
  });
}

function ratios(ts: readonly number[], values: readonly number[], back: number): number[] {
  return [...slidingRatio(Float64Array.from(ts), Float64Array.from(values), back)];
}

test('ratios are those of a search through all samples before', () => {
  const gap = fc.oneof(fc.constant(10), fc.integer({ min: 0, max: 20 }), fc.integer({ min: 0, max: 60 }));
  const sample = fc.tuple(gap, fc.integer({ min: 0, max: 5 }));
  const series = fc.array(sample, { minLength: 1, maxLength: 80, size: 'max' });
  let found = 0;
  fc.assert(
    fc.property(series, fc.integer({ min: 10, max: 600 }), (samples, back) => {
      let time = 0;
      const ts = samples.map(([distance]) => (time += distance));
      const values = samples.map(([, value]) => value);
      const expected = plainRatios(ts, values, back);
      found += expected.filter((ratio) => !Number.isNaN(ratio)).length;
      expect(ratios(ts, values, back)).toEqual(expected);
    }),
    { seed: 36, numRuns: 500 },
  );
  expect(found).toBeGreaterThan(1000);
});

describe('a value over the one a day before', () => {
  test('is there from the second day on, hour by hour', () => {
    const ts = rounds(72).map((hour) => hour * HOUR);
    const values = rounds(72).map((hour) => (100 + (hour % 24)) * [1, 1.5, 3][Math.floor(hour / 24)]);
    const expected = [...new Array(24).fill(NONE), ...new Array(24).fill(1.5), ...new Array(24).fill(2)];
    expect(ratios(ts, values, DAY)).toEqual(expected);
  });

  test('takes one that is just so far away that it may', () => {
    for (const back of [48, 96, 48 * 7]) expect(ratios([0, back + back / 48], [2, 4], back)).toEqual([NONE, 2]);
  });

  test('takes the nearest sample, and of two equally near ones the later', () => {
    expect(ratios([0, 60_000, DAY + 20_000, DAY + 30_000, DAY + 50_000], [1, 2, 8, 8, 8], DAY)).toEqual([
      ...[NONE, NONE],
      ...[8, 4, 4],
    ]);
  });

  test('does without one that was 0, or further away than samples usually are from each other', () => {
    const ts = [0, 1, 2, 5, 6].map((minute) => minute * 60_000);
    const later = [0, 1, 3, 3.5, 5].map((minute) => DAY + minute * 60_000);
    const values = [0, 2, 3, 5, 6, 12, 12, 12, 12, 12];
    expect(ratios([...ts, ...later], values, DAY).slice(5)).toEqual([NONE, 6, 4, NONE, 12 / 5]);
  });

  test('is none in samples a week apart: nearest would be the sample itself', () => {
    expect(
      ratios(
        [0, 7, 14].map((day) => day * DAY),
        [1, 2, 3],
        DAY,
      ),
    ).toEqual([NONE, NONE, NONE]);
  });

  test('is none where a day is missing: the day before that is another one', () => {
    expect(
      ratios(
        [0, 1, 3, 4].map((day) => day * DAY),
        [1, 2, 3, 6],
        DAY,
      ),
    ).toEqual([NONE, 2, NONE, 2]);
  });
});

test('a year has 365 days, and weeks that do not fall together are near enough', () => {
  const ts = rounds(60).map((week) => week * 7 * DAY);
  const values = rounds(60).map((week) => 2 ** week);
  expect(YEAR).toBe(31_536_000_000);
  expect(ratios(ts, values, YEAR)).toEqual([...new Array(52).fill(NONE), ...new Array(8).fill(2 ** 52)]);
});

test('series that have nothing before have no ratio', () => {
  expect([ratios([], [], DAY), ratios([5], [5], DAY), ratios([5, 5], [5, 5], DAY)]).toEqual([[], [NONE], [NONE, NONE]]);
});

test('times that do not ascend, columns of different lengths and a time to come are refused', () => {
  expect(() => ratios([2, 1], [1, 1], DAY)).toThrow(
    new RangeError('times: found 1 at 1, expected an ascending finite number'),
  );
  expect(() => ratios([NONE], [1], DAY)).toThrow('times: found NaN at 0');
  expect(() => ratios([1, 2], [1], DAY)).toThrow(new RangeError('values: found 1, expected 2, one a time'));
  expect(() => ratios([1], [1], 0)).toThrow(new RangeError('back: found 0, expected milliseconds above 0'));
});

test.each([
  ['2026-11-28T00:00:00.000Z', 0, true],
  ['2026-11-29T23:59:59.999Z', 23, true],
  ['2026-11-30T00:00:00.000Z', 0, false],
  ['2026-11-27T23:59:59.999Z', 23, false],
  ['1969-12-28T05:30:00.000Z', 5, true],
])('%s is in hour %d, weekend: %s', (time, hourOfDay, isWeekend) => {
  expect(calendarOf(Date.parse(time))).toEqual({ hourOfDay, isWeekend });
});
