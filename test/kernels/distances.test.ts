import { expect, test } from 'vitest';
import { plainDistances } from '../oracle/plain/distances.js';
import { junk } from './memory.js';
import { randomSamples } from './random-graphs.js';

const GRAPHS = 1_500;

test('findDistances searches from the user roots, then from the root', async () => {
  const kinds = { user: 0, system: 0, unreached: 0, pairs: 0 };
  for await (const { seed, arena, columns, plain } of randomSamples(GRAPHS)) {
    const { graph, nodes, ephemerons } = columns;
    const distance = junk(arena, 'i32', nodes);
    const rootDegree = graph.firstEdge[graph.root + 1] - graph.firstEdge[graph.root];
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
      columns.node('hidden'),
      columns.node('array'),
      columns.node('synthetic'),
      columns.edge('internal'),
      columns.edge('weak'),
      columns.numbered,
      ephemerons.names,
      ephemerons.pairs,
      ephemerons.count,
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
