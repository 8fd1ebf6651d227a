import { expect, test } from 'vitest';
import { createRandom, type Random } from '../build/random.js';
import { testArena } from '../engine/engine.js';
import { junk, place, placeHalves } from './memory.js';

const ROUNDS = 500;
const STRINGS = 12;
const INTERNAL = 1;
const PROPERTY = 2;
const ELEMENT = 3;
const TYPES: readonly number[] = [INTERNAL, INTERNAL, PROPERTY, ELEMENT, 0, 40];
/** As arrays have. */
const MOSTLY_ELEMENTS = [...TYPES, ELEMENT, ELEMENT, ELEMENT, ELEMENT, ELEMENT, ELEMENT];

interface PlainEdge {
  readonly type: number;
  readonly name: number;
  readonly to: number;
}

/** Edges of each node. Names of elements are numbers, which no string may have. */
function randomEdges(random: Random, most: number, types = TYPES): PlainEdge[][] {
  const nodes = 1 + random.int(25);
  return Array.from({ length: nodes }, () =>
    Array.from({ length: random.int(most) }, () => {
      const type = random.pick(types);
      return { type, name: type === ELEMENT ? random.int(2 ** 32) : random.int(STRINGS), to: random.int(nodes) };
    }),
  );
}

type TestArena = Awaited<ReturnType<typeof testArena>>;

function placeEdges(arena: TestArena, edges: readonly (readonly PlainEdge[])[]) {
  const all = edges.flat();
  const starts = edges.map((_, node) => edges.slice(0, node).flat().length);
  return {
    firstEdge: place(arena, Uint32Array.from([...starts, all.length])),
    edgeType: place(
      arena,
      Uint8Array.from(all, ({ type }) => type),
    ),
    edgeName: place(
      arena,
      Uint32Array.from(all, ({ name }) => name),
    ),
    edgeTo: place(
      arena,
      Uint32Array.from(all, ({ to }) => to),
    ),
  };
}

const randomFlags = (random: Random, count: number, share: number) =>
  Uint8Array.from({ length: count }, () => Number(random.chance(share)));

const someOf = (random: Random, count: number) =>
  Uint32Array.from([...Array(count).keys()].filter(() => random.chance(0.6)));

function lastTarget(edges: readonly PlainEdge[], isName: Uint8Array): number | undefined {
  return edges.findLast(({ type, name }) => type === INTERNAL && isName[name] === 1)?.to;
}

test('markTargets flags where edges of two types with a flagged name lead', async () => {
  let marked = 0;
  for (let seed = 0; seed < ROUNDS; seed++) {
    const random = createRandom(seed);
    const arena = await testArena();
    const edges = randomEdges(random, 6);
    const isName = randomFlags(random, STRINGS, 0.3);
    const nodes = someOf(random, edges.length);
    const marks = arena.zeroed('u8', edges.length);
    const { firstEdge, edgeType, edgeName, edgeTo } = placeEdges(arena, edges);
    arena.kernels.markTargets(
      ...([place(arena, nodes), nodes.length, firstEdge, edgeType, edgeName, edgeTo] as const),
      ...([INTERNAL, PROPERTY, place(arena, isName), marks.offset] as const),
    );
    const targets = [...nodes]
      .flatMap((node) => edges[node])
      .filter(({ type, name }) => (type === INTERNAL || type === PROPERTY) && isName[name] === 1);
    const expected = edges.map((_, node) => Number(targets.some(({ to }) => to === node)));
    expect([...arena.view(marks)], `seed ${seed}`).toEqual(expected);
    marked += targets.length;
  }
  expect(marked).toBeGreaterThan(ROUNDS);
});

test('firstOfTargets finds the first node of a type whose last such edge leads to each', async () => {
  let found = 0;
  for (let seed = 0; seed < ROUNDS; seed++) {
    const random = createRandom(seed);
    const arena = await testArena();
    const edges = randomEdges(random, 6);
    const isName = randomFlags(random, STRINGS, 0.3);
    const isSkipped = randomFlags(random, edges.length, 0.2);
    const types = Uint8Array.from(edges, () => random.int(2));
    const first = arena.zeroed('u32', edges.length);
    const { firstEdge, edgeType, edgeName, edgeTo } = placeEdges(arena, edges);
    arena.kernels.firstOfTargets(
      ...([place(arena, types), firstEdge, edgeType, edgeName, edgeTo, edges.length, 1, INTERNAL] as const),
      ...([place(arena, isName), place(arena, isSkipped), first.offset] as const),
    );
    const isFrom = (node: number, target: number) =>
      types[node] === 1 && isSkipped[node] === 0 && lastTarget(edges[node], isName) === target;
    const expected = edges.map((_, target) => 1 + edges.findIndex((_edges, node) => isFrom(node, target)));
    expect([...arena.view(first)], `seed ${seed}`).toEqual(expected);
    found += expected.filter((node) => node > 0).length;
  }
  expect(found).toBeGreaterThan(ROUNDS);
});

