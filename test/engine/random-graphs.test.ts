import { describe, expect, test } from 'vitest';
import { randomGraph } from '../build/random-graph.js';
import { toJson, toProfile } from '../build/snapshot-builder.js';
import { devtoolsFromProfile, isFailed } from '../oracle/devtools.js';
import { analyseBytes } from './engine.js';

const GRAPHS = 10_000;
const BLOCK = 1_000;
/** DevTools fails on some graphs, as devtools-semantics lists; far fewer than this. */
const MOST_FAILURES = GRAPHS / 20;

let compared = 0;

describe('random graphs equal DevTools node by node', () => {
  for (let first = 0; first < GRAPHS; first += BLOCK) {
    test(`seeds ${first} to ${first + BLOCK - 1}`, async () => {
      for (let seed = first; seed < first + BLOCK; seed++) if (await equalsDevtools(seed)) compared++;
    });
  }

  test('nearly all could be compared', () => {
    expect(compared).toBeGreaterThan(GRAPHS - MOST_FAILURES);
  });
});

/** False where DevTools fails. */
async function equalsDevtools(seed: number): Promise<boolean> {
  const plain = randomGraph(seed, seed % 8 === 0 ? 120 : 40);
  const devtools = await devtoolsFromProfile(toProfile(plain));
  if (isFailed(devtools)) return false;
  const engine = await analyseBytes(toJson(plain));
  const label = `seed ${seed}`;
  expect(engine.selfSize, label).toEqual(devtools.selfSize);
  expect(engine.dominator, label).toEqual(devtools.dominator);
  expect(engine.retainedSize, label).toEqual(devtools.retainedSize);
  expect(engine.distance, label).toEqual(devtools.distance);
  expect(engine.detachedness, label).toEqual(devtools.detachedness);
  expect(engine.statistics, label).toEqual(devtools.statistics);
  expect(engine.classes, label).toEqual(devtools.aggregates);
  for (let node = 0; node < plain.nodes.length; node++) {
    if (engine.nodeName(node) !== devtools.nodeName(node))
      expect(engine.nodeName(node), label).toBe(devtools.nodeName(node));
    if (engine.className(node) !== devtools.className(node))
      expect(engine.className(node), label).toBe(devtools.className(node));
  }
  return true;
}
