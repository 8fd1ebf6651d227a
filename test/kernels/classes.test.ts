import { expect, test } from 'vitest';
import { createRandom, type Random } from '../build/random.js';
import { plainAggregates } from '../oracle/plain/aggregates.js';
import type { GraphColumns } from './graph-columns.js';
import { junk, place, placeHalves, unpackBits } from './memory.js';
import { randomSamples } from './random-graphs.js';
import { treePreorder } from './tree-preorder.js';

const GRAPHS = 800;

/** A class of its own for some types, 0 for those whose class is the node's name; a column of 256. */
function randomTypeClasses(random: Random): Uint32Array {
  return Uint32Array.from({ length: 256 }, () => (random.chance(0.5) ? 0 : 1 + random.int(900)));
}

function isRenamed({ graph }: GraphColumns, detachedness: Uint8Array, node: number): boolean {
  return graph.detachedness !== undefined && graph.type[node] === 'native' && detachedness[node] === 2;
}

test('markClassNames marks the names that become classes, those of renamed nodes apart', async () => {
  const marked = [0, 0];
  for await (const { seed, arena, columns, plain } of randomSamples(GRAPHS)) {
    const classOfType = randomTypeClasses(createRandom(seed));
    const { graph, nodes, strings } = columns;
    const used = [arena.bits(strings.length), arena.bits(strings.length)];
    arena.kernels.markClassNames(
      columns.nodeType,
      columns.nodeName,
      graph.detachedness ? place(arena, plain.detachedness) : 0,
      nodes,
      columns.node('native'),
      place(arena, classOfType),
      used[0].offset,
      used[1].offset,
    );
    const expected = [new Uint8Array(strings.length), new Uint8Array(strings.length)];
    for (const [node, type] of graph.type.entries()) {
      if (classOfType[columns.node(type)] !== 0) continue;
      expected[isRenamed(columns, plain.detachedness, node) ? 1 : 0][strings.indexOf(graph.name[node])] = 1;
    }
    for (const [which, bits] of used.entries()) {
      expect(unpackBits(arena.view(bits), strings.length), `graph ${seed}`).toEqual(expected[which]);
      marked[which] += expected[which].reduce((sum, bit) => sum + bit, 0);
    }
  }
  expect(Math.min(...marked)).toBeGreaterThan(GRAPHS / 10);
});

test('assignClasses goes by the type, else by the name', async () => {
  const sources = { type: 0, name: 0, renamed: 0 };
  for await (const { seed, arena, columns, plain } of randomSamples(GRAPHS)) {
    const random = createRandom(seed);
    const { graph, nodes, strings } = columns;
    const classOfType = randomTypeClasses(random);
    const [byName, byRenamed] = [0, 1].map(() => Uint32Array.from(strings, () => 1000 + random.int(9000)));
    const classOf = junk(arena, 'u32', nodes);
    arena.kernels.assignClasses(
      columns.nodeType,
      columns.nodeName,
      graph.detachedness ? place(arena, plain.detachedness) : 0,
      nodes,
      columns.node('native'),
      place(arena, classOfType),
      place(arena, byName),
      place(arena, byRenamed),
      classOf.offset,
    );
    const expected = graph.type.map((type, node) => {
      const fixed = classOfType[columns.node(type)];
      const renamed = isRenamed(columns, plain.detachedness, node);
      sources[fixed !== 0 ? 'type' : renamed ? 'renamed' : 'name']++;
      return fixed || (renamed ? byRenamed : byName)[strings.indexOf(graph.name[node])];
    });
    expect([...arena.view(classOf)], `graph ${seed}`).toEqual(expected);
  }
  expect(Math.min(...Object.values(sources))).toBeGreaterThan(GRAPHS / 10);
});

test('countClasses and sumRetained sum members with a size, and retained sizes of the topmost ones', async () => {
  let nested = 0;
  for await (const { seed, arena, columns, plain } of randomSamples(GRAPHS)) {
    const random = createRandom(seed);
    const { nodes } = columns;
    const classes = 1 + random.int(6);
    const classOf = Uint32Array.from({ length: nodes }, () => random.int(classes));
    const { order, size } = treePreorder(random, plain.dominator);
    const { selfSize, retainedSize, dominator, distance } = plain;
    const [counts, selfSizes] = [arena.zeroed('u32', classes), arena.zeroed('f64', classes)];
    const retained = arena.zeroed('f64', classes);
    const least = arena.allocate('i32', classes);
    arena.view(least).fill(0x7fff_ffff);
    const halves = placeHalves(arena, selfSize);
    const [classColumn, distances] = [place(arena, classOf), place(arena, distance)];
    const [treeOrder, treeSize, retainedSizes] = [place(arena, order), place(arena, size), place(arena, retainedSize)];
    // In one piece or several, each of which begins anywhere.
    const cuts = Array.from({ length: random.int(4) }, () => random.int(nodes + 1)).sort((a, b) => a - b);
    const bounds = [0, ...cuts, nodes];
    for (const [index, from] of bounds.slice(0, -1).entries()) {
      const to = bounds[index + 1];
      arena.kernels.countClasses(
        from,
        to,
        classColumn,
        halves.low,
        halves.high,
        distances,
        counts.offset,
        selfSizes.offset,
        least.offset,
      );
      const covered = arena.zeroed('u32', classes).offset;
      arena.kernels.coverAncestors(treeOrder, treeSize, from, classColumn, halves.low, halves.high, covered);
      arena.kernels.sumRetained(
        treeOrder,
        treeSize,
        from,
        to,
        classColumn,
        halves.low,
        halves.high,
        retainedSizes,
        covered,
        retained.offset,
      );
    }
    const classKey = Array.from(classOf, String);
    const expected = plainAggregates({ classKey, className: classKey, selfSize, retainedSize, dominator, distance });
    const found = Array.from({ length: classes }, (_, number) => ({
      key: String(number),
      name: String(number),
      count: arena.view(counts)[number],
      selfSize: arena.view(selfSizes)[number],
      retainedSize: arena.view(retained)[number],
      distance: arena.view(least)[number],
    }));
    expect(
      found.filter(({ count }) => count > 0),
      `graph ${seed}`,
    ).toEqual(expected);
    nested += expected.filter((row) => row.count > 1 && row.retainedSize > 0).length;
  }
  expect(nested).toBeGreaterThan(GRAPHS);
});
