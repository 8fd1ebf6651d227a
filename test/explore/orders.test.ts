import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { orderBy } from '#src/explore/radix-order.js';
import { rankedPage } from '#src/explore/ranked-page.js';

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

  it('of a page are parts of the whole order', () => {
    const places = fc.integer({ min: 0, max: 220 });
    fc.assert(
      fc.property(lists, places, places, (keys, offset, limit) => {
        const page = rankedPage(Float64Array.from(keys), { offset, limit });
        expect([...page]).toEqual(plainOrder(keys, 1).slice(offset, offset + limit));
      }),
      { seed: 2, numRuns: 1000 },
    );
  });

  it('of a page hold for long lists, sorted, reversed and all equal', () => {
    const length = 100_000;
    for (const at of [(n: number) => n, (n: number) => length - n, () => 7, (n: number) => n % 10]) {
      const keys = Array.from({ length }, (_, position) => at(position));
      const page = rankedPage(Float64Array.from(keys), { offset: 40_000, limit: 100 });
      expect([...page]).toEqual(plainOrder(keys, 1).slice(40_000, 40_100));
    }
  });
});
