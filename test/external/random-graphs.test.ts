import { expect, test } from 'vitest';
import { classesUnder } from '#src/analysis/index.js';
import { BytesSource } from '#src/read/source.js';
import { randomGraph } from '../build/random-graph.js';
import { toJson } from '../build/snapshot-builder.js';
import { analyseBytes } from '../engine/engine.js';
import { AMPLE, analyseInFiles, TINY } from './external-engine.js';

const GRAPHS = 3_000;
const BLOCK = 500;

for (let first = 0; first < GRAPHS; first += BLOCK) {
  test(`random graphs ${first} to ${first + BLOCK - 1} equal the mode in memory`, async () => {
    for (let seed = first; seed < first + BLOCK; seed++) await equalsMemory(seed);
  });
}

async function equalsMemory(seed: number): Promise<void> {
  const plain = randomGraph(70_000 + seed, seed % 8 === 0 ? 150 : 40);
  const bytes = toJson(plain);
  const expected = await analyseBytes(bytes);
  const { interfaces } = expected.snapshot.classes;
  const half = interfaces.slice(0, Math.ceil(interfaces.length / 2));
  const under = classesUnder(expected.arena, expected.snapshot, half);
  const label = `seed ${seed}`;
  await analyseInFiles(
    () => new BytesSource(bytes),
    seed % 4 === 3 ? AMPLE : TINY,
    (found) => {
      expect(found.selfSize, label).toEqual(expected.selfSize);
      expect(found.dominator, label).toEqual(expected.dominator);
      expect(found.retainedSize, label).toEqual(expected.retainedSize);
      expect(found.distance, label).toEqual(expected.distance);
      expect(found.detachedness, label).toEqual(expected.detachedness);
      expect(found.statistics, label).toEqual(expected.statistics);
      expect(found.interfaces, label).toEqual(interfaces);
      expect(found.summaries, label).toEqual(expected.snapshot.summaries);
      for (let node = 0; node < plain.nodes.length; node++) {
        if (found.className(node) !== expected.className(node))
          expect(found.className(node), `${label}, node ${node}`).toBe(expected.className(node));
      }
      expect(found.under(half), label).toEqual(under);
    },
  );
}
