import { describe, expect, test } from 'vitest';
import { createRandom, type Random } from '../build/random.js';
import { randomGraph } from '../build/random-graph.js';
import { toJson } from '../build/snapshot-builder.js';
import { analyseBytes, type EngineAnalysis } from '../engine/engine.js';
import { analyzePlainly, type PlainAnalysis } from '../oracle/plain/analysis.js';
import { graphOfSnapshot } from '../oracle/plain/graph.js';
import { lossWithout } from './engine.js';
import { plainLoss } from './plain-loss.js';

const GRAPHS = 400;

test(`every node of ${GRAPHS} random graphs, cut, frees its retained size and its subtree`, async () => {
  let nodes = 0;
  for (let seed = 0; seed < GRAPHS; seed++) {
    const engine = await analyseBytes(toJson(randomGraph(seed)));
    const subtree = subtreeSizes(engine.dominator);
    for (const [node, retained] of engine.retainedSize.entries()) {
      const { freed, classes } = lossWithout(engine, [node]);
      expect(freed, `seed ${seed}, node ${node}`).toEqual({ nodes: subtree[node], bytes: retained });
      expect(classes.reduce((sum, { bytes }) => sum + bytes, 0)).toBe(retained);
      nodes++;
    }
  }
  expect(nodes).toBeGreaterThan(20 * GRAPHS);
});

describe('random cuts of random graphs take what the plain twin finds lost', () => {
  const differing = { classic: 0, real: 0 };

  test.each([0, 1, 2, 3])('block %i', async (block) => {
    for (let seed = block * GRAPHS; seed < (block + 1) * GRAPHS; seed++) {
      const plain = randomGraph(seed, seed % 10 === 0 ? 100 : 40);
      const engine = await analyseBytes(toJson(plain));
      const analysis = analyzePlainly(graphOfSnapshot(plain));
      const random = createRandom(seed + 7);
      for (let round = 0; round < 4; round++) compare(engine, analysis, random, `seed ${seed}, round ${round}`);
    }
  });

  test('and most took something, many by their maps', () => {
    expect(differing.classic).toBeGreaterThan(GRAPHS);
    expect(differing.real).toBeGreaterThan(GRAPHS / 10);
  });

  function compare(engine: EngineAnalysis, analysis: PlainAnalysis, random: Random, label: string): void {
    const some = (count: number, most: number) =>
      new Set(count === 0 ? [] : Array.from({ length: random.int(most) }, () => random.int(count)));
    const cut = { nodes: some(analysis.graph.nodeCount, 3), edges: some(analysis.graph.edgeCount, 12) };
    const found = lossWithout(engine, cut.nodes, cut.edges);
    const sum = (nodes: readonly number[]) => ({
      nodes: nodes.length,
      bytes: nodes.reduce((bytes, node) => bytes + analysis.selfSize[node], 0),
    });
    const classic = sum(plainLoss(analysis, cut, 'key'));
    const real = sum(plainLoss(analysis, cut, 'key and table'));
    expect(found.freed, label).toEqual(classic);
    expect(found.freedByRealEphemerons, label).toEqual(real.nodes === classic.nodes ? undefined : real);
    if (classic.nodes > 0) differing.classic++;
    if (real.nodes > classic.nodes) differing.real++;
  }
});

function subtreeSizes(dominator: Uint32Array): number[] {
  const sizes = new Array<number>(dominator.length).fill(0);
  for (const start of dominator.keys()) {
    let node = start;
    sizes[node]++;
    for (; dominator[node] !== node; node = dominator[node]) sizes[dominator[node]]++;
  }
  return sizes;
}
