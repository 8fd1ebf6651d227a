import { describe, expect, test } from 'vitest';
import { testArena } from '../engine/engine.js';
import { dominatorsByRemoval } from '../oracle/plain/dominators-by-removal.js';
import type { PlainGraph } from '../oracle/plain/graph.js';
import { plainRetainedSizes } from '../oracle/plain/retained.js';
import { analyseBare, type BareGraph } from './bare-graph.js';
import { firstDifference } from './differences.js';
import { FAMILIES } from './families.js';

const LARGE = 1_000_000;
const LONGEST = 10_000_000;
const SYSTEM = 100_000_000;

/** The part of a plain graph that dominators are computed from; every edge is essential. */
function plainGraphOf({ root, firstEdge, edgeTo, selfSize }: BareGraph): PlainGraph {
  const nodeCount = selfSize.length;
  const edgeFrom = new Uint32Array(edgeTo.length);
  for (let node = 0; node < nodeCount; node++) edgeFrom.fill(node, firstEdge[node], firstEdge[node + 1]);
  return { nodeCount, edgeCount: edgeTo.length, root, edgeFrom, edgeTo } as PlainGraph;
}

/** Retained sizes from dominators that all come before their nodes, as in these families. */
function retainedBelow(dominator: Uint32Array, selfSize: Float64Array): Float64Array {
  const retained = selfSize.slice();
  for (let node = selfSize.length - 1; node > 0; node--) retained[dominator[node]] += retained[node];
  return retained;
}

describe('promise 7: worst-case families equal a twin that works by removal', () => {
  test.each(FAMILIES)('$name', async (family) => {
    for (const size of [4, 5, 6, 7, 16, 33, 100, 257]) {
      const graph = family.build(size);
      const found = analyseBare(await testArena(), graph);
      const plain = plainGraphOf(graph);
      const expected = dominatorsByRemoval(plain, new Uint8Array(plain.edgeCount).fill(1));
      expect(found.dominator, `size ${size}`).toEqual(expected);
      expect(found.retainedSize, `size ${size}`).toEqual(plainRetainedSizes(expected, graph.selfSize));
    }
  });
});

const CASES = [
  ...FAMILIES.map((family) => ({ family, name: family.name, size: LARGE })),
  { family: FAMILIES[0], name: FAMILIES[0].name, size: LONGEST },
];

describe('promise 8: large graphs of these families have the known answers', () => {
  test.each(CASES)('$name, size $size', async ({ family, size }) => {
    const graph = family.build(size);
    const nodes = graph.selfSize.length;
    expect(nodes + graph.edgeTo.length).toBeGreaterThan(0.9 * size);
    const found = analyseBare(await testArena(), graph);
    const dominator = new Uint32Array(nodes);
    const distance = new Int32Array(nodes).fill(SYSTEM);
    for (let node = 1; node < nodes; node++) {
      dominator[node] = family.dominator(node, graph);
      distance[node] = family.distance(node, graph);
    }
    expect(firstDifference(found.dominator, dominator)).toBe(-1);
    expect(firstDifference(found.distance, distance)).toBe(-1);
    expect(firstDifference(found.retainedSize, retainedBelow(dominator, graph.selfSize))).toBe(-1);
    expect(found.retainedSize[0]).toBe((nodes * (nodes + 1)) / 2);
  });
});
