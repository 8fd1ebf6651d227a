import { expect, test } from 'vitest';
import { rowConstants } from '#src/read/row-constants.js';
import { inverseOf } from '#src/read/usual-rows.js';
import type { Arena } from '#src/wasm/arena.js';
import { SLOT } from '#src/wasm/kernels.js';
import type { Region } from '#src/wasm/region.js';
import { createRandom, type Random } from '../build/random.js';
import { testArena } from '../engine/engine.js';
import { junk } from './memory.js';
import { digits, plainRows, type RowText, rowText } from './row-lists.js';

const ROUNDS = 4_000;
/** The kernels look at so many bytes at a time, and leave all of them to others where one is odd. */
const BLOCK = 64;

/** What a kernel has read of a text. */
interface Reading {
  readonly rows: number;
  readonly position: number;
}

type Call = (from: number, end: number, constants: number, result: number) => void;

function readText(arena: Arena, { text }: RowText, call: Call): Reading {
  const constants = rowConstants(arena);
  const result = arena.allocate('u32', 16);
  const window = arena.allocate('u8', text.length + BLOCK);
  arena.view(window).fill(0);
  arena.view(window).set(Buffer.from(text, 'latin1'));
  call(window.offset, window.offset + text.length, constants.offset, result.offset);
  const slots = arena.view(result);
  return { rows: slots[SLOT.count], position: slots[SLOT.position] - window.offset };
}

/**
 * `found` is a prefix of the rows that the twin takes, and misses none but in the block that the first odd byte, the end or `most`
 * lies in. Returns how many rows that were.
 */
function expectPrefix(text: RowText, width: number, fits: (row: number[]) => boolean, most: number, found: Reading) {
  const label = JSON.stringify(text);
  const plain = plainRows(text, width);
  const lengthOf = (at: number) => plain[at].end - (plain[at - 1]?.end ?? 0);
  const odd = plain.findIndex(({ row }, at) => !fits(row) || lengthOf(at) > BLOCK);
  const usual = odd < 0 ? plain : plain.slice(0, odd);
  expect(found.rows, label).toBeLessThanOrEqual(Math.min(usual.length, most));
  expect(found.position, label).toBe(found.rows === 0 ? 0 : usual[found.rows - 1].end);
  // The first byte of the row that is not taken is the earliest one that can be odd.
  const bound = usual.at(-1)?.end ?? 0;
  const least = usual.filter(({ end }) => end + BLOCK <= bound).length;
  expect(found.rows, label).toBeGreaterThanOrEqual(Math.min(least, most));
  return usual.slice(0, found.rows).map(({ row }) => row);
}

const column = (arena: Arena, region: Region & { kind: 'u8' | 'u32' }, rows: number) => [
  ...arena.view(region).subarray(0, rows),
];

test('readEdgeRows reads what its twin reads, up to the first odd block', async () => {
  const random = createRandom(1);
  let [read, stopped] = [0, 0];
  for (let round = 0; round < ROUNDS; round++) {
    const arena = await testArena();
    const nodeFields = 5 + random.int(3);
    const wide = random.int(2);
    const nodes = 1 + digits(random, wide ? 8 : 7);
    const typeMax = random.pick([0, 6, 7]);
    const oddity = random.pick([0, 0.002, 0.05]);
    const isOdd = () => random.chance(oddity);
    const rows = Array.from({ length: 1 + random.int(60) }, () => [
      isOdd() ? random.int(20) : random.int(typeMax + 1),
      isOdd() ? digits(random, 15) : digits(random, 8),
      isOdd() ? digits(random, 15) : random.int(nodes) * nodeFields,
    ]);
    const text = rowText(random, rows);
    const most = random.chance(0.2) ? random.int(rows.length) : rows.length;
    const [types, names, targets] = [junk(arena, 'u8', most), junk(arena, 'u32', most), junk(arena, 'u32', most)];
    const { inverse, twos } = inverseOf(nodeFields);
    const found = readText(arena, text, (from, end, constants, result) =>
      arena.kernels.readEdgeRows(
        from,
        end,
        most,
        text.feed,
        wide,
        constants,
        inverse,
        twos,
        nodes,
        typeMax,
        types.offset,
        names.offset,
        targets.offset,
        result,
      ),
    );
    const limit = wide ? 2 ** 32 : 1e8;
    const fits = ([type, name, target]: number[]) =>
      type <= typeMax && name < 1e8 && target < limit && target % nodeFields === 0 && target / nodeFields < nodes;
    const expected = expectPrefix(text, 3, fits, most, found);
    expect(column(arena, types, found.rows)).toEqual(expected.map(([type]) => type));
    expect(column(arena, names, found.rows)).toEqual(expected.map(([, name]) => name));
    expect(column(arena, targets, found.rows)).toEqual(expected.map(([, , target]) => target / nodeFields));
    read += found.rows;
    if (found.rows < rows.length - 20) stopped++;
  }
  expect(read).toBeGreaterThan(10 * ROUNDS);
  expect(stopped).toBeGreaterThan(ROUNDS / 20);
});

