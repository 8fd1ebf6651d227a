import { expect, test } from 'vitest';
import { plainDistances } from '../oracle/plain/distances.js';
import type { PlainGraph } from '../oracle/plain/graph.js';
import { junk } from './memory.js';
import { randomSamples } from './random-graphs.js';

const GRAPHS = 1_500;

test('markFiltered and findDistances search from the user roots, then from the root', async () => {
  const kinds = { user: 0, system: 0, unreached: 0, pairs: 0, filtered: 0 };
  for await (const { seed, arena, columns, plain } of randomSamples(GRAPHS)) {
    const { graph, nodes, ephemerons } = columns;
    const distance = junk(arena, 'i32', nodes);
    const rootDegree = graph.firstEdge[graph.root + 1] - graph.firstEdge[graph.root];
    const filtered = arena.bits(nodes);
    arena.kernels.markFiltered(
      columns.nodeType,
      columns.nodeName,
      columns.tags,
      nodes,
      columns.node('hidden'),
      columns.node('array'),
      filtered.offset,
    );
    expect(unpackBits(arena.view(filtered), nodes), `graph ${seed}`).toEqual(plainFiltered(graph, plain.name));
    kinds.filtered += arena.view(filtered).some((word) => word !== 0) ? 1 : 0;
    arena.kernels.findDistances(
      columns.firstEdge,
      columns.edgeTo,
      columns.edgeType,
      columns.edgeName,
      columns.nodeType,
      columns.nodeName,
      columns.tags,
      nodes,
      columns.root,
      columns.node('array'),
      columns.node('synthetic'),
      columns.edge('internal'),
      columns.edge('weak'),
      columns.numbered,
      ephemerons.names,
      ephemerons.pairs,
      ephemerons.count,
      filtered.offset,
      arena.bits(nodes).offset,
      arena.bits(ephemerons.pairCount).offset,
      junk(arena, 'u32', nodes + rootDegree).offset,
      distance.offset,
    );
    expect(arena.view(distance), `graph ${seed}`).toEqual(plainDistances(graph, plain.name));
    for (const away of arena.view(distance)) {
      kinds[away === -5 ? 'unreached' : away >= 100_000_000 ? 'system' : 'user']++;
    }
    kinds.pairs += ephemerons.count;
  }
  for (const count of Object.values(kinds)) expect(count).toBeGreaterThan(GRAPHS / 10);
});

function unpackBits(words: Uint32Array, count: number): boolean[] {
  return Array.from({ length: count }, (_, at) => ((words[at >>> 5] >>> (at & 31)) & 1) === 1);
}

/** S7: native contexts and descriptor arrays, by their type and name. */
function plainFiltered({ type }: PlainGraph, name: readonly string[]): boolean[] {
  return type.map(
    (kind, node) =>
      (kind === 'hidden' && name[node] === 'system / NativeContext') ||
      (kind === 'array' && name[node] === '(map descriptors)'),
  );
}
