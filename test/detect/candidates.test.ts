import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { LocationRows } from '#src/analysis/location-rows.js';
import { Candidates, smallest } from '#src/detect/candidates.js';
import { contextsOf } from '#src/detect/contexts.js';
import { DETECTORS } from '#src/detect/index.js';
import { rareEdgesOf } from '#src/detect/rare-edges.js';
import { textsOf } from '#src/detect/scene.js';
import type { Locations } from '#src/read/locations.js';
import { createRandom } from '../build/random.js';
import { sceneOfFile } from './scene.js';

const FILES = ['node12', 'node18', 'node26', 'chrome156'];
const corpusFile = (name: string) => fileURLToPath(new URL(`../corpus/${name}.heapsnapshot.gz`, import.meta.url));

describe.each(FILES)('%s', async (name) => {
  const scene = await sceneOfFile(corpusFile(name), DETECTORS);
  const { view, candidates } = scene;
  const nodes = Array.from({ length: view.nodeCount }, (_, node) => node);
  const ofType = (type: string) => nodes.filter((node) => view.typeName(node) === type);

  test('one pass finds what a look at each node finds', () => {
    const named = ofType('object').filter((node) => view.name(node) === 'Map');
    expect(named.length).toBeGreaterThan(0);
    expect(scene.objects('Map')).toEqual(named);
    const edges = (node: number) => view.firstEdge[node + 1] - view.firstEdge[node];
    const slots = (array: number) => view.rawSelfSize(array) / view.pointerSize - 2;
    expect(candidates.wideObjects(60)).toEqual(ofType('object').filter((node) => edges(node) >= 60));
    expect(candidates.largeArrays(200)).toEqual(ofType('array').filter((array) => slots(array) >= 200));
    expect(candidates.slices()).toEqual(ofType('sliced string'));
    expect(candidates.ropes(100)).toEqual(
      ofType('concatenated string').filter((node) => view.retainedSize[node] >= 100),
    );
    expect(candidates.detached()).toEqual(ofType('native').filter((node) => view.detachedness[node] === 2));
  });

  test('scopes are found by their name, or by their variables', () => {
    const isScope = (node: number) =>
      view.name(node).startsWith('system / Context') && !view.name(node).includes('Cell');
    const large = ofType('object').filter((node) => isScope(node) && view.retainedSize[node] >= 2000);
    const found = contextsOf(scene, 2000);
    expect(found.length).toBeGreaterThan(0);
    for (const context of found) expect(large).toContain(context);
    if (name !== 'chrome156') expect(found).toEqual(large);
  });

  test('what is smaller than was said beforehand takes another pass, and is found', () => {
    const names = { objects: ['Map'], closures: [], natives: [] };
    const strict = new Candidates(view, names, smallest([{ edges: 1000 }]));
    const maps = strict.named('objects', 'Map');
    expect(strict.wideObjects(60)).toEqual(candidates.wideObjects(60));
    expect(strict.largeArrays(200)).toEqual(candidates.largeArrays(200));
    expect(strict.ropes(100)).toEqual(candidates.ropes(100));
    expect(strict.named('objects', 'Map')).toEqual(maps);
    expect(() => strict.named('closures', 'Map')).toThrow(/found a detector that asks for closures named Map/);
  });

  test('edges of the rare names are those of objects, in order', () => {
    const { events } = rareEdgesOf(view);
    const from = ofType('object').filter((node) => {
      for (let edge = view.firstEdge[node]; edge < view.firstEdge[node + 1]; edge++) {
        if (view.edgeTypeName(edge) === 'property' && view.names.edge(edge) === '_events') return true;
      }
      return false;
    });
    expect([...new Set(events.from)]).toEqual(from);
  });

  test('texts are where a look at each string finds them', () => {
    const texts = [...textsOf(DETECTORS), 'no file has this text'];
    const found = view.indexesOf(texts);
    const plain = new Map(texts.map((text): [string, number[]] => [text, []]));
    for (let index = 0; index < view.strings.count; index++) plain.get(view.strings.text(index))?.push(index);
    expect(found).toEqual(plain);
    expect(plain.get('')).not.toEqual([]);
  });
});

/** Rows for random nodes: `list` has places of nodes, and numbers that are none. */
function locationsOf(places: readonly number[], isAscending: boolean): Locations {
  const list = Float64Array.from(places.flatMap((node) => [7 * node, 7, 14, 21]));
  const fields = { width: 4, node: 0, nodeWidth: 7, scriptId: 1, line: 2, column: 3 };
  return { count: places.length, list, ...fields, isAscending };
}

test('a node has its last row, whatever order rows are in', () => {
  const random = createRandom(3);
  const nodeCount = 2000;
  const places = Array.from({ length: 1500 }, () => random.int(nodeCount));
  const ascending = [...new Set(places)].sort((a, b) => a - b);
  const rows = new LocationRows(locationsOf(places, false), nodeCount);
  const sorted = new LocationRows(locationsOf(ascending, true), nodeCount);
  for (let node = 0; node < nodeCount; node++) {
    expect(rows.of(node)).toBe(places.lastIndexOf(node));
    expect(sorted.of(node)).toBe(ascending.indexOf(node));
  }
  expect(new LocationRows(locationsOf([], false), nodeCount).of(5)).toBe(-1);
});
