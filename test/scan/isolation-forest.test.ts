import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { anomalyScores, type ForestOptions } from '#src/scan/isolation-forest.js';
import { averagePathLength } from '#src/scan/isolation-tree.js';
import { createRandom, type Random } from '../build/random.js';
import { normal, rounds } from '../trend/random-series.js';

type Row = readonly number[];
type Tree = { size: number } | { feature: number; value: number; smaller: Tree; others: Tree };

/** Rows as lists, trees as objects: iTree and PathLength as the paper writes them. */
function plainTree(rows: readonly Row[], limit: number, random: Random): Tree {
  const features = rows.length === 0 ? [] : rounds(rows[0].length);
  const varying = features.filter((feature) => new Set(rows.map((row) => row[feature])).size > 1);
  if (limit === 0 || rows.length < 2 || varying.length === 0) return { size: rows.length };
  const feature = random.pick(varying);
  const values = rows.map((row) => row[feature]);
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const drawn = high - random.next() * (high - low);
  const value = drawn > low ? drawn : high;
  const smaller = plainTree(
    rows.filter((row) => row[feature] < value),
    limit - 1,
    random,
  );
  const others = plainTree(
    rows.filter((row) => row[feature] >= value),
    limit - 1,
    random,
  );
  return { feature, value, smaller, others };
}

function plainLength(tree: Tree, row: Row, depth = 0): number {
  if ('size' in tree) return depth + plainAverage(tree.size);
  return plainLength(row[tree.feature] < tree.value ? tree.smaller : tree.others, row, depth + 1);
}

function plainAverage(n: number): number {
  if (n <= 2) return n === 2 ? 1 : 0;
  return 2 * (Math.log(n - 1) + 0.5772156649015329) - (2 * (n - 1)) / n;
}

function plainScores(rows: readonly Row[], { trees = 100, sample = 256, seed = 1 }: ForestOptions): number[] {
  const random = createRandom(seed);
  const size = Math.min(sample, rows.length);
  const order = [...rows];
  const forest = rounds(trees).map(() => {
    for (let at = 0; at < size; at++) {
      const other = at + random.int(order.length - at);
      [order[at], order[other]] = [order[other], order[at]];
    }
    return plainTree(order.slice(0, size), Math.ceil(Math.log2(size)), random);
  });
  const meanLength = (row: Row) => forest.reduce((sum, tree) => sum + plainLength(tree, row), 0) / trees;
  return rows.map((row) => 2 ** (-meanLength(row) / plainAverage(size)));
}

function columnsOf(rows: readonly Row[]): Float64Array[] {
  return rounds(rows[0].length).map((feature) => Float64Array.from(rows, (row) => row[feature]));
}

test('scores are those of trees grown by recursion', () => {
  const cell = fc.oneof(fc.integer({ min: -3, max: 3 }), fc.double({ min: -1e9, max: 1e9, noNaN: true }));
  const table = fc
    .integer({ min: 1, max: 4 })
    .chain((width) =>
      fc.array(fc.array(cell, { minLength: width, maxLength: width }), { minLength: 2, maxLength: 60, size: 'max' }),
    );
  const options = fc.record({
    trees: fc.integer({ min: 1, max: 12 }),
    sample: fc.integer({ min: 2, max: 64 }),
    seed: fc.nat(),
  });
  fc.assert(
    fc.property(table, options, (rows, forest) => {
      const scores = anomalyScores(columnsOf(rows), forest);
      expect(scores.length).toBe(rows.length);
      for (const [row, score] of plainScores(rows, forest).entries()) expect(scores[row]).toBeCloseTo(score, 12);
      for (const score of scores) expect(score > 0 && score < 1).toBe(true);
    }),
    { seed: 2008, numRuns: 150 },
  );
});

describe('c(n)', () => {
  test.each([
    [0, 0],
    [1, 0],
    [2, 1],
    [3, 1.207392357589623],
    [256, 10.24477092012],
  ])('of %d is %d', (size, expected) => {
    expect(averagePathLength(size)).toBeCloseTo(expected, 12);
  });
});

