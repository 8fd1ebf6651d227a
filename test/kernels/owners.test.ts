import { expect, test } from 'vitest';
import { wholeNumbers } from '#src/wasm/region.js';
import { createRandom } from '../build/random.js';
import { edgesOf, isUserRoot } from '../oracle/plain/graph.js';
import { plainSelfSizes } from '../oracle/plain/owners.js';
import { junk, packBits, place, placeHalves, unpackBits } from './memory.js';
import { isOwnable, MULTIPLE, markOwnable, plainOwners, UNOWNED } from './owners.js';
import { randomSamples } from './random-graphs.js';

const GRAPHS = 600;

test('hasUserRoot tells whether the root refers to one', async () => {
  const answers = [0, 0];
  for await (const { seed, arena, columns } of randomSamples(GRAPHS)) {
    const found = arena.kernels.hasUserRoot(
      columns.firstEdge,
      columns.edgeTo,
      columns.nodeType,
      columns.nodeName,
      columns.tags,
      columns.root,
      columns.node('synthetic'),
    );
    const { graph } = columns;
    const expected = [...edgesOf(graph, graph.root)].some((edge) => isUserRoot(graph, graph.edgeTo[edge]));
    expect(found, `graph ${seed}`).toBe(Number(expected));
    answers[found]++;
  }
  expect(Math.min(...answers)).toBeGreaterThan(GRAPHS / 100);
});

test('markOwnable has a bit for every node that others may own, and no other one', async () => {
  let marked = 0;
  for await (const { seed, arena, columns, plain } of randomSamples(GRAPHS)) {
    const { count, ...ownable } = markOwnable(arena, columns, plain.detachedness);
    const words = arena.view(ownable);
    const expected = packBits(Array.from(plain.name, (_, node) => isOwnable(columns.graph, plain.name, node)));
    expect(words, `graph ${seed}`).toEqual(expected);
    expect(count).toBe(unpackBits(words, columns.nodes).filter((bit) => bit === 1).length);
    marked += count;
  }
  expect(marked).toBeGreaterThan(GRAPHS);
});

test('findOwners gives a node to the one object that holds it', async () => {
  const kinds = { own: 0, none: 0, several: 0, other: 0 };
  for await (const { seed, arena, columns, plain } of randomSamples(GRAPHS)) {
    const { nodes } = columns;
    const ownable = markOwnable(arena, columns, plain.detachedness);
    const owner = junk(arena, 'u32', nodes);
    const capacity = createRandom(seed).int(20) + 1;
    arena.kernels.findOwners(
      columns.firstEdge,
      columns.edgeTo,
      columns.edgeType,
      nodes,
      columns.edge('weak'),
      ownable.offset,
      junk(arena, 'u32', capacity).offset,
      capacity,
      junk(arena, 'u32', 2 * ownable.count).offset,
      owner.offset,
    );
    const bits = unpackBits(arena.view(ownable), nodes);
    const found = arena.view(owner).map((holder, node) => (bits[node] === 1 ? holder : node));
    expect(found, `graph ${seed}`).toEqual(plainOwners(columns.graph, plain.name));
    for (const [node, holder] of found.entries()) {
      if (holder === node) kinds.own++;
      else if (holder === UNOWNED) kinds.none++;
      else if (holder === MULTIPLE) kinds.several++;
      else kinds.other++;
    }
  }
  for (const count of Object.values(kinds)) expect(count).toBeGreaterThan(GRAPHS);
});

test('transferSizes moves sizes to owners that are neither synthetic nor the root', async () => {
  let moved = 0;
  for await (const { seed, arena, columns, plain } of randomSamples(GRAPHS)) {
    const { graph, nodes } = columns;
    // Without a user root the caller leaves the sizes alone.
    if (![...edgesOf(graph, graph.root)].some((edge) => isUserRoot(graph, graph.edgeTo[edge]))) continue;
    const random = createRandom(seed);
    const sizes = graph.selfSize.map((size) => (random.chance(0.02) ? 2 ** 33 + size : size));
    const selfSize = placeHalves(arena, sizes);
    arena.kernels.transferSizes(
      markOwnable(arena, columns, plain.detachedness).offset,
      place(arena, plainOwners(graph, plain.name)),
      columns.nodeType,
      nodes,
      columns.root,
      columns.node('synthetic'),
      selfSize.low,
      selfSize.high,
    );
    const column = (offset: number) => ({ kind: 'u32', offset, length: nodes }) as const;
    const high = selfSize.high === 0 ? undefined : column(selfSize.high);
    const whole = { low: column(selfSize.low), high };
    const found = wholeNumbers(arena.memory.buffer, whole, new Float64Array(nodes));
    expect(found, `graph ${seed}`).toEqual(plainSelfSizes({ ...graph, selfSize: sizes }, plain.name));
    moved += found.filter((size, node) => size > sizes[node]).length;
  }
  expect(moved).toBeGreaterThan(GRAPHS / 2);
});
