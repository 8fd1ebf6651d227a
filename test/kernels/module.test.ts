import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { exportsOf, importsOf, SECTION, sectionsOf } from './wasm-sections.js';

const MODULE = readFileSync(new URL('../../dist/wasm/module.wasm', import.meta.url));

/** Every kernel, and the file that compares it with its twin. A new kernel comes with a line here. */
const TWINS: Readonly<Record<string, string>> = {
  assignClasses: 'classes.test.ts',
  assignShapes: 'shapes.test.ts',
  buildRetainers: 'retainers.test.ts',
  checkEdgeNames: 'checks.test.ts',
  checkNodeNames: 'checks.test.ts',
  checkPlaces: 'locations.test.ts',
  collectClaimed: 'search-over-blocks.ts',
  collectShapes: 'shapes.test.ts',
  collectShapesOfRange: 'shape-windows.test.ts',
  countClasses: 'classes.test.ts',
  countLevels: 'paths.test.ts',
  countEntries: 'table-entries.test.ts',
  countNamed: 'node-lists.test.ts',
  countNames: 'texts.test.ts',
  countOfType: 'node-lists.test.ts',
  countPredecessors: 'search-over-blocks.ts',
  coverAncestors: 'classes.test.ts',
  countRetainers: 'statistics.test.ts',
  depthFirst: 'dominator-search.ts',
  detachedByName: 'detachedness.test.ts',
  dominatorsByOrdinal: 'dominator-search.ts',
  dropTableEdges: 'essential.test.ts',
  fillF64: 'fills.test.ts',
  fillHalves: 'fills.test.ts',
  fillOrdinals: 'fills.test.ts',
  fillPredecessors: 'dominator-search.ts',
  fillU32: 'fills.test.ts',
  fillU8: 'fills.test.ts',
  findDistances: 'distances.test.ts',
  findExamples: 'shapes.test.ts',
  findLargest: 'largest-nodes.test.ts',
  findOwners: 'owners.test.ts',
  findPathKeys: 'paths.test.ts',
  firstOfTargets: 'named-edges.test.ts',
  groupPaths: 'paths.test.ts',
  hasUserRoot: 'owners.test.ts',
  immediateDominators: 'dominator-search.ts',
  keepAlike: 'texts.test.ts',
  keepFlagged: 'node-lists.test.ts',
  keepRepeated: 'texts.test.ts',
  keepRoomyArrays: 'named-edges.test.ts',
  keepSized: 'node-lists.test.ts',
  keepWithEdges: 'named-edges.test.ts',
  keyDominated: 'paths.test.ts',
  labelTexts: 'labels.test.ts',
  linkDominators: 'search-over-blocks.ts',
  listBits: 'checks.test.ts',
  listNamed: 'node-lists.test.ts',
  listObjectRows: 'locations.test.ts',
  listOfType: 'node-lists.test.ts',
  listUsed: 'texts.test.ts',
  markAlike: 'texts.test.ts',
  markClassNames: 'classes.test.ts',
  markEdgeTexts: 'labels.test.ts',
  markEdges: 'edge-blocks.ts',
  markFiltered: 'distances.test.ts',
  markHeldNodes: 'search-over-blocks.ts',
  markNodeTexts: 'labels.test.ts',
  markPropertyNames: 'shape-windows.test.ts',
  markOwnable: 'owners.ts',
  markRepeated: 'texts.test.ts',
  markRetaining: 'essential.test.ts',
  markRootEdges: 'edge-bits.test.ts',
  markTargets: 'named-edges.test.ts',
  nextFlagged: 'sieves.test.ts',
  numberRest: 'search-over-blocks.ts',
  orderByDistance: 'paths.test.ts',
  orderTree: 'tree.test.ts',
  placePairs: 'search-over-blocks.ts',
  placePredecessors: 'dominator-search.ts',
  placeSources: 'search-over-blocks.ts',
  prefixSum: 'checks.test.ts',
  propagateDetachedness: 'detachedness.test.ts',
  readEdgeRows: 'rows.test.ts',
  readNodeRows: 'rows.test.ts',
  readTexts: 'texts.test.ts',
  retainedSizes: 'tree.test.ts',
  scanNumbers: 'numbers.test.ts',
  scanStrings: 'strings.test.ts',
  searchFromOrphans: 'search-over-blocks.ts',
  searchFromRoot: 'search-over-blocks.ts',
  settleDominators: 'search-over-blocks.ts',
  sieveNodes: 'sieves.test.ts',
  skipCommas: 'numbers.test.ts',
  spillSources: 'search-over-blocks.ts',
  spreadClaimed: 'search-over-blocks.ts',
  spreadDetachedness: 'walks-over-blocks.test.ts',
  spreadDistances: 'walks-over-blocks.test.ts',
  spreadOwners: 'walks-over-blocks.test.ts',
  startDetachedness: 'walks-over-blocks.test.ts',
  startDominators: 'search-over-blocks.ts',
  startOwners: 'walks-over-blocks.test.ts',
  sumGroups: 'paths.test.ts',
  sumRetained: 'classes.test.ts',
  sumElements: 'statistics.test.ts',
  sumKinds: 'statistics.test.ts',
  sumU32: 'checks.test.ts',
  transferSizes: 'owners.test.ts',
};

describe('every kernel has a plain twin', () => {
  test('the list names all that the module exports, and nothing else', () => {
    const names = exportsOf(MODULE).map(({ name }) => name);
    expect(names.sort()).toEqual(Object.keys(TWINS).sort());
  });

  test.each(Object.entries(TWINS))('%s is called in %s', (kernel, file) => {
    expect(readFileSync(new URL(file, import.meta.url), 'utf8')).toMatch(new RegExp(`kernels\\.${kernel}\\(`));
  });

  test('every file of the list is a test or used by one', () => {
    const tests = readdirSync(new URL('.', import.meta.url)).filter((name) => name.endsWith('.test.ts'));
    const texts = tests.map((name) => readFileSync(new URL(name, import.meta.url), 'utf8'));
    for (const file of new Set(Object.values(TWINS))) {
      const imported = `./${file.replace(/\.ts$/, '.js')}`;
      expect(tests.includes(file) || texts.some((text) => text.includes(imported)), file).toBe(true);
    }
  });
});

describe('the module owns nothing', () => {
  test('it imports a memory and only that', () => {
    expect(importsOf(MODULE)).toEqual([{ module: 'env', name: 'memory', kind: 'memory' }]);
  });

  test('it exports functions only: no memory, no globals', () => {
    const kinds = exportsOf(MODULE).map(({ kind }) => kind);
    expect(new Set(kinds)).toEqual(new Set(['function']));
  });

  test('it has no data to write into the memory it is given, and nothing runs at its start', () => {
    const sections = [...sectionsOf(MODULE).keys()];
    expect(sections).toContain(SECTION.export);
    for (const unwanted of [SECTION.start, SECTION.data, SECTION.dataCount]) expect(sections).not.toContain(unwanted);
  });
});
