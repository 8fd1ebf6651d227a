import { describe, expect, test } from 'vitest';
import { orderOf, processVerdict } from '#src/trend/series-order.js';

describe('two neighbouring snapshots', () => {
  test.each([
    ['one process', { common: 80_839, equal: 80_839, added: 500, addedBelowPreviousMaximum: 0 }, 'same'],
    ['one process, nothing new', { common: 80_839, equal: 80_839, added: 0, addedBelowPreviousMaximum: 0 }, 'same'],
    ['just enough of both', { common: 1000, equal: 999, added: 100, addedBelowPreviousMaximum: 1 }, 'same'],
    ['too few equal', { common: 10_000, equal: 9989, added: 100, addedBelowPreviousMaximum: 1 }, 'uncertain'],
    ['too many below', { common: 1000, equal: 999, added: 1000, addedBelowPreviousMaximum: 11 }, 'uncertain'],
    ['nine tenths', { common: 1000, equal: 900, added: 0, addedBelowPreviousMaximum: 0 }, 'uncertain'],
    ['less', { common: 1000, equal: 899, added: 0, addedBelowPreviousMaximum: 0 }, 'different'],
    ['two runs of a script', { common: 50_000, equal: 29_500, added: 9, addedBelowPreviousMaximum: 9 }, 'different'],
    ['nothing in common', { common: 0, equal: 0, added: 500, addedBelowPreviousMaximum: 0 }, 'different'],
    ['no odd ids', { common: 0, equal: 0, added: 0, addedBelowPreviousMaximum: 0 }, 'uncertain'],
  ])('%s', (_, counts, verdict) => {
    expect(processVerdict(counts).verdict).toBe(verdict);
  });

  test('have their shares', () => {
    const counts = { common: 200, equal: 150, added: 80, addedBelowPreviousMaximum: 20 };
    expect(processVerdict(counts)).toEqual({ verdict: 'different', a: 0.75, b: 0.25 });
    expect(processVerdict({ ...counts, added: 0, addedBelowPreviousMaximum: 0 })).toMatchObject({ b: 0 });
  });

  test('cannot have more equal ids than common ones, or more new ones below than new ones', () => {
    const counts = { common: 2, equal: 3, added: 4, addedBelowPreviousMaximum: 5 };
    expect(() => processVerdict(counts)).toThrow(new RangeError('equal ids: found 3, expected 0 to 2'));
    expect(() => processVerdict({ ...counts, equal: 2 })).toThrow(
      'new ids below the maximum: found 5, expected 0 to 4',
    );
  });
});

describe('the order of a series', () => {
  test('is that of the largest ids', () => {
    expect(orderOf([11, 201, 203])).toEqual({ order: [0, 1, 2] });
    expect(orderOf([])).toEqual({ order: [] });
  });

  test('stays as given where nothing was allocated in between', () => {
    expect(orderOf([7, 9, 9, 9, 11])).toEqual({ order: [0, 1, 2, 3, 4] });
  });

  test('is reported where it is not the one given', () => {
    const message = 'snapshots: found largest id 5 behind 901, expected ids to grow in the order given';
    expect(orderOf([301, 901, 5, 301])).toEqual({
      order: [2, 0, 3, 1],
      contradiction: { code: 'SNAPSHOT_ORDER', at: 2, message },
    });
  });
});
