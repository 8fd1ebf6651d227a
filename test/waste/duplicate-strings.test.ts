import { describe, expect, it } from 'vitest';
import { findDuplicateStrings } from '#src/waste/duplicate-strings.js';
import { ListedStrings } from '#src/waste/listed-strings.js';
import { groupStrings } from '#src/waste/string-groups.js';
import { PlainStringSearch, type StringSearch } from '#src/waste/string-search.js';
import { corpusFile } from '../api/snapshot-files.js';
import type { PlainEdge, PlainNode, PlainSnapshot } from '../build/plain-snapshot.js';
import { randomGraph } from '../build/random-graph.js';
import { devtoolsFromFile, isFailed } from '../oracle/devtools.js';
import { analyzePlainly } from '../oracle/plain/analysis.js';
import { plainDuplicateStrings } from '../oracle/plain/duplicate-strings.js';
import { graphOfSnapshot } from '../oracle/plain/graph.js';
import { foundBy, kindOf, type WholeScene, withFile, withPlain } from './waste-scene.js';

const GRAPHS = 2000;

/** By kernels, and without. */
const SEARCHES: readonly ((scene: WholeScene) => StringSearch)[] = [
  (scene) => new ListedStrings(scene),
  ({ view }) => new PlainStringSearch(view),
];

/** Ordinals of all strings of which there is another one, and the sums that follow from them. */
function duplicatesOf(scene: WholeScene) {
  const found = SEARCHES.map((search) => {
    const { nodes, groups, counts } = groupStrings(scene.view, scene.names, search(scene));
    return Array.from(nodes).filter((_, at) => counts[groups[at]] > 1);
  });
  expect(found[1]).toEqual(found[0]);
  return found[0];
}

/** Strings of one text each, held by the root. */
function stringsOf(nodes: readonly PlainNode[], edges: readonly PlainEdge[] = []): PlainSnapshot {
  const root: PlainNode = { type: 'synthetic', name: '', id: 1, selfSize: 0 };
  const held = nodes.map((_, at): PlainEdge => ({ from: 0, type: 'element', nameOrIndex: at, to: at + 1 }));
  return { nodes: [root, ...nodes], edges: [...held, ...edges] };
}

const string = (name: string, selfSize: number, type = 'string'): PlainNode => ({ type, name, id: 3, selfSize });

