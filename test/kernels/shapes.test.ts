import { expect, test } from 'vitest';
import type { Arena } from '#src/wasm/arena.js';
import type { Region } from '#src/wasm/region.js';
import { createRandom } from '../build/random.js';
import { testArena } from '../engine/engine.js';
import { formatPropertyName, propertyNames } from '../oracle/plain/property-names.js';
import { type GraphColumns, placeGraph } from './graph-columns.js';
import { junk, place, unpackBits } from './memory.js';
import { plainObjects, plainShape } from './plain-shapes.js';
import { randomObjects, unnamedProperties } from './random-objects.js';

const GRAPHS = 1_500;
const NONE = 0xffff_ffff;
const MORE = 0x8000_0000;
/** assembly/shapes.ts: no shape shows more properties than this. */
const SEQUENCE = 62;

async function* samples() {
  for (let seed = 0; seed < GRAPHS; seed++) {
    const arena = await testArena();
    yield { seed, arena, columns: placeGraph(arena, randomObjects(seed), seed) };
  }
}

const objectColumns = (columns: GraphColumns) =>
  [
    ...[columns.firstEdge, columns.edgeType, columns.edgeName, columns.nodeType, columns.nodeName, columns.tags],
    ...[columns.nodes, columns.root, columns.node('object'), columns.edge('property')],
  ] as unknown as [number, number, number, number, number, number, number, number, number, number];

const shapeColumns = (columns: GraphColumns) =>
  [
    ...[columns.firstEdge, columns.edgeType, columns.edgeName, columns.tags, columns.nodes, columns.edge('property')],
  ] as unknown as [number, number, number, number, number, number];

/** Runs `findExamples` into a column of junk. */
function examplesOf(arena: Arena, columns: GraphColumns, slots: number) {
  const exampleOf = junk(arena, 'u32', columns.nodes);
  const used = arena.bits(columns.strings.length);
  const count = junk(arena, 'u32', 1);
  const objects = arena.kernels.findExamples(
    ...objectColumns(columns),
    used.offset,
    junk(arena, 'u32', slots).offset,
    slots,
    exampleOf.offset,
    count.offset,
  );
  return { objects, examples: arena.view(count)[0], used, exampleOf };
}

test('findExamples leads every plain object to one with the same properties, not behind it', async () => {
  let repeated = 0;
  for await (const { seed, arena, columns } of samples()) {
    const { graph } = columns;
    const { objects, examples, exampleOf } = examplesOf(arena, columns, 2 ** (seed % 8));
    const expected = new Set(plainObjects(graph));
    expect(objects, `objects ${seed}`).toBe(expected.size);
    const own = [...arena.view(exampleOf).entries()].filter(([node, example]) => node === example);
    expect(examples, `objects ${seed}`).toBe(own.length);
    for (const [node, example] of arena.view(exampleOf).entries()) {
      if (!expected.has(node)) {
        expect(example, `objects ${seed}`).toBe(NONE);
        continue;
      }
      expect(example, `objects ${seed}`).toBeLessThanOrEqual(node);
      expect(arena.view(exampleOf)[example], `objects ${seed}`).toBe(example);
      expect(propertyNames(graph, example), `objects ${seed}`).toEqual(propertyNames(graph, node));
      if (example !== node) repeated++;
    }
  }
  expect(repeated).toBeGreaterThan(GRAPHS);
});

test('findExamples marks every name that a shape can show, and no other property', async () => {
  let marked = 0;
  for await (const { seed, arena, columns } of samples()) {
    const { used } = examplesOf(arena, columns, 16);
    const { graph } = columns;
    const objects = plainObjects(graph);
    const found = [...unpackBits(arena.view(used), columns.strings.length).entries()].flatMap(([index, bit]) =>
      bit ? [columns.strings[index]] : [],
    );
    const shown = new Set(objects.flatMap((node) => plainShape(graph, node)?.properties ?? []));
    const all = new Set(objects.flatMap((node) => propertyNames(graph, node)));
    expect(found, `objects ${seed}`).toEqual(expect.arrayContaining([...shown]));
    expect([...all], `objects ${seed}`).toEqual(expect.arrayContaining(found));
    expect(found).not.toContain('__proto__');
    marked += found.length;
  }
  expect(marked).toBeGreaterThan(GRAPHS);
});

