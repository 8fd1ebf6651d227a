import { expect, it } from 'vitest';
import { ends, largest } from '#src/report/selection.js';
import { sparkline } from '#src/report/sparkline.js';
import { createRandom } from '../build/random.js';

it('largest equals sorting everything, ties in order of arrival', () => {
  const random = createRandom(4);
  for (let round = 0; round < 500; round++) {
    const items = Array.from({ length: random.int(60) }, (_, place) => ({ place, key: random.int(10) }));
    const limit = 1 + random.int(12);
    const sorted = [...items].sort((a, b) => b.key - a.key || a.place - b.place).slice(0, limit);
    expect(largest(items, limit, ({ key }) => key)).toEqual({ total: items.length, items: sorted });
  }
});

it('largest keeps items whose key is minus infinity when there is room', () => {
  expect(largest([1, 2, 3], 2, () => Number.NEGATIVE_INFINITY)).toEqual({ total: 3, items: [1, 2] });
});

it.each([
  [0, 4, []],
  [3, 4, [0, 1, 2]],
  [4, 4, [0, 1, 2, 3]],
  [10, 4, [0, 1, 8, 9]],
  [10, 5, [0, 1, 2, 8, 9]],
  [10, 1, [0]],
])('ends of %i places with a limit of %i', (length, limit, places) => {
  expect(ends(length, limit)).toEqual(places);
});

it('sparklines span the range, show gaps, and sample long series with both ends', () => {
  expect(sparkline([0, 1, 2, 3, 4, 5, 6, 7])).toBe('▁▂▃▄▅▆▇█');
  expect(sparkline([5, 5, 5])).toBe('▁▁▁');
  expect(sparkline([0, null, 7])).toBe('▁ █');
  const long = sparkline(Array.from({ length: 1000 }, (_, n) => n));
  expect(long).toHaveLength(16);
  expect(long.at(0)).toBe('▁');
  expect(long.at(-1)).toBe('█');
});
