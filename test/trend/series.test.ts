import { describe, expect, test } from 'vitest';
import { checkSeries, MOST_VALUES, positionsOf } from '#src/trend/series.js';

describe('a series', () => {
  test('may have from its least number to the most of values', () => {
    checkSeries([]);
    checkSeries([1, 2], 2);
    checkSeries(new Array(MOST_VALUES).fill(1));
    expect(() => checkSeries([1], 2)).toThrow('series: found 1 values, expected 2 to 2000');
    expect(() => checkSeries(new Array(MOST_VALUES + 1).fill(1))).toThrow('found 2001 values, expected 0 to 2000');
  });

  test.each([Number.NaN, Number.POSITIVE_INFINITY])('does not take %d', (value) => {
    expect(() => checkSeries([1, 2, value])).toThrow(
      new RangeError(`series: found ${value} at 2, expected a finite number`),
    );
  });
});

describe('positions', () => {
  test('are rounds where none are given', () => {
    expect(positionsOf([5, 6, 7])).toEqual([0, 1, 2]);
    expect(positionsOf([5, 6, 7], [-1, 0.5, 9])).toEqual([-1, 0.5, 9]);
  });

  test.each([
    [[0, 1], 'positions: found 2, expected 3, one a value'],
    [[0, 1, 1], 'positions: found 1 after 1, expected a larger one'],
    [[0, 2, 1], 'positions: found 1 after 2, expected a larger one'],
    [[0, Number.NaN, 1], 'positions: found NaN at 1, expected a finite number'],
  ])('%j are refused', (positions, message) => {
    expect(() => positionsOf([5, 6, 7], positions)).toThrow(new RangeError(message));
  });
});
