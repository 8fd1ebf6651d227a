import { expect, test } from 'vitest';
import type { Arena } from '#src/wasm/arena.js';
import { wholeNumbers } from '#src/wasm/region.js';
import { createRandom, type Random } from '../build/random.js';
import { testArena } from '../engine/engine.js';
import { junk } from './memory.js';

const ROUNDS = 2_000;

/** Rows of random values, a few of them too large for the column: their address, width, and one field by row. */
function placeRows(arena: Arena, random: Random, fits: (random: Random) => number, misfits: readonly number[]) {
  const fields = 1 + random.int(8);
  const rows = random.int(40);
  const field = random.int(fields);
  const isClean = random.chance(0.5);
  const values = Array.from({ length: rows }, () =>
    isClean || random.chance(0.95) ? fits(random) : random.pick(misfits),
  );
  const address = arena.allocate('f64', fields * rows).offset;
  const cells = new BigUint64Array(arena.memory.buffer, address, fields * rows);
  for (let cell = 0; cell < cells.length; cell++) cells[cell] = BigInt(random.int(2 ** 32)) * 0x1_0001n;
  for (const [row, value] of values.entries()) cells[row * fields + field] = BigInt(value);
  return { source: address + 8 * field, rows, stride: 8 * fields, values };
}

/** How many of the leading values fit, and these as the kernel should write them. */
function expectedOf(values: readonly number[], fits: (value: number) => boolean) {
  const misfit = values.findIndex((value) => !fits(value));
  return { fitted: misfit < 0 ? values.length : misfit, misfit };
}

test('fillU8 takes values up to its limit and stops at the first other one', async () => {
  const random = createRandom(1);
  let stopped = 0;
  for (let round = 0; round < ROUNDS; round++) {
    const arena = await testArena();
    const max = random.pick([0, 1, 13, 254, 255]);
    const misfits = [max + 1, 256 + max, 2 ** 32, 2 ** 53 - 1];
    const { source, rows, stride, values } = placeRows(arena, random, (from) => from.int(max + 1), misfits);
    const out = junk(arena, 'u8', rows);
    const { fitted, misfit } = expectedOf(values, (value) => value <= max);
    expect(arena.kernels.fillU8(source, rows, stride, out.offset, max)).toBe(fitted);
    expect([...arena.view(out).subarray(0, fitted)]).toEqual(values.slice(0, fitted));
    if (misfit >= 0) stopped++;
  }
  expect(stopped).toBeGreaterThan(ROUNDS / 10);
});

test('fillU32 takes values below 2^32 and stops at the first other one', async () => {
  const random = createRandom(2);
  let stopped = 0;
  for (let round = 0; round < ROUNDS; round++) {
    const arena = await testArena();
    const fits = (from: Random) => from.pick([from.int(2 ** 32), 0, 2 ** 32 - 1, 2 ** 31]);
    const { source, rows, stride, values } = placeRows(arena, random, fits, [2 ** 32, 2 ** 32 + 7, 2 ** 53 - 1]);
    const out = junk(arena, 'u32', rows);
    const { fitted, misfit } = expectedOf(values, (value) => value < 2 ** 32);
    expect(arena.kernels.fillU32(source, rows, stride, out.offset)).toBe(fitted);
    expect([...arena.view(out).subarray(0, fitted)]).toEqual(values.slice(0, fitted));
    if (misfit >= 0) stopped++;
  }
  expect(stopped).toBeGreaterThan(ROUNDS / 10);
});

test('fillHalves takes every whole number up to 2^53 - 1 apart', async () => {
  const random = createRandom(5);
  let written = 0;
  for (let round = 0; round < ROUNDS; round++) {
    const arena = await testArena();
    const fits = (from: Random) => from.pick([Math.floor(from.next() * 2 ** 53), 2 ** 53 - 1, 2 ** 32, 0]);
    const { source, rows, stride, values } = placeRows(arena, random, fits, [2 ** 53 - 2]);
    const [low, high] = [junk(arena, 'u32', rows), junk(arena, 'u32', rows)];
    arena.kernels.fillHalves(source, rows, stride, low.offset, high.offset);
    expect([...wholeNumbers(arena.memory.buffer, { low, high }, new Float64Array(rows))]).toEqual(values);
    written += rows;
  }
  expect(written).toBeGreaterThan(10 * ROUNDS);
});

test('fillF64 takes every whole number up to 2^53 - 1 exactly', async () => {
  const random = createRandom(3);
  let written = 0;
  for (let round = 0; round < ROUNDS; round++) {
    const arena = await testArena();
    const fits = (from: Random) => from.pick([Math.floor(from.next() * 2 ** 53), 2 ** 53 - 1, 2 ** 32, 0]);
    const { source, rows, stride, values } = placeRows(arena, random, fits, [2 ** 53 - 2]);
    const out = junk(arena, 'f64', rows);
    expect(arena.kernels.fillF64(source, rows, stride, out.offset)).toBe(rows);
    expect([...arena.view(out)]).toEqual(values);
    written += rows;
  }
  expect(written).toBeGreaterThan(10 * ROUNDS);
});

test('fillOrdinals divides by the number of fields and stops at what is no node', async () => {
  const random = createRandom(4);
  let stopped = 0;
  for (let round = 0; round < ROUNDS; round++) {
    const arena = await testArena();
    const fields = 1 + random.int(9);
    const count = random.pick([1, 1 + random.int(1000), Math.floor((2 ** 32 - 1) / fields)]);
    const fits = (from: Random) => from.int(count) * fields;
    const misfits = [count * fields, (count - 1) * fields + (fields > 1 ? 1 : 2), 2 ** 32, 2 ** 32 + fields, 2 ** 52];
    const { source, rows, stride, values } = placeRows(arena, random, fits, misfits);
    const out = junk(arena, 'u32', rows);
    const { fitted, misfit } = expectedOf(values, (value) => value % fields === 0 && value / fields < count);
    expect(arena.kernels.fillOrdinals(source, rows, stride, out.offset, fields, count)).toBe(fitted);
    const ordinals = values.slice(0, fitted).map((value) => value / fields);
    expect([...arena.view(out).subarray(0, fitted)]).toEqual(ordinals);
    if (misfit >= 0) stopped++;
  }
  expect(stopped).toBeGreaterThan(ROUNDS / 10);
});
