import { expect, test } from 'vitest';
import { plainEssentialEdges } from '../oracle/plain/essential-edges.js';
import { plainPageOwned } from '../oracle/plain/page-owned.js';
import { junk, packBits, place, unpackBits } from './memory.js';
import { randomSamples } from './random-graphs.js';

const GRAPHS = 600;

test('markPageOwned finds what the page owns', async () => {
  let owned = 0;
  for await (const { seed, arena, columns } of randomSamples(GRAPHS)) {
    const bits = arena.bits(columns.nodes);
    arena.kernels.markPageOwned(
      columns.firstEdge,
      columns.edgeTo,
      columns.edgeType,
      columns.nodeType,
      columns.nodeName,
      columns.tags,
      columns.root,
      columns.edge('element'),
      columns.edge('shortcut'),
      columns.edge('weak'),
      columns.node('synthetic'),
      junk(arena, 'u32', columns.nodes).offset,
      bits.offset,
    );
    const found = unpackBits(arena.view(bits), columns.nodes);
    expect(found, `graph ${seed}`).toEqual(plainPageOwned(columns.graph));
    owned += found.reduce((sum, bit) => sum + bit, 0);
  }
  expect(owned).toBeGreaterThan(GRAPHS);
});

test('markEssential keeps the edges that count', async () => {
  let pairs = 0;
  for await (const { seed, arena, columns, plain } of randomSamples(GRAPHS)) {
    const essential = arena.bits(columns.edges);
    arena.kernels.markEssential(
      columns.firstEdge,
      columns.edgeTo,
      columns.edgeType,
      columns.edgeName,
      columns.nodeId,
      columns.tags,
      columns.nodes,
      columns.root,
      columns.edge('internal'),
      columns.edge('shortcut'),
      columns.edge('weak'),
      columns.ephemerons.names,
      columns.ephemerons.tables,
      columns.ephemerons.count,
      place(arena, packBits(plain.pageOwned)),
      essential.offset,
    );
    const expected = plainEssentialEdges(columns.graph, plain.pageOwned);
    expect(unpackBits(arena.view(essential), columns.edges), `graph ${seed}`).toEqual(expected);
    pairs += columns.ephemerons.count;
  }
  expect(pairs).toBeGreaterThan(GRAPHS / 10);
});
