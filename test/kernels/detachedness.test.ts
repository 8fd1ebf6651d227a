import { expect, test } from 'vitest';
import { createRandom } from '../build/random.js';
import { plainDetachedness } from '../oracle/plain/detachedness.js';
import { junk } from './memory.js';
import { randomSamples } from './random-graphs.js';

const GRAPHS = 800;

test('detachedByName goes by the name where the file says nothing', async () => {
  let detached = 0;
  for await (const { seed, arena, columns } of randomSamples(GRAPHS)) {
    const state = junk(arena, 'u8', columns.nodes);
    arena.kernels.detachedByName(
      columns.nodeType,
      columns.nodeName,
      columns.tags,
      columns.nodes,
      columns.node('native'),
      state.offset,
    );
    const expected = plainDetachedness({ ...columns.graph, detachedness: undefined });
    expect(arena.view(state), `graph ${seed}`).toEqual(expected.detachedness);
    detached += expected.detachedness.filter((value) => value === 2).length;
  }
  expect(detached).toBeGreaterThan(GRAPHS / 2);
});

test('propagateDetachedness spreads attached first, through natives only, and keeps two bits', async () => {
  let spread = 0;
  for await (const { seed, arena, columns } of randomSamples(GRAPHS)) {
    const { nodes, graph } = columns;
    const random = createRandom(seed);
    const given = Uint8Array.from(graph.type, () => (random.chance(0.3) ? random.int(256) : 0));
    const state = arena.allocate('u8', nodes);
    arena.view(state).set(given);
    arena.kernels.propagateDetachedness(
      columns.firstEdge,
      columns.edgeTo,
      columns.edgeType,
      columns.nodeType,
      nodes,
      columns.node('native'),
      columns.edge('hidden'),
      columns.edge('invisible'),
      columns.edge('weak'),
      arena.zeroed('u8', nodes).offset,
      junk(arena, 'u32', nodes).offset,
      state.offset,
    );
    const two = given.map((value) => value & 3);
    const expected = plainDetachedness({ ...graph, detachedness: two }).detachedness;
    expect(arena.view(state), `graph ${seed}`).toEqual(expected);
    spread += expected.filter((value, node) => value !== two[node]).length;
  }
  expect(spread).toBeGreaterThan(GRAPHS);
});
