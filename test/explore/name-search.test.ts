import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FoundNodes } from '#src/explore/found-nodes.js';
import { findNames } from '#src/explore/name-search.js';
import { corpusFile } from '../api/snapshot-files.js';
import { atOnce, type Explored, exploreFile, explorePlain } from './explored.js';

const folded = (text: string) => text.replace(/[A-Z]/g, (letter) => letter.toLowerCase());

/** By looking at each node's name. */
function plainSearch({ graph }: Explored, text: string, matchCase: boolean, showValues: boolean): number[] {
  const values = ['string', 'concatenated string', 'sliced string', 'regexp', 'symbol', 'bigint'];
  const form = matchCase ? (name: string) => name : folded;
  const wanted = form(text);
  const nodes = Array.from(graph.nodeType.keys()).filter((node) => {
    if (!showValues && values.includes(graph.header.nodeTypes[graph.nodeType[node]])) return false;
    return form(graph.strings.text(graph.nodeName[node])).includes(wanted);
  });
  return nodes.sort((a, b) => graph.retainedSize[b] - graph.retainedSize[a] || a - b);
}

async function search({ index }: Explored, text: string, matchCase: boolean): Promise<number[]> {
  const names = await findNames(index.names, text, { matchCase }, atOnce);
  const found = new FoundNodes(index.names, names, index.byRetained);
  const nodes: number[] = [];
  // Pages of all lengths, as they are asked for.
  for (let limit = 1; nodes.length < found.total; limit *= 3)
    nodes.push(...(await found.page({ offset: nodes.length, limit }, atOnce)));
  return nodes;
}

describe('search by name', () => {
  it.each([false, true])('finds what a look at each node finds; values shown: %s', async (showValues) => {
    const explored = await exploreFile(corpusFile('node22'), showValues);
    let found = 0;
    for (const text of [
      'e',
      'map',
      'Map',
      'system / Context',
      'ARRAY',
      'proto',
      'node:internal',
      '\n',
      'é',
      'no such name',
    ]) {
      for (const matchCase of [false, true]) {
        const expected = plainSearch(explored, text, matchCase, showValues);
        expect(await search(explored, text, matchCase), `${text}, ${matchCase}`).toEqual(expected);
        found += expected.length;
      }
    }
    expect(found).toBeGreaterThan(10_000);
  });

  it('finds texts with escapes, other scripts and repetitions', async () => {
    const unit = fc.constantFrom('a', 'A', 'b', '"', '\\', '\n', 'é', 'É', '\u2028', '💥', 'ß', '\u0000');
    const text = fc.array(unit, { maxLength: 12 }).map((units) => units.join(''));
    const needle = fc.array(unit, { minLength: 1, maxLength: 4 }).map((units) => units.join(''));
    let hits = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.array(text, { minLength: 1, maxLength: 30 }),
        needle,
        fc.boolean(),
        async (names, wanted, matchCase) => {
          const nodes = names.map((name, at) => ({
            type: at % 3 === 0 ? 'string' : 'object',
            name,
            id: 2 * at + 1,
            selfSize: at,
          }));
          const edges = names.slice(1).map((_, at) => ({ from: 0, type: 'element', nameOrIndex: at, to: at + 1 }));
          const explored = await explorePlain({ nodes, edges }, true);
          const expected = plainSearch(explored, wanted, matchCase, true);
          expect(await search(explored, wanted, matchCase)).toEqual(expected);
          hits += expected.length;
        },
      ),
      { seed: 6, numRuns: 500 },
    );
    expect(hits).toBeGreaterThan(250);
  });

  it('does not find values of strings unless they may be shown', async () => {
    const nodes = [
      { type: 'synthetic', name: '', id: 1, selfSize: 0 },
      { type: 'string', name: 'secret', id: 3, selfSize: 24 },
      { type: 'object', name: 'Secretary', id: 5, selfSize: 24 },
    ];
    const edges = [1, 2].map((to) => ({ from: 0, type: 'property', nameOrIndex: 'held', to }));
    expect(await search(await explorePlain({ nodes, edges }), 'secret', false)).toEqual([2]);
    expect(await search(await explorePlain({ nodes, edges }, true), 'secret', false)).toEqual([1, 2]);
  });
});