describe('a row far from a cluster', () => {
  test.each([1, 2, 3])('has the highest score, and those within are ordinary: seed %d', (seed) => {
    const random = createRandom(100 + seed);
    const rows = rounds(600).map(() => [normal(random), 1e8 + 1e5 * normal(random), 7]);
    rows[321] = [9, 1e8 + 2e6, 7];
    const scores = anomalyScores(columnsOf(rows), { seed });
    const [highest, second] = [...scores].sort((a, b) => b - a);
    expect(scores.indexOf(highest)).toBe(321);
    expect(highest).toBeGreaterThan(0.75);
    expect(second).toBeLessThan(highest - 0.05);
    expect([...scores].filter((score) => score < 0.5).length).toBeGreaterThan(400);
  });

  test('stands out whatever the scale of a feature', () => {
    const random = createRandom(5);
    const rows = rounds(200).map(() => [random.next(), random.next()]);
    // A power of two: larger numbers, and the same rounding.
    const scaled = rows.map(([a, b]) => [2 ** 40 * a, b]);
    expect(anomalyScores(columnsOf(scaled))).toEqual(anomalyScores(columnsOf(rows)));
  });
});

test('a steady ramp has its anomalies at both ends, which is why they are no sign of a leak', () => {
  const scores = anomalyScores([Float64Array.from(rounds(500))]);
  const order = rounds(500).sort((a, b) => scores[b] - scores[a]);
  const ends = order.slice(0, 20).map((row) => Math.min(row, 499 - row));
  expect(Math.max(...ends)).toBeLessThan(30);
  expect(scores[250]).toBeLessThan(0.5);
});

test('a seed gives its scores again, and another one others near them', () => {
  const random = createRandom(8);
  const column = Float64Array.from(rounds(300), () => normal(random));
  const [first, again, other] = [1, 1, 2].map((seed) => anomalyScores([column], { seed }));
  expect(again).toEqual(first);
  expect(other).not.toEqual(first);
  for (const [row, score] of first.entries()) expect(Math.abs(other[row] - score)).toBeLessThan(0.15);
});

describe('nothing to tell apart', () => {
  test('is 0.5 for every row: equal rows, a single one', () => {
    const equal = anomalyScores([new Float64Array(9).fill(4), new Float64Array(9)]);
    expect([...equal]).toEqual(new Array(9).fill(expect.closeTo(0.5, 12)));
    expect([...anomalyScores([Float64Array.of(3)])]).toEqual([0.5]);
    expect([...anomalyScores([Float64Array.of(3, 4, 5)], { sample: 1 })]).toEqual([0.5, 0.5, 0.5]);
  });

  test('is no score for no row', () => {
    expect([anomalyScores([]).length, anomalyScores([new Float64Array(0)]).length]).toEqual([0, 0]);
  });
});

test('neighbouring numbers are told apart, and so are the largest there are', () => {
  const near = Float64Array.of(1, 1 + Number.EPSILON, 1, 1, 1, 1, 1, 1);
  const far = Float64Array.of(-Number.MAX_VALUE, Number.MAX_VALUE, 0, 1, 2, 3, 4, 5);
  // One of eight, each time split off at once: E[h] = 1, against c(8).
  expect(anomalyScores([near])[1]).toBeCloseTo(2 ** (-1 / averagePathLength(8)), 12);
  expect(anomalyScores([far]).every((score) => score > 0 && score < 1)).toBe(true);
});

test('columns of different lengths, unknown values and options below 1 are refused', () => {
  const column = Float64Array.of(1, 2, 3);
  expect(() => anomalyScores([column, Float64Array.of(1)])).toThrow(
    new RangeError('feature 1: found 1 values, expected 3 as in the first'),
  );
  expect(() => anomalyScores([column, Float64Array.of(1, Number.NaN, 2)])).toThrow(
    new RangeError('feature 1: found NaN at 1, expected a finite number'),
  );
  expect(() => anomalyScores([column], { trees: 0 })).toThrow(
    new RangeError('trees: found 0, expected a whole number from 1 on'),
  );
  expect(() => anomalyScores([column], { sample: 1.5 })).toThrow('sample: found 1.5');
});
