import { expect, test } from 'vitest';
import type { PlainGraph } from '../oracle/plain/graph.js';
import { parseWeakMapPair } from '../oracle/plain/weak-map-pair.js';
import { junk, unpackBits } from './memory.js';
import { randomSamples } from './random-graphs.js';

const GRAPHS = 600;

/** 1 for every edge whose type counts. */
function plainRetaining({ edgeCount, edgeFrom, edgeType, root }: PlainGraph): Uint8Array {
  return Uint8Array.from({ length: edgeCount }, (_, edge) =>
    Number(edgeType[edge] !== 'weak' && (edgeType[edge] !== 'shortcut' || edgeFrom[edge] === root)),
  );
}

test('markRetaining takes edges by their type, and shortcuts from the root', async () => {
  const counts = [0, 0];
  for await (const { seed, arena, columns } of randomSamples(GRAPHS)) {
    const words = Math.ceil(columns.edges / 32);
    const retaining = junk(arena, 'u32', words);
    arena.kernels.markRetaining(
      columns.edgeType,
      columns.edges,
      columns.firstEdge,
      columns.root,
      columns.edge('shortcut'),
      columns.edge('weak'),
      retaining.offset,
    );
    const found = unpackBits(arena.view(retaining), 32 * words);
    const expected = new Uint8Array(32 * words);
    expected.set(plainRetaining(columns.graph));
    expect(found, `graph ${seed}`).toEqual(expected);
    for (const bit of expected) counts[bit]++;
  }
  expect(Math.min(...counts)).toBeGreaterThan(GRAPHS);
});

test('dropTableEdges clears the edges by which WeakMap tables hold values', async () => {
  let dropped = 0;
  for await (const { seed, arena, columns } of randomSamples(GRAPHS)) {
    const { graph, ephemerons } = columns;
    const retaining = arena.bits(columns.edges);
    arena.view(retaining).fill(0xffff_ffff);
    arena.kernels.dropTableEdges(
      columns.firstEdge,
      columns.edgeType,
      columns.edgeName,
      columns.nodeId.low,
      columns.nodeId.high,
      columns.tags,
      columns.nodes,
      columns.edge('internal'),
      ephemerons.names,
      ephemerons.tables,
      ephemerons.count,
      retaining.offset,
    );
    const expected = Uint8Array.from({ length: columns.edges }, (_, edge) => {
      const pair = parseWeakMapPair(graph.edgeType[edge], graph.edgeName[edge]);
      return Number(pair === undefined || pair.table !== graph.id[graph.edgeFrom[edge]]);
    });
    expect(unpackBits(arena.view(retaining), columns.edges), `graph ${seed}`).toEqual(expected);
    dropped += expected.filter((bit) => bit === 0).length;
  }
  expect(dropped).toBeGreaterThan(GRAPHS / 20);
});
