import { expect, test } from 'vitest';
import { createRandom } from '../build/random.js';
import { plainStatistics } from '../oracle/plain/statistics.js';
import { randomRanges } from './edge-blocks.js';
import { junk, place, placeHalves } from './memory.js';
import { randomSamples } from './random-graphs.js';

const GRAPHS = 800;
const KIND_OF_TYPE = new Map([
  ['hidden', 1],
  ['native', 2],
  ['code', 3],
  ['string', 4],
  ['concatenated string', 4],
  ['sliced string', 4],
]);

test('sumKinds, countRetainers and sumElements sum by kind of memory, elements of arrays included', async () => {
  const totals = new Float64Array(6);
  for await (const { seed, arena, columns, plain } of randomSamples(GRAPHS)) {
    const { graph, nodes } = columns;
    const sums = arena.zeroed('f64', 6);
    const halves = placeHalves(arena, plain.selfSize);
    const kinds = place(
      arena,
      Uint8Array.from(columns.nodeTypes, (type) => KIND_OF_TYPE.get(type) ?? 0),
    );
    const [wanted, once, twice] = [arena.bits(nodes).offset, arena.bits(nodes).offset, arena.bits(nodes).offset];
    const list = junk(arena, 'u32', nodes).offset;
    const detachedness = graph.detachedness ? place(arena, plain.detachedness) : 0;
    let arrays = 0;
    for (const [from, to] of randomRanges(nodes, createRandom(seed))) {
      arrays = arena.kernels.sumKinds(
        from,
        to,
        columns.firstEdge,
        columns.edgeTo,
        columns.edgeType,
        columns.edgeName,
        columns.nodeType,
        columns.nodeName,
        columns.tags,
        detachedness,
        halves.low,
        halves.high,
        kinds,
        columns.edge('internal'),
        wanted,
        list,
        arrays,
        sums.offset,
      );
    }
    const half = Math.floor(columns.edges / 2);
    arena.kernels.countRetainers(columns.edgeTo, half, wanted, once, twice);
    arena.kernels.countRetainers(columns.edgeTo + 4 * half, columns.edges - half, wanted, once, twice);
    arena.kernels.sumElements(list, arrays, twice, halves.low, halves.high, sums.offset);
    const { native, v8heap } = plainStatistics(graph, plain.name, plain.selfSize, 0);
    const expected = [
      v8heap.system,
      native.total - graph.extraNativeBytes,
      native.typedArrays,
      v8heap.code,
      v8heap.strings,
      v8heap.jsArrays,
    ];
    expect([...arena.view(sums)], `graph ${seed}`).toEqual(expected);
    for (const [kind, sum] of expected.entries()) totals[kind] += sum;
  }
  expect(Math.min(...totals)).toBeGreaterThan(0);
});
