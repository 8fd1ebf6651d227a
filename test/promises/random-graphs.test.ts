import { describe, expect, test } from 'vitest';
import { createRandom } from '../build/random.js';
import { testArena } from '../engine/engine.js';
import { analyseBare } from './bare-graph.js';
import { analyseNaively } from './bare-twin.js';
import { firstDifference } from './differences.js';
import { randomBareGraph } from './random-bare-graph.js';

const GRAPHS = 100_000;
const BLOCK = 10_000;

let deep = 0;
let unheld = 0;

describe(`promise 7: ${GRAPHS} random graphs have the dominators and retained sizes of a naive twin`, () => {
  for (let first = 0; first < GRAPHS; first += BLOCK) {
    test(`seeds ${first} to ${first + BLOCK - 1}`, async () => {
      for (let seed = first; seed < first + BLOCK; seed++) {
        const graph = randomBareGraph(createRandom(seed));
        const found = analyseBare(await testArena(), graph);
        const expected = analyseNaively(graph);
        const differs =
          firstDifference(found.dominator, expected.dominator) >= 0 ||
          firstDifference(found.retainedSize, expected.retainedSize) >= 0;
        if (differs) {
          expect([...found.dominator], `seed ${seed}`).toEqual([...expected.dominator]);
          expect([...found.retainedSize], `seed ${seed}`).toEqual([...expected.retainedSize]);
        }
        const below = expected.dominator.filter((above) => above !== graph.root).length;
        deep += below;
        unheld += graph.selfSize.length - below;
      }
    });
  }

  test('they had trees of some depth to find', () => {
    expect(deep).toBeGreaterThan(2 * GRAPHS);
    expect(unheld).toBeGreaterThan(2 * GRAPHS);
  });
});
