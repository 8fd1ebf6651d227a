import { describe, expect, test } from 'vitest';
import { randomGraph } from '../build/random-graph.js';
import { toProfile } from '../build/snapshot-builder.js';
import { devtoolsFromProfile, isFailed } from '../oracle/devtools.js';
import { expectEqualsDevtools } from './devtools-columns.js';
import { corpusFile, scratchFolder, writeSnapshot, writeWithNode } from './snapshot-files.js';

const GRAPHS = 20;

describe('an opened snapshot says what DevTools says', () => {
  test.each(['node12', 'node20', 'chrome156', 'expose-internals'])('of %s', async (name) => {
    expect(await expectEqualsDevtools(corpusFile(name))).toBeGreaterThan(20_000);
  });

  test(`of ${GRAPHS} random graphs`, async () => {
    const folder = scratchFolder();
    let compared = 0;
    for (let seed = 0; seed < GRAPHS; seed++) {
      const plain = randomGraph(90_000 + seed, 60);
      if (isFailed(await devtoolsFromProfile(toProfile(plain)))) continue;
      await expectEqualsDevtools(writeSnapshot(folder, `random-${seed}`, plain));
      compared++;
    }
    expect(compared).toBeGreaterThan(GRAPHS - 5);
  });
});

describe('snapshots written by the running Node', () => {
  const folder = scratchFolder();

  test.each([
    ['as by default', {}],
    ['with internals', { exposeInternals: true }],
    ['with numeric values', { exposeNumericValues: true }],
    ['with both', { exposeInternals: true, exposeNumericValues: true }],
  ])('%s', async (name, options) => {
    const [file] = writeWithNode(folder, name.replaceAll(' ', '-'), 1, options);
    expect(await expectEqualsDevtools(file)).toBeGreaterThan(10_000);
  });
});
