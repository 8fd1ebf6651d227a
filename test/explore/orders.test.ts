import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { orderBy } from '#src/explore/radix-order.js';
import { partOf, RankedList, rankedPositions } from '#src/explore/ranked-page.js';

const key = fc.oneof(
  fc.constantFrom(0, 1, 2 ** 32, 2 ** 53 - 1, Number.POSITIVE_INFINITY),
  fc.integer({ min: 0, max: 5 }),
  fc.double({ min: 0, noNaN: true }),
);
const lists = fc.array(key, { maxLength: 200 });
/** Equal keys by position. */
const plainOrder = (keys: readonly number[], sign: 1 | -1) =>
  [...keys.keys()].sort((a, b) => (keys[a] === keys[b] ? a - b : sign * (keys[a] - keys[b])));

describe('orders', () => {
  it('are those of a comparison, both ways', () => {
    fc.assert(
      fc.property(lists, (keys) => {
        expect([...orderBy(Float64Array.from(keys), 'ascending')]).toEqual(plainOrder(keys, 1));
        expect([...orderBy(Float64Array.from(keys), 'descending')]).toEqual(plainOrder(keys, -1));
      }),
      { seed: 1, numRuns: 500 },
    );
  });

  it('of short and long lists are the same', () => {
    for (const length of [0, 1, 4096, 4097, 20_000]) {
      for (const at of [(n: number) => n, (n: number) => length - n, () => 7, (n: number) => (n * 7919) % 1000]) {
        const keys = Array.from({ length }, (_, position) => at(position));
        expect([...rankedPositions(Float64Array.from(keys), 'ascending')]).toEqual(plainOrder(keys, 1));
        expect([...rankedPositions(Float64Array.from(keys), 'descending')]).toEqual(plainOrder(keys, -1));
      }
    }
  });

  it('of whole numbers are those of doubles', () => {
    const whole = fc.array(fc.integer({ min: 0, max: 2 ** 32 - 1 }), { maxLength: 200 });
    fc.assert(
      fc.property(whole, (keys) => {
        expect([...orderBy(Uint32Array.from(keys), 'ascending')]).toEqual(plainOrder(keys, 1));
        expect([...orderBy(Uint32Array.from(keys), 'descending')]).toEqual(plainOrder(keys, -1));
      }),
      { seed: 3, numRuns: 500 },
    );
  });

  it('of long lists are those of a comparison, from the first page to the last', () => {
    const length = 60_000;
    const random = fc.sample(fc.integer({ min: 0, max: 2 ** 31 }), { numRuns: length, seed: 4 });
    const shapes = [random, random.map((key) => key % 3), random.map(() => 5), random.map((key) => 2 ** (key % 50))];
    for (const keys of shapes) {
      for (const direction of ['ascending', 'descending'] as const) {
        const expected = plainOrder(keys, direction === 'ascending' ? 1 : -1).map((position) => position + 7);
        const list = new RankedList(Float64Array.from(keys), direction, (position) => position + 7);
        for (const offset of [0, 50, 1000, 1199, 30_000, 59_980, 100, 70_000])
          expect(list.page({ offset, limit: 50 })).toEqual(expected.slice(offset, offset + 50));
      }
    }
  });

  it('come in pages', () => {
    const list = Uint32Array.from({ length: 10 }, (_, at) => at);
    expect([...partOf(list, { offset: 3, limit: 4 })]).toEqual([3, 4, 5, 6]);
    expect([...partOf(list, { offset: 8, limit: 4 })]).toEqual([8, 9]);
    expect([...partOf(list, { offset: 2 ** 32, limit: 500 })]).toEqual([]);
  });
});