test('keepWithEdges keeps nodes with few edges, all of which are allowed', async () => {
  const seen = { kept: 0, large: 0, odd: 0 };
  for (let seed = 0; seed < ROUNDS; seed++) {
    const random = createRandom(seed);
    const arena = await testArena();
    const edges = randomEdges(random, 5);
    const allowed = Uint8Array.from({ length: STRINGS }, () => random.pick([0, 1, 2, 3]));
    const nodes = someOf(random, edges.length);
    const kept = junk(arena, 'u32', nodes.length);
    const { firstEdge, edgeType, edgeName } = placeEdges(arena, edges);
    const count = arena.kernels.keepWithEdges(
      ...([place(arena, nodes), nodes.length, 3, firstEdge, edgeType, edgeName] as const),
      ...([INTERNAL, PROPERTY, place(arena, allowed), kept.offset] as const),
    );
    const bitOf = (type: number) => (type === INTERNAL ? 1 : type === PROPERTY ? 2 : 0);
    const isOdd = (node: number) => edges[node].some(({ type, name }) => (bitOf(type) & allowed[name]) === 0);
    const expected = [...nodes].filter((node) => edges[node].length <= 3 && !isOdd(node));
    expect([...arena.view(kept).subarray(0, count)], `seed ${seed}`).toEqual(expected);
    seen.kept += expected.filter((node) => edges[node].length > 0).length;
    seen.large += [...nodes].filter((node) => edges[node].length > 3).length;
    seen.odd += [...nodes].filter(isOdd).length;
  }
  for (const [what, times] of Object.entries(seen)) expect(times, what).toBeGreaterThan(ROUNDS / 4);
});

test('keepRoomyArrays keeps arrays that show nothing, or half of what their store has room for', async () => {
  const seen = { unseen: 0, roomy: 0, full: 0, small: 0, storeless: 0, wide: 0 };
  for (let seed = 0; seed < ROUNDS; seed++) {
    const random = createRandom(seed);
    const arena = await testArena();
    const edges = randomEdges(random, random.pick([4, 12, 120]), random.pick([TYPES, MOSTLY_ELEMENTS]));
    const isStore = randomFlags(random, STRINGS, 0.3);
    const pointerSize = random.pick([4, 8]);
    const sizes = Float64Array.from(edges, () =>
      random.pick([random.int(40), 2 + random.int(140), 2 ** 31 + random.int(9)]),
    ).map((words) => words * pointerSize);
    const nodes = someOf(random, edges.length);
    const kept = junk(arena, 'u32', nodes.length);
    const { firstEdge, edgeType, edgeName, edgeTo } = placeEdges(arena, edges);
    const { low, high } = placeHalves(arena, sizes);
    const count = arena.kernels.keepRoomyArrays(
      ...([place(arena, nodes), nodes.length, firstEdge, edgeType, edgeName, edgeTo] as const),
      ...([INTERNAL, ELEMENT, place(arena, isStore), low, high, pointerSize, 16, kept.offset] as const),
    );
    const sortOf = (node: number): keyof typeof seen => {
      const store = lastTarget(edges[node], isStore);
      if (store === undefined) return 'storeless';
      const shown = edges[node].filter(({ type }) => type === ELEMENT).length;
      const capacity = sizes[store] / pointerSize - 2;
      if (shown === 0) return 'unseen';
      if (capacity - shown < 16) return 'small';
      return 2 * shown > capacity ? 'full' : 'roomy';
    };
    const expected = [...nodes].filter((node) => ['unseen', 'roomy'].includes(sortOf(node)));
    expect([...arena.view(kept).subarray(0, count)], `seed ${seed}`).toEqual(expected);
    for (const node of nodes) seen[sortOf(node)]++;
    seen.wide += Number(high !== 0);
  }
  for (const [what, times] of Object.entries(seen)) expect(times, what).toBeGreaterThan(ROUNDS / 50);
});