test('readNodeRows reads what its twin reads, up to the first odd block', async () => {
  const random = createRandom(2);
  let [read, stopped] = [0, 0];
  for (let round = 0; round < ROUNDS; round++) {
    const arena = await testArena();
    const [traced, attached] = [random.int(2), random.int(2)];
    const width = 5 + traced + attached;
    const typeMax = random.pick([0, 9, 14, 15]);
    const rows = Array.from({ length: 1 + random.int(40) }, () => randomNode(random, typeMax, traced, attached));
    const text = rowText(random, rows);
    const most = random.chance(0.2) ? random.int(rows.length) : rows.length;
    const [types, states] = [junk(arena, 'u8', most), junk(arena, 'u8', most)];
    const [names, ids, sizes, counts] = Array.from({ length: 4 }, () => junk(arena, 'u32', most));
    const found = readText(arena, text, (from, end, constants, result) =>
      arena.kernels.readNodeRows(
        from,
        end,
        most,
        text.feed,
        constants,
        traced,
        attached,
        typeMax,
        types.offset,
        names.offset,
        ids.offset,
        sizes.offset,
        counts.offset,
        states.offset,
        result,
      ),
    );
    const fits = ([type, name, id, size, count, ...further]: number[]) =>
      type <= typeMax &&
      type < 100 &&
      Math.max(name, size, count) < 1e8 &&
      id < 2 ** 32 &&
      (!traced || further[0] < (text.feed && !attached ? 1e14 : 1e15)) &&
      (!attached || further[traced] < 10);
    const expected = expectPrefix(text, width, fits, most, found);
    for (const [at, region] of [types, names, ids, sizes, counts].entries()) {
      expect(column(arena, region, found.rows)).toEqual(expected.map((row) => row[at]));
    }
    if (attached) expect(column(arena, states, found.rows)).toEqual(expected.map((row) => row[width - 1]));
    read += found.rows;
    if (found.rows < rows.length - 20) stopped++;
  }
  expect(read).toBeGreaterThan(5 * ROUNDS);
  expect(stopped).toBeGreaterThan(ROUNDS / 20);
});

/** Mostly one that fits; now and then one that is too large somewhere. */
function randomNode(random: Random, typeMax: number, traced: number, attached: number): number[] {
  const isOdd = () => random.chance(0.002);
  const upTo = (most: number) => (isOdd() ? digits(random, 15) : digits(random, most));
  return [
    isOdd() ? random.int(120) : random.int(typeMax + 1),
    upTo(8),
    isOdd() ? digits(random, 15) : random.int(2 ** 32),
    upTo(8),
    upTo(random.pick([1, 8])),
    ...(traced ? [isOdd() ? digits(random, 16) : digits(random, 6)] : []),
    ...(attached ? [isOdd() ? random.int(300) : random.int(3)] : []),
  ];
}

test('inverseOf divides exactly by a multiplication and a rotation', () => {
  const random = createRandom(3);
  for (let divisor = 1; divisor <= 64; divisor++) {
    const { inverse, twos } = inverseOf(divisor);
    const largest = Math.floor((2 ** 32 - 1) / divisor);
    for (let round = 0; round < 200; round++) {
      const value = random.pick([random.int(2 ** 32), divisor * random.int(largest + 1), largest * divisor, 0]);
      const product = Math.imul(value, inverse) >>> 0;
      const quotient = twos === 0 ? product : ((product >>> twos) | (product << (32 - twos))) >>> 0;
      if (value % divisor === 0) expect(quotient).toBe(value / divisor);
      else expect(quotient).toBeGreaterThan(largest);
    }
  }
});
