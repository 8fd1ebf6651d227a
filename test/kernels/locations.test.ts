import { expect, test } from 'vitest';
import { createRandom, type Random } from '../build/random.js';
import { testArena } from '../engine/engine.js';
import { junk, place } from './memory.js';

const ROUNDS = 1_000;

interface Rows {
  readonly list: Float64Array;
  readonly rows: number;
  readonly width: number;
  /** Of the number that says which node. */
  readonly node: number;
  readonly nodeWidth: number;
  readonly nodes: number;
}

/** Rows for random nodes, in order of these or not. */
function randomRows(random: Random): Rows {
  const [width, nodeWidth, nodes] = [1 + random.int(6), 1 + random.int(8), 1 + random.int(60)];
  const rows = random.int(50);
  const node = random.int(width);
  const list = Float64Array.from({ length: rows * width }, () => random.pick([random.int(9), 2 ** 53 - 1]));
  const ordinals = Array.from({ length: rows }, () => random.int(nodes));
  if (random.chance(0.5)) ordinals.sort((a, b) => a - b);
  for (const [row, ordinal] of ordinals.entries()) list[row * width + node] = ordinal * nodeWidth;
  return { list, rows, width, node, nodeWidth, nodes };
}

const ordinalsOf = ({ list, rows, width, node, nodeWidth }: Rows) =>
  Array.from({ length: rows }, (_, row) => list[row * width + node] / nodeWidth);

test('checkPlaces finds the first row for no node, and counts those that are not for a later one', async () => {
  const random = createRandom(1);
  const outcomes = { refused: 0, late: 0, ascending: 0 };
  for (let round = 0; round < ROUNDS; round++) {
    const arena = await testArena();
    const sample = randomRows(random);
    const { list, rows, width, node, nodeWidth, nodes } = sample;
    if (rows > 0 && random.chance(0.3)) {
      const wrong = [nodes * nodeWidth, 2 ** 53 - 1, 2 ** 32 * nodeWidth, ...(nodeWidth > 1 ? [1, nodeWidth + 1] : [])];
      list[random.int(rows) * width + node] = random.pick(wrong);
    }
    const ordinals = ordinalsOf(sample);
    const bad = ordinals.findIndex((ordinal) => !Number.isInteger(ordinal) || ordinal >= nodes);
    const last = arena.allocate('f64', 2);
    const before = random.pick([-1, 3 * nodeWidth]);
    arena.view(last).set([before, 7]);
    const below = nodeWidth * nodes;
    const found = arena.kernels.checkPlaces(place(arena, list), rows, width, node, nodeWidth, below, last.offset);
    expect(found, `round ${round}`).toBe(bad < 0 ? rows : bad);
    if (bad >= 0) {
      outcomes.refused++;
      continue;
    }
    const places = [before, ...ordinals.map((ordinal) => ordinal * nodeWidth)];
    const late = places.filter((place, index) => index > 0 && place <= places[index - 1]).length;
    expect([...arena.view(last)], `round ${round}`).toEqual([places[rows], 7 + late]);
    if (late > 0) outcomes.late++;
    else outcomes.ascending++;
  }
  expect(Math.min(...Object.values(outcomes))).toBeGreaterThan(ROUNDS / 20);
});

test('listObjectRows lists the rows for objects', async () => {
  const random = createRandom(2);
  let listed = 0;
  for (let round = 0; round < ROUNDS; round++) {
    const arena = await testArena();
    const sample = randomRows(random);
    const { list, rows, width, node, nodeWidth, nodes } = sample;
    const types = Uint8Array.from({ length: nodes }, () => random.int(3));
    const firstRow = random.int(1000);
    const found = junk(arena, 'u32', rows);
    const count = arena.kernels.listObjectRows(
      place(arena, list),
      rows,
      firstRow,
      width,
      node,
      nodeWidth,
      place(arena, types),
      1,
      found.offset,
    );
    const expected = ordinalsOf(sample).flatMap((ordinal, row) => (types[ordinal] === 1 ? [firstRow + row] : []));
    expect([...arena.view(found).subarray(0, count)], `round ${round}`).toEqual(expected);
    listed += count;
  }
  expect(listed).toBeGreaterThan(ROUNDS);
});