test('collectShapes numbers the distinct shapes by their first object', async () => {
  let cut = 0;
  for await (const { seed, arena, columns } of samples()) {
    const { graph, strings } = columns;
    const objects = plainObjects(graph);
    const slots = 2 ** Math.ceil(Math.log2(2 * objects.length + 2));
    const { exampleOf: shapeOf } = examplesOf(arena, columns, 2 ** (seed % 8));
    const [counts, examples] = [junk(arena, 'u32', objects.length), junk(arena, 'u32', objects.length)];
    const random = createRandom(seed);
    const propertyOf = Uint32Array.from(random.shuffle([...strings.keys()]));
    const textLength = new Uint32Array(strings.length);
    for (const [index, text] of strings.entries()) textLength[propertyOf[index]] = formatPropertyName(text).length;
    const found = arena.kernels.collectShapes(
      ...shapeColumns(columns),
      place(arena, propertyOf),
      place(arena, textLength),
      junk(arena, 'u32', slots).offset,
      slots,
      junk(arena, 'u32', SEQUENCE).offset,
      junk(arena, 'u32', SEQUENCE).offset,
      shapeOf.offset,
      counts.offset,
      examples.offset,
    );
    const known = new Map<string, number>();
    const expectedCounts: number[] = [];
    const expectedExamples: number[] = [];
    const expectedShapes = new Uint32Array(columns.nodes).fill(NONE);
    for (const node of objects) {
      const shape = plainShape(graph, node);
      if (shape === undefined) continue;
      const key = JSON.stringify(shape.properties);
      const number = known.get(key) ?? expectedExamples.push(node) - 1;
      known.set(key, number);
      expectedCounts[number] = (expectedCounts[number] ?? 0) + 1;
      expectedShapes[node] = shape.more ? number + MORE : number;
      if (shape.more) cut++;
    }
    expect(found, `objects ${seed}`).toBe(known.size);
    expect(arena.view(shapeOf), `objects ${seed}`).toEqual(expectedShapes);
    expect([...arena.view(counts).subarray(0, found)], `objects ${seed}`).toEqual(expectedCounts);
    expect([...arena.view(examples).subarray(0, found)], `objects ${seed}`).toEqual(expectedExamples);
  }
  expect(cut).toBeGreaterThan(GRAPHS);
});

test('collectShapes stays within its scratch for objects with any number of unnamed properties', async () => {
  for (const count of [1, 61, 62, 63, 64, 128, 500]) {
    const arena = await testArena();
    const columns = placeGraph(arena, unnamedProperties(count), 1);
    const { exampleOf: shapeOf, used } = examplesOf(arena, columns, 16);
    const [counts, examples] = [junk(arena, 'u32', 1), junk(arena, 'u32', 1)];
    // Names that no shape can show have no number.
    const isUsed = unpackBits(arena.view(used), columns.strings.length);
    const propertyOf = Uint32Array.from(columns.strings, (_, index) => (isUsed[index] ? index : 0xfff0_0000));
    const textLength = Uint32Array.from(columns.strings, (text) => formatPropertyName(text).length);
    const table = junk(arena, 'u32', 4);
    const guards: Region[] = [];
    const guarded = () => {
      const region = junk(arena, 'u32', SEQUENCE);
      guards.push(junk(arena, 'u8', 4096));
      return region.offset;
    };
    const found = arena.kernels.collectShapes(
      ...shapeColumns(columns),
      place(arena, propertyOf),
      place(arena, textLength),
      table.offset,
      table.length,
      guarded(),
      guarded(),
      shapeOf.offset,
      counts.offset,
      examples.offset,
    );
    expect({ found, objects: arena.view(counts)[0] }, `${count} properties`).toEqual({ found: 1, objects: 2 });
    for (const guard of guards) {
      const bytes = new Uint8Array(arena.memory.buffer, guard.offset, guard.length);
      expect(
        bytes.every((byte) => byte === 0xa5),
        `${count} properties`,
      ).toBe(true);
    }
  }
});

test('assignShapes gives classes to objects that show all, and lists the others', async () => {
  const random = createRandom(7);
  let others = 0;
  for (let round = 0; round < GRAPHS; round++) {
    const arena = await testArena();
    const shapes = 1 + random.int(9);
    const shapeOf = Uint32Array.from({ length: random.int(60) }, () =>
      random.pick([NONE, random.int(shapes), random.int(shapes) + MORE]),
    );
    const classOfShape = Uint32Array.from({ length: shapes }, () => random.int(1000));
    const before = shapeOf.map(() => 5000 + random.int(1000));
    const classOf = arena.allocate('u32', shapeOf.length);
    arena.view(classOf).set(before);
    const list = junk(arena, 'u32', shapeOf.length);
    const found = arena.kernels.assignShapes(
      place(arena, shapeOf),
      shapeOf.length,
      place(arena, classOfShape),
      list.offset,
      classOf.offset,
    );
    const cut = [...shapeOf.keys()].filter((node) => shapeOf[node] !== NONE && shapeOf[node] >= MORE);
    expect([...arena.view(list).subarray(0, found)]).toEqual(cut);
    expect(arena.view(classOf)).toEqual(
      before.map((given, node) => (shapeOf[node] < MORE ? classOfShape[shapeOf[node]] : given)),
    );
    others += found;
  }
  expect(others).toBeGreaterThan(GRAPHS);
});
