import { expect, test } from 'vitest';
import { createRandom } from '../build/random.js';
import { testArena } from '../engine/engine.js';
import { junk, packBits, place } from './memory.js';

const ROUNDS = 2_000;

test('prefixSum turns counts into starts and returns the exact sum, above 2^32 too', async () => {
  const random = createRandom(1);
  let large = 0;
  for (let round = 0; round < ROUNDS; round++) {
    const arena = await testArena();
    const most = random.pick([2, 100, 2 ** 30, 2 ** 32]);
    const counts = Uint32Array.from({ length: random.int(60) }, () => random.int(most));
    const column = arena.allocate('u32', counts.length + 1);
    arena.view(column).set(counts);
    const sum = arena.kernels.prefixSum(column.offset, counts.length);
    const starts = [0];
    for (const count of counts) starts.push(starts[starts.length - 1] + count);
    expect(sum).toBe(starts[counts.length]);
    expect([...arena.view(column)]).toEqual(starts.map((start) => start % 2 ** 32));
    if (sum > 2 ** 32) large++;
  }
  expect(large).toBeGreaterThan(ROUNDS / 10);
});

test('checkNodeNames finds the first index behind the strings', async () => {
  const random = createRandom(2);
  let refused = 0;
  for (let round = 0; round < ROUNDS; round++) {
    const arena = await testArena();
    const strings = random.pick([0, 1, 50, 2 ** 31, 2 ** 32 - 1]);
    const names = Uint32Array.from({ length: random.int(50) }, () =>
      strings > 0 && random.chance(0.97) ? random.int(strings) : random.pick([strings, 2 ** 32 - 1]),
    );
    const first = names.findIndex((name) => name >= strings);
    const found = arena.kernels.checkNodeNames(place(arena, names), names.length, strings);
    expect(found >>> 0).toBe(first < 0 ? names.length : first);
    if (first >= 0) refused++;
  }
  expect(refused).toBeGreaterThan(ROUNDS / 10);
});

test('checkEdgeNames lets numbers of numbered types pass', async () => {
  const random = createRandom(3);
  const outcomes = { refused: 0, passed: 0 };
  for (let round = 0; round < ROUNDS; round++) {
    const arena = await testArena();
    const strings = 1 + random.int(100);
    const numbered = random.int(2 ** 32);
    const isNumbered = (type: number) => type < 32 && ((numbered >>> type) & 1) === 1;
    const types = Uint8Array.from({ length: random.int(50) }, () => random.pick([random.int(32), random.int(256)]));
    const names = Uint32Array.from(types, (type) =>
      isNumbered(type) || random.chance(0.03) ? random.int(2 ** 32) : random.int(strings),
    );
    const first = names.findIndex((name, edge) => name >= strings && !isNumbered(types[edge]));
    const found = arena.kernels.checkEdgeNames(
      place(arena, types),
      place(arena, names),
      names.length,
      numbered,
      strings,
    );
    expect(found >>> 0).toBe(first < 0 ? names.length : first);
    outcomes[first < 0 ? 'passed' : 'refused']++;
  }
  expect(Math.min(...Object.values(outcomes))).toBeGreaterThan(ROUNDS / 10);
});

test('sumU32 adds up exactly, above 2^32 too', async () => {
  const random = createRandom(4);
  for (let round = 0; round < ROUNDS; round++) {
    const arena = await testArena();
    const most = random.pick([2, 100, 2 ** 32]);
    const numbers = Uint32Array.from({ length: random.int(60) }, () => random.int(most));
    const expected = numbers.reduce((sum, number) => sum + number, 0);
    expect(arena.kernels.sumU32(place(arena, numbers), numbers.length)).toBe(expected);
  }
});

test('listBits lists the positions of the bits that are set', async () => {
  const random = createRandom(4);
  let listed = 0;
  for (let round = 0; round < ROUNDS; round++) {
    const arena = await testArena();
    const density = random.pick([0, 0.02, 0.5, 1]);
    const flags = Array.from({ length: random.int(200) }, () => random.chance(density));
    const list = junk(arena, 'u32', flags.length);
    const count = arena.kernels.listBits(place(arena, packBits(flags)), flags.length, list.offset);
    const expected = [...flags.keys()].filter((position) => flags[position]);
    expect([...arena.view(list).subarray(0, count)]).toEqual(expected);
    listed += count;
  }
  expect(listed).toBeGreaterThan(ROUNDS);
});
