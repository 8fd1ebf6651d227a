import { expect, test } from 'vitest';
import { createRandom } from '../build/random.js';
import { testArena } from '../engine/engine.js';
import { formatPropertyName, propertyNames } from '../oracle/plain/property-names.js';
import { randomRanges } from './edge-blocks.js';
import { placeGraph } from './graph-columns.js';
import { junk, place, unpackBits } from './memory.js';
import { plainObjects, plainShape } from './plain-shapes.js';
import { randomObjects } from './random-objects.js';

const GRAPHS = 1_500;
const NONE = 0xffff_ffff;
const MORE = 0x8000_0000;
/** assembly/shapes.ts: no shape shows more properties than this. */
const SEQUENCE = 62;

test('markPropertyNames marks every name that a shape can show, and no other property', async () => {
  let marked = 0;
  for (let seed = 0; seed < GRAPHS; seed++) {
    const arena = await testArena();
    const columns = placeGraph(arena, randomObjects(seed), seed);
    const { graph, strings } = columns;
    const used = arena.bits(strings.length);
    let objects = 0;
    for (const [from, to] of randomRanges(columns.nodes, createRandom(seed))) {
      const first = Math.max(from, columns.root);
      if (first >= to) continue;
      objects += arena.kernels.markPropertyNames(
        first,
        to,
        columns.firstEdge,
        columns.edgeType,
        columns.edgeName,
        columns.nodeType,
        columns.nodeName,
        columns.tags,
        columns.node('object'),
        columns.edge('property'),
        used.offset,
      );
    }
    const expected = plainObjects(graph);
    const found = [...unpackBits(arena.view(used), strings.length).entries()].flatMap(([index, bit]) =>
      bit ? [strings[index]] : [],
    );
    const shown = new Set(expected.flatMap((node) => plainShape(graph, node)?.properties ?? []));
    const all = new Set(expected.flatMap((node) => propertyNames(graph, node)));
    expect(objects, `objects ${seed}`).toBe(expected.length);
    expect(found, `objects ${seed}`).toEqual(expect.arrayContaining([...shown]));
    expect([...all], `objects ${seed}`).toEqual(expect.arrayContaining(found));
    expect(found).not.toContain('__proto__');
    marked += found.length;
  }
  expect(marked).toBeGreaterThan(GRAPHS);
});

test('collectShapesOfRange numbers shapes by their first object, and keeps what each shows', async () => {
  const kinds = { cut: 0, short: 0, shapes: 0 };
  for (let seed = 0; seed < GRAPHS; seed++) {
    const arena = await testArena();
    const columns = placeGraph(arena, randomObjects(seed), seed);
    const { graph, strings } = columns;
    const random = createRandom(seed);
    const objects = plainObjects(graph);
    const propertyOf = Uint32Array.from(random.shuffle([...strings.keys()]));
    const textLength = new Uint32Array(strings.length);
    for (const [index, text] of strings.entries()) textLength[propertyOf[index]] = formatPropertyName(text).length;

    const known = new Map<string, number>();
    const counts: number[] = [];
    const shapeOf = new Uint32Array(columns.nodes).fill(NONE);
    const sequences: number[][] = [];
    for (const node of objects) {
      const shape = plainShape(graph, node);
      if (shape === undefined) continue;
      const key = JSON.stringify(shape.properties);
      if (!known.has(key)) {
        sequences.push(shape.properties.map((name) => propertyOf[strings.indexOf(name)]));
        known.set(key, known.size);
      }
      const number = known.get(key) as number;
      counts[number] = (counts[number] ?? 0) + 1;
      shapeOf[node] = shape.more ? number + MORE : number;
      if (shape.more) kinds.cut++;
    }

    const needed = sequences.flat().length;
    // Room for all of them, or for a few less: then it stops in front of the object that finds none.
    const capacity = needed - (seed % 3 === 0 ? Math.min(needed, random.int(4)) : 0);
    const found = arena.allocate('u32', columns.nodes);
    arena.view(found).fill(NONE);
    const table = arena.allocate('u32', 2 ** Math.ceil(Math.log2(2 * objects.length + 2)));
    arena.view(table).fill(NONE);
    const state = arena.zeroed('u32', 2);
    const [foundCounts, starts] = [junk(arena, 'u32', objects.length), junk(arena, 'u32', objects.length + 1)];
    const pool = junk(arena, 'u32', capacity);
    const columnsOfAll = [columns.firstEdge, columns.edgeType, columns.edgeName] as const;
    const addresses = [place(arena, propertyOf), place(arena, textLength)] as const;
    let stopped: number | undefined;
    for (const [from, to] of randomRanges(columns.nodes, random)) {
      const first = Math.max(from, columns.root);
      if (first >= to) continue;
      const reached = arena.kernels.collectShapesOfRange(
        first,
        to,
        state.offset,
        ...columnsOfAll,
        columns.nodeType,
        columns.nodeName,
        columns.tags,
        columns.node('object'),
        columns.edge('property'),
        ...addresses,
        table.offset,
        table.length,
        junk(arena, 'u32', SEQUENCE).offset,
        found.offset,
        foundCounts.offset,
        starts.offset,
        pool.offset,
        capacity,
      );
      if (reached === to) continue;
      stopped = reached;
      break;
    }
    const label = `objects ${seed}`;
    if (capacity < needed) {
      const [shapes, used] = arena.view(state);
      expect(stopped, label).toBeDefined();
      expect(used, label).toBeLessThanOrEqual(capacity);
      expect([...arena.view(pool).subarray(0, used)], label).toEqual(sequences.slice(0, shapes).flat());
      kinds.short++;
      continue;
    }
    expect(stopped, label).toBeUndefined();
    expect([...arena.view(state)], label).toEqual([sequences.length, needed]);
    expect(arena.view(found), label).toEqual(shapeOf);
    expect([...arena.view(foundCounts).subarray(0, counts.length)], label).toEqual(counts);
    const start = arena.view(starts);
    const kept = sequences.map((_, shape) => [...arena.view(pool).subarray(start[shape], start[shape + 1])]);
    expect(kept, label).toEqual(sequences);
    kinds.shapes += sequences.length;
  }
  for (const count of Object.values(kinds)) expect(count).toBeGreaterThan(GRAPHS / 10);
});
