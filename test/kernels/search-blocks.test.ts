import { expect, test } from 'vitest';
import { plainDominators } from '../oracle/plain/dominators.js';
import { searchDominators } from './dominator-search.js';
import { randomSamples } from './random-graphs.js';
import { searchOverBlocks } from './search-over-blocks.js';

const GRAPHS = 800;

test('the search over blocks visits as the one over whole columns does, and leads to the same dominators', async () => {
  const kinds = { served: 0, spilled: 0, owned: 0 };
  const sorted = (lists: readonly (readonly number[])[]) => lists.map((list) => list.toSorted((a, b) => a - b));
  for await (const sample of randomSamples(GRAPHS)) {
    const label = `graph ${sample.seed}`;
    const expected = searchDominators(sample);
    const found = searchOverBlocks(sample);
    const { columns, plain } = sample;
    expect(found.reached, label).toBe(expected.reached);
    expect(found.order, label).toEqual(expected.order);
    expect(found.number, label).toEqual(expected.number);
    expect(found.parent, label).toEqual(expected.parent);
    expect(found.pageOwned, label).toEqual(expected.pageOwned);
    expect(found.semi.subarray(1), label).toEqual(expected.semi.subarray(1));
    expect(sorted(found.predecessors), label).toEqual(sorted(expected.predecessors));
    expect(found.spilled, label).toEqual(found.predecessors);
    expect(found.dominator, label).toEqual(plainDominators(columns.graph, plain.essential));
    kinds.served += found.served;
    kinds.spilled += found.spilled.flat().length;
    kinds.owned += found.pageOwned.filter((bit) => bit === 1).length;
  }
  for (const count of Object.values(kinds)) expect(count).toBeGreaterThan(GRAPHS);
});
