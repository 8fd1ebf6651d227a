import { expect, test } from 'vitest';
import { createRandom } from '../build/random.js';
import { testArena } from '../engine/engine.js';
import { junk, place } from './memory.js';

const ROUNDS = 500;
const STRINGS = 20;
const [EDGED, WEIGHED, OTHER, FREE] = [3, 7, 200, 255];

test('sieveNodes lists nodes by their names and by their sizes', async () => {
  const seen = { named: 0, edged: 0, weighed: 0, sized: 0, both: 0, small: 0 };
  for (let seed = 0; seed < ROUNDS; seed++) {
    const random = createRandom(seed);
    const arena = await testArena();
    const count = random.int(60);
    const types = Uint8Array.from({ length: count }, () => random.pick([EDGED, WEIGHED, OTHER, FREE]));
    const names = Uint32Array.from(types, () => random.int(STRINGS));
    const retained = Float64Array.from(types, () => random.int(100));
    const sizes = Uint32Array.from(types, () => random.int(100));
    const edges = Array.from(types, () => random.int(100));
    const firstEdge = Uint32Array.from([0, ...edges.map((_, at) => edges.slice(0, at + 1).reduce((a, b) => a + b))]);
    const listOfType = new Int32Array(256).fill(-1);
    const leastOfType = new Float64Array(256).fill(Infinity);
    for (const [list, type] of [EDGED, WEIGHED, OTHER].entries()) {
      listOfType[type] = list;
      leastOfType[type] = random.int(100);
    }
    const firstNamed = new Int32Array(256).fill(-1);
    firstNamed[EDGED] = 10;
    firstNamed[FREE] = 20;
    const numberOfName = Uint8Array.from({ length: STRINGS }, () => random.pick([0, 0, 1, 2]));
    const leastOfName = Float64Array.of(0, 0, 50);
    const from = random.int(count + 1);
    const [nodes, listOf] = [junk(arena, 'u32', 2 * count), junk(arena, 'u32', 2 * count)];
    const found = arena.kernels.sieveNodes(
      ...([from, count, place(arena, types), place(arena, names), place(arena, firstEdge)] as const),
      ...([place(arena, retained), place(arena, sizes), EDGED, WEIGHED] as const),
      ...([place(arena, listOfType), place(arena, leastOfType), place(arena, firstNamed)] as const),
      ...([place(arena, numberOfName), place(arena, leastOfName), nodes.offset, listOf.offset] as const),
    );
    const expected: [number, number][] = [];
    for (let node = from; node < count; node++) {
      const number = numberOfName[names[node]];
      const named = firstNamed[types[node]];
      const isNamed = named >= 0 && number > 0 && retained[node] >= leastOfName[number];
      if (isNamed) expected.push([node, named + number - 1]);
      const has = { [EDGED]: edges, [WEIGHED]: retained, [OTHER]: sizes }[types[node]]?.[node];
      const isLarge = has !== undefined && has >= leastOfType[types[node]];
      if (isLarge) expected.push([node, listOfType[types[node]]]);
      seen.named += Number(isNamed);
      seen.both += Number(isNamed && isLarge);
      seen.small += Number(has !== undefined && !isLarge);
      seen.edged += Number(isLarge && types[node] === EDGED);
      seen.weighed += Number(isLarge && types[node] === WEIGHED);
      seen.sized += Number(isLarge && types[node] === OTHER);
    }
    const lists = arena.view(listOf);
    const pairs = Array.from(arena.view(nodes).subarray(0, found), (node, at) => [node, lists[at]]);
    expect(pairs, `seed ${seed}`).toEqual(expected);
  }
  for (const [what, times] of Object.entries(seen)) expect(times, what).toBeGreaterThan(ROUNDS / 2);
});

test('nextFlagged finds the next edge whose name has flagged bits', async () => {
  const seen = { found: 0, none: 0 };
  for (let seed = 0; seed < ROUNDS; seed++) {
    const random = createRandom(seed);
    const arena = await testArena();
    const names = Uint32Array.from({ length: random.int(40) }, () => random.int(2 ** 32));
    const flags = Uint8Array.from({ length: 64 }, () => Number(random.chance(0.05)));
    const from = random.int(names.length + 1);
    const next = arena.kernels.nextFlagged(place(arena, names), from, names.length, place(arena, flags), 63);
    const expected = [...names.keys()].find((edge) => edge >= from && flags[names[edge] % 64] === 1);
    expect(next, `seed ${seed}`).toBe(expected ?? names.length);
    if (expected === undefined) seen.none++;
    else seen.found++;
  }
  for (const [what, rounds] of Object.entries(seen)) expect(rounds, what).toBeGreaterThan(ROUNDS / 10);
});
