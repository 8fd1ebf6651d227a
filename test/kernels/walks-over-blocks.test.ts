import { expect, test } from 'vitest';
import { createRandom } from '../build/random.js';
import { plainDetachedness } from '../oracle/plain/detachedness.js';
import { plainDistances } from '../oracle/plain/distances.js';
import { edgesOf, isUserRoot } from '../oracle/plain/graph.js';
import { BlockServer, markEdges } from './edge-blocks.js';
import { junk } from './memory.js';
import { markOwnable, plainOwners } from './owners.js';
import { randomSamples } from './random-graphs.js';

const GRAPHS = 800;
const STATE_WORDS = 8;

test('startOwners and spreadOwners give a node to the one object that holds it', async () => {
  let served = 0;
  for await (const { seed, arena, columns, plain } of randomSamples(GRAPHS)) {
    const { nodes } = columns;
    const bits = markEdges(arena, columns, seed);
    const blocks = new BlockServer(arena, columns, seed);
    const owner = junk(arena, 'u32', nodes);
    const ownable = markOwnable(arena, columns, plain.detachedness);
    arena.kernels.startOwners(nodes, ownable.offset, owner.offset);
    const state = arena.zeroed('u32', STATE_WORDS);
    const stack = junk(arena, 'u32', 2 * nodes);
    blocks.serve(() =>
      arena.kernels.spreadOwners(
        nodes,
        state.offset,
        ...blocks.arguments,
        columns.firstEdge,
        bits.firm,
        stack.offset,
        owner.offset,
      ),
    );
    expect(arena.view(owner), `graph ${seed}`).toEqual(plainOwners(columns.graph, plain.name));
    served += blocks.served;
  }
  expect(served).toBeGreaterThan(10 * GRAPHS);
});

test('startDetachedness and spreadDetachedness spread attached first, through natives only', async () => {
  let spread = 0;
  for await (const { seed, arena, columns } of randomSamples(GRAPHS)) {
    const { nodes, graph } = columns;
    const random = createRandom(seed);
    const given = Uint8Array.from(graph.type, () => (random.chance(0.3) ? random.int(256) : 0));
    const bits = markEdges(arena, columns, seed);
    const blocks = new BlockServer(arena, columns, seed);
    const states = arena.allocate('u8', nodes);
    arena.view(states).set(given);
    const state = arena.zeroed('u32', STATE_WORDS);
    const settled = arena.zeroed('u8', nodes);
    const stack = junk(arena, 'u32', nodes);
    arena.kernels.startDetachedness(
      nodes,
      columns.nodeType,
      columns.node('native'),
      settled.offset,
      stack.offset,
      states.offset,
      state.offset,
    );
    blocks.serve(() =>
      arena.kernels.spreadDetachedness(
        nodes,
        state.offset,
        ...blocks.arguments,
        columns.firstEdge,
        bits.visible,
        columns.nodeType,
        columns.node('native'),
        settled.offset,
        stack.offset,
        states.offset,
      ),
    );
    const two = given.map((value) => value & 3);
    const expected = plainDetachedness({ ...graph, detachedness: two }).detachedness;
    expect(arena.view(states), `graph ${seed}`).toEqual(expected);
    spread += expected.filter((value, node) => value !== two[node]).length;
  }
  expect(spread).toBeGreaterThan(GRAPHS);
});

test('spreadDistances searches breadth-first, and takes edges of WeakMap pairs at second sight', async () => {
  const kinds = { pairs: 0, served: 0, reached: 0 };
  for await (const { seed, arena, columns, plain } of randomSamples(GRAPHS)) {
    const { nodes, graph, root, ephemerons } = columns;
    const bits = markEdges(arena, columns, seed);
    const blocks = new BlockServer(arena, columns, seed);
    const distance = arena.allocate('i32', nodes);
    const [distances, seen] = [arena.view(distance).fill(-5), arena.bits(nodes)];
    const pending = arena.bits(ephemerons.pairCount);
    const userRoots = [...edgesOf(graph, root)]
      .map((edge) => graph.edgeTo[edge])
      .filter((node) => isUserRoot(graph, node));
    const queue = junk(arena, 'u32', nodes + userRoots.length);
    const state = arena.zeroed('u32', STATE_WORDS);
    const spread = (from: readonly number[], away: number) => {
      for (const [at, node] of from.entries()) {
        distances[node] = away;
        arena.view(seen)[node >>> 5] |= 1 << (node & 31);
        arena.view(queue)[at] = node;
      }
      arena.view(state).set([0, 0, away + 1, 0, from.length, from.length]);
      blocks.serve(() =>
        arena.kernels.spreadDistances(
          state.offset,
          ...blocks.arguments,
          columns.firstEdge,
          bits.open,
          bits.pairEdges,
          bits.pairNumbers,
          bits.pairs,
          seen.offset,
          pending.offset,
          queue.offset,
          distance.offset,
        ),
      );
    };
    spread(userRoots, 1);
    spread([root], userRoots.length > 0 ? 100_000_000 : 0);
    expect(distances, `graph ${seed}`).toEqual(plainDistances(graph, plain.name));
    kinds.pairs += bits.pairs;
    kinds.served += blocks.served;
    kinds.reached += distances.filter((away) => away !== -5).length;
  }
  for (const count of Object.values(kinds)) expect(count).toBeGreaterThan(GRAPHS / 10);
});