describe('duplicate strings', () => {
  it(`are those that the plain twin finds, on ${GRAPHS} random graphs`, async () => {
    let found = 0;
    for (let seed = 0; seed < GRAPHS; seed++) {
      const plain = randomGraph(seed, 100);
      const expected = plainDuplicateStrings(analyzePlainly(graphOfSnapshot(plain)));
      expect(await withPlain(plain, duplicatesOf), `seed ${seed}`).toEqual(expected);
      found += expected.length;
    }
    expect(found).toBeGreaterThan(1000);
  });

  it.each(['chrome156', 'node14', 'node20', 'node24', 'node26'])(
    '%s: are those that pass the filter of DevTools, with its groups and sizes',
    async (name) => {
      const file = corpusFile(name);
      const devtools = await devtoolsFromFile(file);
      if (isFailed(devtools)) throw new Error(devtools.failed);
      const expected = devtools.filtered('duplicatedStrings');
      expect(expected.length).toBeGreaterThan(50);
      expect(await withFile(file, duplicatesOf)).toEqual(expected);
      const groups = devtools.engine.getDuplicateStrings();
      const sizes = groups.map(({ count, totalSelfSize }) => `${count} of ${totalSelfSize}`);
      const kinds = await withFile(file, foundBy(findDuplicateStrings));
      const items = kinds.flatMap(({ items }) => items);
      expect(items.map(({ count, bytes }) => `${count} of ${bytes}`).sort()).toEqual(sizes.sort());
    },
  );

  it('are reclaimable but for the largest one of each text', async () => {
    const plain = stringsOf([string('twice', 24), string('twice', 40), string('once', 24), string('twice', 24)]);
    const kind = kindOf(await withPlain(plain, foundBy(findDuplicateStrings)), 'duplicate-strings');
    expect(kind).toMatchObject({ reclaimable: 48, count: 3, itemCount: 1 });
    expect(kind).not.toHaveProperty('atMost');
    const fingerprint = expect.stringMatching(/^[0-9a-f]{8}$/);
    expect(kind.items[0]).toMatchObject({ count: 3, bytes: 88, text: { length: 5, fingerprint, value: 'twice' } });
  });

  it('that are cut off are only possibly equal', async () => {
    const long = 'x'.repeat(1024);
    const kinds = await withPlain(stringsOf([string(long, 3000), string(long, 5000)]), foundBy(findDuplicateStrings));
    expect(kindOf(kinds, 'duplicate-strings')).toMatchObject({ reclaimable: 0, count: 0 });
    expect(kindOf(kinds, 'possibly-equal-strings')).toMatchObject({ reclaimable: 0, atMost: 3000, count: 2 });
  });

  it('that are cut off are equal where length and hash say so', async () => {
    const [plain, first] = truncatedPair(['4000', '77'], ['4000', '77']);
    const same = kindOf(await withPlain(plain, foundBy(findDuplicateStrings)), 'duplicate-strings');
    expect(same).toMatchObject({ reclaimable: 4000, count: 2 });
    expect(same.items[0].text?.length).toBe(4000);
    const other = await withPlain(truncatedPair(['4000', '77'], ['4000', '78'])[0], foundBy(findDuplicateStrings));
    for (const kind of other) expect(kind.count).toBe(0);
    const unknown = await withPlain(truncatedPair(['4000'], ['4000'])[0], foundBy(findDuplicateStrings));
    expect(kindOf(unknown, 'possibly-equal-strings')).toMatchObject({ atMost: 4000, count: 2 });
    expect(first).toBeGreaterThan(0);
  });

  it('take no longer where each of 200,000 letters was appended to the string before', async () => {
    const [groups, count] = await withPlain(rope(200_000), (scene) => {
      const { size, counts } = groupStrings(scene.view, scene.names, new ListedStrings(scene));
      const several = counts.subarray(0, size).filter((count) => count > 1);
      return [several.length, several[0]];
    });
    // Those below 1,024 units each have a text of their own; the longer ones begin alike, and the letter is one.
    expect(groups).toBe(1);
    expect(count).toBe(200_000 - 1022);
  });
});

/** Two strings with a truncated text, and what is known of them: length, hash. */
function truncatedPair(...facts: readonly (readonly string[])[]): [PlainSnapshot, number] {
  const nodes: PlainNode[] = facts.map(() => string('y'.repeat(1024), 4000));
  const edges: PlainEdge[] = [];
  const add = (from: number, name: string, kind: string, value: string) => {
    nodes.push({ type: 'number', name: kind, id: 5, selfSize: 0 }, string(value, 0));
    edges.push({ from, type: 'internal', nameOrIndex: name, to: nodes.length - 1 });
    edges.push({ from: nodes.length - 1, type: 'internal', nameOrIndex: 'value', to: nodes.length });
  };
  for (const [at, known] of facts.entries()) {
    add(at + 1, 'truncated', 'bool', 'true');
    for (const [place, value] of known.entries()) add(at + 1, ['length', 'hash'][place], 'int', value);
  }
  return [stringsOf(nodes, edges), nodes.length];
}

/** `s += 'x'`, over and over: node n is node n + 1 and the letter. */
function rope(length: number): PlainSnapshot {
  const nodes: PlainNode[] = [{ type: 'synthetic', name: '', id: 1, selfSize: 0 }];
  const edges: PlainEdge[] = [{ from: 0, type: 'element', nameOrIndex: 0, to: 1 }];
  const letter = length + 1;
  for (let at = 1; at <= length; at++) {
    nodes.push(string('(concatenated string)', 32, 'concatenated string'));
    edges.push({ from: at, type: 'internal', nameOrIndex: 'first', to: at < length ? at + 1 : letter });
    edges.push({ from: at, type: 'internal', nameOrIndex: 'second', to: letter });
  }
  nodes.push(string('x', 16));
  return { nodes, edges };
}
