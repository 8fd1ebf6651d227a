import { expect, test } from 'vitest';
import { NO_TYPE } from '#src/graph/graph.js';
import { createRandom, type Random } from '../build/random.js';
import { testArena } from '../engine/engine.js';
import { junk, place, placeHalves } from './memory.js';

const ROUNDS = 500;
const STRINGS = 40;

/** Types and names of nodes; most lists are no whole number of vectors. */
function randomNodes(random: Random) {
  const nodes = random.int(100);
  return {
    types: Uint8Array.from({ length: nodes }, () => random.pick([0, 1, 2, 255])),
    names: Uint32Array.from({ length: nodes }, () => random.int(STRINGS)),
  };
}

/** Positions that a test is true for. */
const where = (count: number, is: (at: number) => boolean) => [...Array(count).keys()].filter(is);

/** Ascending nodes, any of so many. */
const someOf = (random: Random, count: number) => Uint32Array.from(where(count, () => random.chance(0.5)));

test('countOfType counts and listOfType lists the nodes of a type, and none of a type that the file does not know', async () => {
  let listed = 0;
  for (let seed = 0; seed < ROUNDS; seed++) {
    const random = createRandom(seed);
    const arena = await testArena();
    const { types } = randomNodes(random);
    const column = place(arena, types);
    for (const type of [0, 1, 2, 3, 255, NO_TYPE]) {
      const expected = where(types.length, (at) => types[at] === type);
      expect(arena.kernels.countOfType(column, types.length, type)).toBe(expected.length);
      const list = junk(arena, 'u32', expected.length + 1);
      const behind = arena.view(list)[expected.length];
      expect(arena.kernels.listOfType(column, types.length, type, list.offset)).toBe(expected.length);
      expect([...arena.view(list)], `seed ${seed}, type ${type}`).toEqual([...expected, behind]);
      listed += expected.length;
    }
  }
  expect(listed).toBeGreaterThan(20 * ROUNDS);
});

test('countNamed counts and listNamed lists the nodes of a type by the group of their name, but for group 0', async () => {
  let listed = 0;
  for (let seed = 0; seed < ROUNDS; seed++) {
    const random = createRandom(seed);
    const arena = await testArena();
    const { types, names } = randomNodes(random);
    const groupOf = Uint8Array.from({ length: STRINGS }, () => random.pick([0, 0, 1, 2, 255]));
    const columns = [place(arena, types), place(arena, names), types.length, 2, place(arena, groupOf)] as const;
    const counts = arena.zeroed('u32', 256);
    arena.kernels.countNamed(...columns, counts.offset);
    const members = (group: number) => where(types.length, (at) => types[at] === 2 && groupOf[names[at]] === group);
    expect([...arena.view(counts)]).toEqual(Array.from({ length: 256 }, (_, group) => members(group).length));
    const all = [2, 255, 1].map(members);
    const next = arena.view(counts);
    [next[2], next[255], next[1]] = [0, all[0].length, all[0].length + all[1].length];
    const list = junk(arena, 'u32', all.flat().length);
    arena.kernels.listNamed(...columns, counts.offset, list.offset);
    expect([...arena.view(list)], `seed ${seed}`).toEqual(all.flat());
    listed += list.length;
  }
  expect(listed).toBeGreaterThan(3 * ROUNDS);
});

test('keepFlagged keeps the nodes whose entry is flagged', async () => {
  for (let seed = 0; seed < ROUNDS; seed++) {
    const random = createRandom(seed);
    const arena = await testArena();
    const { names } = randomNodes(random);
    const flags = Uint8Array.from({ length: STRINGS }, () => random.pick([0, 1, 128]));
    const nodes = someOf(random, names.length);
    const list = arena.allocate('u32', nodes.length);
    arena.view(list).set(nodes);
    const count = arena.kernels.keepFlagged(list.offset, nodes.length, place(arena, names), place(arena, flags));
    const expected = [...nodes].filter((node) => flags[names[node]] !== 0);
    expect([...arena.view(list).subarray(0, count)], `seed ${seed}`).toEqual(expected);
  }
});

test('keepSized keeps the nodes that have a size, of any size', async () => {
  let wide = 0;
  for (let seed = 0; seed < ROUNDS; seed++) {
    const random = createRandom(seed);
    const arena = await testArena();
    const most = random.pick([2, 2 ** 20, 2 ** 40]);
    const sizes = Float64Array.from({ length: random.int(60) }, () =>
      random.pick([0, random.int(most), 2 ** 32 * Number(most > 2 ** 32)]),
    );
    const nodes = someOf(random, sizes.length);
    const list = arena.allocate('u32', nodes.length);
    arena.view(list).set(nodes);
    const { low, high } = placeHalves(arena, sizes);
    const count = arena.kernels.keepSized(list.offset, nodes.length, low, high);
    const expected = [...nodes].filter((node) => sizes[node] > 0);
    expect([...arena.view(list).subarray(0, count)], `seed ${seed}`).toEqual(expected);
    wide += Number(high !== 0);
  }
  expect(wide).toBeGreaterThan(ROUNDS / 10);
});
