import { describe, expect, it } from 'vitest';
import { randomGraph } from '../build/random-graph.js';
import { toProfile } from '../build/snapshot-builder.js';
import { type DevtoolsAnalysis, devtoolsFromProfile, isFailed } from './devtools.js';
import { analyzePlainly, type PlainAnalysis } from './plain/analysis.js';
import { plainDiff } from './plain/diff.js';
import { plainDisplayName } from './plain/display-names.js';
import { dominatorsByRemoval } from './plain/dominators-by-removal.js';
import { plainDuplicateStrings } from './plain/duplicate-strings.js';
import {
  retainedByConsole,
  retainedByContexts,
  retainedByDetachedDom,
  retainedByEventHandlers,
} from './plain/filters.js';
import { graphOfSnapshot } from './plain/graph.js';
import { plainNativeContexts } from './plain/native-contexts.js';
import { plainSamples } from './plain/samples.js';

const GRAPHS = 2_000;

/** Everything both sides know, in a shape that compares and prints well. */
function figuresOfTwins(twins: PlainAnalysis) {
  const nodes = Array.from(twins.name, (_, node) => node);
  return {
    id: twins.graph.id,
    detachedness: twins.detachedness,
    dominator: twins.dominator,
    selfSize: twins.selfSize,
    retainedSize: twins.retainedSize,
    distance: twins.distance,
    className: twins.className,
    nodeName: nodes.map((node) => plainDisplayName(twins.graph, twins.name, node)),
    aggregates: twins.aggregates,
    statistics: twins.statistics,
  };
}

function figuresOfDevtools(devtools: DevtoolsAnalysis): ReturnType<typeof figuresOfTwins> {
  const nodes = Array.from(devtools.id, (_, node) => node);
  return {
    id: devtools.id,
    detachedness: devtools.detachedness,
    dominator: devtools.dominator,
    selfSize: devtools.selfSize,
    retainedSize: devtools.retainedSize,
    distance: devtools.distance,
    className: nodes.map((node) => devtools.className(node)),
    nodeName: nodes.map((node) => devtools.nodeName(node)),
    aggregates: devtools.aggregates,
    statistics: devtools.statistics,
  };
}

describe('plain twins on random graphs', () => {
  it(`say what DevTools says about ${GRAPHS} graphs`, async () => {
    let failures = 0;
    for (let seed = 0; seed < GRAPHS; seed++) {
      const plain = randomGraph(seed);
      const twins = analyzePlainly(graphOfSnapshot(plain));
      const devtools = await devtoolsFromProfile(toProfile(plain));
      if (isFailed(devtools)) {
        expect(devtools.failed, `seed ${seed}`).toMatch(/^BFS failed/);
        failures++;
        continue;
      }
      expect(figuresOfTwins(twins), `seed ${seed}`).toEqual(figuresOfDevtools(devtools));
    }
    expect(failures).toBeLessThan(GRAPHS / 100);
  }, 60_000);

  it('find the dominators that the definition gives', () => {
    for (let seed = 0; seed < GRAPHS; seed++) {
      const twins = analyzePlainly(graphOfSnapshot(randomGraph(seed, 24)));
      expect(twins.dominator, `seed ${seed}`).toEqual(dominatorsByRemoval(twins.graph, twins.essential));
    }
  }, 60_000);

  it('find the samples, native contexts and filtered nodes that DevTools finds', async () => {
    const filters = {
      objectsRetainedByDetachedDomNodes: retainedByDetachedDom,
      objectsRetainedByContexts: retainedByContexts,
      objectsRetainedByConsole: retainedByConsole,
      objectsRetainedByEventHandlers: retainedByEventHandlers,
      duplicatedStrings: plainDuplicateStrings,
    };
    const hits: Record<string, number> = {};
    for (let seed = 0; seed < GRAPHS; seed++) {
      const plain = randomGraph(seed);
      const devtools = await devtoolsFromProfile(toProfile(plain));
      if (isFailed(devtools)) continue;
      const twins = analyzePlainly(graphOfSnapshot(plain));
      for (const [name, filter] of Object.entries(filters)) {
        const found = filter(twins).filter((node) => twins.selfSize[node] > 0);
        expect(found, `seed ${seed}, ${name}`).toEqual(devtools.filtered(name));
        hits[name] = (hits[name] ?? 0) + found.length;
      }
      const contexts = plainNativeContexts(twins.graph, twins.name);
      expect(contexts, `seed ${seed}`).toEqual(devtools.engine.nodeNativeContextAttribution);
      const sizes = plainSamples(twins.graph, plain.samples ?? [], twins.selfSize).map(({ size }) => size);
      expect(sizes, `seed ${seed}`).toEqual(devtools.engine.getSamples()?.sizes ?? []);
    }
    expect(
      Object.values(hits).every((count) => count > GRAPHS / 20),
      JSON.stringify(hits),
    ).toBe(true);
  }, 60_000);

  it('find the differences that DevTools finds', async () => {
    let changes = 0;
    for (let seed = 0; seed < GRAPHS; seed += 10) {
      const [before, after] = [randomGraph(seed), randomGraph(seed + 1)];
      const base = await devtoolsFromProfile(toProfile(before));
      const current = await devtoolsFromProfile(toProfile(after));
      if (isFailed(base) || isFailed(current)) continue;
      const diff = plainDiff(analyzePlainly(graphOfSnapshot(before)), analyzePlainly(graphOfSnapshot(after)));
      changes += diff.length;
      expect(diff, `seed ${seed}`).toEqual(current.diffFrom(base));
    }
    expect(changes).toBeGreaterThan(GRAPHS / 10);
  }, 60_000);
});
