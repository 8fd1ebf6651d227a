import { describe, expect, it } from 'vitest';
import { FILTER_NAMES, type FilterName } from '#src/explore/filters.js';
import { corpusFile } from '../api/snapshot-files.js';
import { randomGraph } from '../build/random-graph.js';
import { type DevtoolsAnalysis, devtoolsFromFile, isFailed } from '../oracle/devtools.js';
import { engineFilter } from '../oracle/devtools-filters.js';
import { analyzePlainly, type PlainAnalysis } from '../oracle/plain/analysis.js';
import { plainDuplicateStrings } from '../oracle/plain/duplicate-strings.js';
import {
  retainedByConsole,
  retainedByContexts,
  retainedByDetachedDom,
  retainedByEventHandlers,
} from '../oracle/plain/filters.js';
import { graphOfSnapshot } from '../oracle/plain/graph.js';
import { type Explored, exploreFile, explorePlain } from './explored.js';

const GRAPHS = 1500;

const DEVTOOLS: Readonly<Record<FilterName, string>> = {
  'detached-dom': 'objectsRetainedByDetachedDomNodes',
  'event-handlers': 'objectsRetainedByEventHandlers',
  contexts: 'objectsRetainedByContexts',
  console: 'objectsRetainedByConsole',
  'duplicate-strings': 'duplicatedStrings',
};

const PLAIN: Readonly<Record<FilterName, (analysis: PlainAnalysis) => number[]>> = {
  'detached-dom': retainedByDetachedDom,
  'event-handlers': retainedByEventHandlers,
  contexts: retainedByContexts,
  console: retainedByConsole,
  'duplicate-strings': plainDuplicateStrings,
};

function kept({ index }: Explored, name: FilterName): number[] {
  const { bit } = index.filters[name];
  return Array.from(index.filtered.keys()).filter((node) => (index.filtered[node] & bit) !== 0);
}

function classesKept({ index, classKeys }: Explored, name: FilterName) {
  const rows = index.filters[name].classes.map(({ number, ...sums }) => ({ key: classKeys[number], ...sums }));
  return rows.sort((a, b) => (a.key < b.key ? -1 : 1));
}

function classesInDevtools({ engine }: DevtoolsAnalysis, name: FilterName) {
  const aggregates = engine.aggregatesWithFilter(engineFilter(DEVTOOLS[name]));
  const rows = Object.entries(aggregates).map(([key, { count, self, maxRet, distance }]) => ({
    ...{ key, count, selfSize: self, retainedSize: maxRet, distance },
  }));
  return rows.sort((a, b) => (a.key < b.key ? -1 : 1));
}

describe('filters', () => {
  it(`keep what the plain twins keep, on ${GRAPHS} random graphs`, async () => {
    const hits = Object.fromEntries(FILTER_NAMES.map((name) => [name, 0]));
    for (let seed = 0; seed < GRAPHS; seed++) {
      const plain = randomGraph(seed, 100);
      const explored = await explorePlain(plain);
      const twin = analyzePlainly(graphOfSnapshot(plain));
      for (const name of FILTER_NAMES) {
        const expected = PLAIN[name](twin).filter((node) => twin.selfSize[node] > 0);
        expect(kept(explored, name), `seed ${seed}, ${name}`).toEqual(expected);
        hits[name] += expected.length;
      }
    }
    for (const name of FILTER_NAMES) expect(hits[name], name).toBeGreaterThan(GRAPHS / 20);
  });

  it.each(['chrome156', 'node14', 'node20', 'node24', 'node26'])(
    '%s: keep what DevTools keeps, with its sums of classes',
    async (corpus) => {
      const file = corpusFile(corpus);
      const devtools = await devtoolsFromFile(file);
      if (isFailed(devtools)) throw new Error(devtools.failed);
      const explored = await exploreFile(file);
      let hits = 0;
      for (const name of FILTER_NAMES) {
        const expected = devtools.filtered(DEVTOOLS[name]);
        expect(kept(explored, name), name).toEqual(expected);
        expect(classesKept(explored, name), name).toEqual(classesInDevtools(devtools, name));
        hits += expected.length;
      }
      expect(hits).toBeGreaterThan(50);
    },
  );
});
