import { describe, expect, it } from 'vitest';
import { createRandom } from '../build/random.js';
import { randomGraph } from '../build/random-graph.js';
import { randomJsonOptions } from '../build/random-text.js';
import { type PlainSnapshot, toJson, toProfile } from '../build/snapshot-builder.js';
import { devtoolsFromFile, devtoolsFromProfile, isFailed } from './devtools.js';
import { graphOfColumns, graphOfSnapshot } from './plain/graph.js';
import { readReferenceBytes } from './reference-reader.js';

const tiny: PlainSnapshot = {
  nodes: [
    { type: 'synthetic', name: '', id: 1, selfSize: 0 },
    { type: 'object', name: 'Naïve \u{1F600}', id: 3, selfSize: 16 },
  ],
  edges: [{ from: 0, type: 'element', nameOrIndex: 1, to: 1 }],
};

describe('reference reader', () => {
  it('reads back what the builder writes, in all styles and in chunks of any size', async () => {
    for (let seed = 0; seed < 400; seed++) {
      const plain = randomGraph(seed);
      const chunkSize = createRandom(seed).pick([7, 64, 1000, 65_536]);
      const columns = await readReferenceBytes(toJson(plain, randomJsonOptions(seed)), chunkSize);
      expect(graphOfColumns(columns), `seed ${seed}`).toEqual(graphOfSnapshot(plain));
      expect(columns.samples, `seed ${seed}`).toEqual(plain.samples ?? []);
    }
  }, 60_000);

  it.each([
    ['a section is missing', { leaveOut: ['edges'] }, 'section edges: found none'],
    ['a section is repeated', { unknownSections: { nodes: [] } }, 'section nodes: found twice'],
  ])('refuses a file where %s', async (_, options, message) => {
    await expect(readReferenceBytes(toJson(tiny, options))).rejects.toThrow(message);
  });

  it.each([
    ['node_count', '"node_count":3', 'nodes: found 10 numbers of 5, the header says 3 entries'],
    ['edge_count', '"edge_count":2', 'edges: found 3 numbers of 3, the header says 2 entries'],
  ])('refuses a wrong %s', async (field, replacement, message) => {
    const text = new TextDecoder().decode(toJson(tiny)).replace(new RegExp(`"${field}":\\d+`), replacement);
    await expect(readReferenceBytes(new TextEncoder().encode(text))).rejects.toThrow(message);
  });
});

describe('snapshot builder', () => {
  it('writes JSON that says the same as the profile', () => {
    for (let seed = 0; seed < 100; seed++) {
      const plain = { ...randomGraph(seed), scopes: [[-1, 2, 0, 1, 1]], scopeContextVars: ['x'], scopeUses: [[2, -3]] };
      const options = { ...randomJsonOptions(seed), bom: false };
      const { snapshot, ...sections } = JSON.parse(new TextDecoder().decode(toJson(plain, options)));
      expect({ snapshot, ...sections }, `seed ${seed}`).toMatchObject(toProfile(plain, options));
    }
  });

  it('writes files that DevTools reads like the profile', async () => {
    for (let seed = 0; seed < 100; seed++) {
      const plain = randomGraph(seed);
      const fromFile = await devtoolsFromFile(toJson(plain, { strings: 'raw' }));
      const fromProfile = await devtoolsFromProfile(toProfile(plain));
      if (isFailed(fromFile) || isFailed(fromProfile)) {
        expect(fromFile, `seed ${seed}`).toEqual(fromProfile);
        continue;
      }
      expect(fromFile.aggregates, `seed ${seed}`).toEqual(fromProfile.aggregates);
      expect(fromFile.distance, `seed ${seed}`).toEqual(fromProfile.distance);
    }
  }, 60_000);

  it('writes V8 text in pure ASCII and can write raw UTF-8', () => {
    expect(toJson(tiny).every((byte) => byte < 0x7f)).toBe(true);
    expect(new TextDecoder().decode(toJson(tiny, { strings: 'raw' }))).toContain('Naïve \u{1F600}');
  });
});
