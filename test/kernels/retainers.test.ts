import { expect, test } from 'vitest';
import { retainersOfAll } from '../oracle/plain/graph.js';
import { junk } from './memory.js';
import { randomSamples } from './random-graphs.js';

const GRAPHS = 600;

test('buildRetainers lists the edges to each node in the order of the file', async () => {
  let edges = 0;
  for await (const { seed, arena, columns } of randomSamples(GRAPHS)) {
    const first = junk(arena, 'u32', columns.nodes + 1);
    const retainers = junk(arena, 'u32', columns.edges);
    arena.kernels.buildRetainers(columns.edgeTo, columns.nodes, columns.edges, first.offset, retainers.offset);
    const starts = arena.view(first);
    const found = Array.from({ length: columns.nodes }, (_, node) => [
      ...arena.view(retainers).subarray(starts[node], starts[node + 1]),
    ]);
    expect(found, `graph ${seed}`).toEqual(retainersOfAll(columns.graph));
    edges += starts[columns.nodes];
  }
  expect(edges).toBeGreaterThan(20 * GRAPHS);
});
