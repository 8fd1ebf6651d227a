import { expect, test } from 'vitest';
import { createRandom } from '../build/random.js';
import { dominatorsAbove, plainRetainedSizes } from '../oracle/plain/retained.js';
import { junk, place, placeHalves } from './memory.js';
import { randomSamples } from './random-graphs.js';
import { treePreorder } from './tree-preorder.js';

const GRAPHS = 600;

test('retainedSizes adds every node to all that dominate it', async () => {
  let total = 0;
  for await (const { seed, arena, columns, plain } of randomSamples(GRAPHS)) {
    const random = createRandom(seed);
    const { order } = treePreorder(random, plain.dominator);
    const selfSize = Float64Array.from(plain.selfSize, (size) => (random.chance(0.02) ? 2 ** 40 + size : size));
    const retained = junk(arena, 'f64', columns.nodes);
    const halves = placeHalves(arena, selfSize);
    arena.kernels.retainedSizes(
      place(arena, order),
      place(arena, plain.dominator),
      halves.low,
      halves.high,
      columns.nodes,
      retained.offset,
    );
    expect(arena.view(retained), `graph ${seed}`).toEqual(plainRetainedSizes(plain.dominator, selfSize));
    total += arena.view(retained)[columns.root];
  }
  expect(total).toBeGreaterThan(2 ** 40);
});

test('orderTree lays every subtree out as one range that its top begins', async () => {
  let nested = 0;
  for await (const { seed, arena, columns, plain } of randomSamples(GRAPHS)) {
    const { nodes } = columns;
    const { order } = treePreorder(createRandom(seed), plain.dominator);
    const number = new Uint32Array(nodes);
    for (const [at, node] of order.entries()) number[node] = at;
    const idom = Uint32Array.from(order, (node) => number[plain.dominator[node]]);
    const [treeOrder, treeSize] = [junk(arena, 'u32', nodes), junk(arena, 'u32', nodes)];
    arena.kernels.orderTree(
      place(arena, order),
      place(arena, idom),
      nodes,
      junk(arena, 'u32', nodes).offset,
      junk(arena, 'u32', nodes).offset,
      treeOrder.offset,
      treeSize.offset,
    );
    const [found, sizes] = [arena.view(treeOrder), arena.view(treeSize)];
    for (let position = 0; position < nodes; position++) {
      const top = found[position];
      const below = found.subarray(position, position + sizes[position]).toSorted();
      const expected = Array.from(found, (_, node) => node).filter(
        (node) => node === top || [...dominatorsAbove(plain.dominator, node)].includes(top),
      );
      expect([...below], `graph ${seed}, node ${top}`).toEqual(expected);
      if (position > 0 && below.length > 1) nested++;
    }
  }
  expect(nested).toBeGreaterThan(GRAPHS);
});
