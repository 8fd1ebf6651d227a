import { expect, test } from 'vitest';
import { edgesOf, isUserRoot, type PlainGraph } from '../oracle/plain/graph.js';
import { parseWeakMapPair } from '../oracle/plain/weak-map-pair.js';
import { markEdges } from './edge-blocks.js';
import { unpackBits } from './memory.js';
import { randomSamples } from './random-graphs.js';

const GRAPHS = 600;

/** What S3 says of each edge without the page, S7 at first sight, S10, and by which edges WeakMaps hold their values. */
function plainBits({ edgeCount, edgeFrom, edgeType, edgeName, root, id, type, name }: PlainGraph) {
  const edges = Array.from({ length: edgeCount }, (_, edge) => edge);
  const pairOf = (edge: number) => parseWeakMapPair(edgeType[edge], edgeName[edge]);
  const isTable = (edge: number) => pairOf(edge)?.table === id[edgeFrom[edge]];
  const isDescriptors = (node: number) => type[node] === 'array' && name[node] === '(map descriptors)';
  const isContext = (node: number) => type[node] === 'hidden' && name[node] === 'system / NativeContext';
  const isLink = (edge: number) => {
    const number = Number.parseInt(String(edgeName[edge]), 10);
    return isDescriptors(edgeFrom[edge]) && number >= 2 && number % 3 === 1;
  };
  const isBanned = (edge: number) =>
    isLink(edge) || (isContext(edgeFrom[edge]) && edgeName[edge] === 'sloppy_function_map');
  const firm = edges.map((edge) => edgeType[edge] !== 'weak');
  const isPair = (edge: number) => pairOf(edge) !== undefined && !isDescriptors(edgeFrom[edge]);
  const bits = (is: (edge: number) => boolean) => Uint8Array.from(edges, (edge) => Number(is(edge)));
  return {
    retaining: bits(
      (edge) => firm[edge] && (edgeType[edge] !== 'shortcut' || edgeFrom[edge] === root) && !isTable(edge),
    ),
    firm: bits((edge) => firm[edge]),
    visible: bits((edge) => !['hidden', 'invisible', 'weak'].includes(edgeType[edge])),
    open: bits((edge) => firm[edge] && !isBanned(edge) && !isPair(edge)),
    pairs: edges.filter((edge) => isPair(edge) && !isBanned(edge)),
  };
}

test('markEdges says of every edge what the passes ask, and lists those of WeakMap pairs', async () => {
  const kinds = { tables: 0, closed: 0, pairs: 0, hidden: 0 };
  for await (const { seed, arena, columns } of randomSamples(GRAPHS)) {
    const { edges, graph, ephemerons, strings } = columns;
    const found = markEdges(arena, columns, seed);
    const words = (at: number) => unpackBits(new Uint32Array(arena.memory.buffer, at, Math.ceil(edges / 32)), edges);
    const numbers = (at: number, count: number) => new Uint32Array(arena.memory.buffer, at, count);
    const expected = plainBits(graph);
    const label = `graph ${seed}`;
    expect(words(found.retaining), label).toEqual(expected.retaining);
    expect(words(found.firm), label).toEqual(expected.firm);
    expect(words(found.visible), label).toEqual(expected.visible);
    expect(words(found.open), label).toEqual(expected.open);
    expect([...numbers(found.pairEdges, found.pairs)], label).toEqual(expected.pairs);
    // Two edges have the same number exactly when their names say the same pair.
    const texts = new Map<number, string>();
    const names = numbers(ephemerons.names, ephemerons.count);
    for (const [at, name] of names.entries()) {
      texts.set(numbers(ephemerons.pairs, ephemerons.count)[at], strings[name].replace(/^\d+/, ''));
    }
    for (const [at, edge] of expected.pairs.entries()) {
      const pair = parseWeakMapPair(graph.edgeType[edge], graph.edgeName[edge])?.pair;
      expect(texts.get(numbers(found.pairNumbers, found.pairs)[at]), label).toBe(pair);
    }
    kinds.tables += expected.firm.filter((bit, edge) => bit > expected.retaining[edge]).length;
    kinds.closed += expected.firm.filter((bit, edge) => bit > expected.open[edge]).length;
    kinds.pairs += expected.pairs.length;
    kinds.hidden += expected.visible.filter((bit) => bit === 0).length;
  }
  for (const count of Object.values(kinds)) expect(count).toBeGreaterThan(GRAPHS / 20);
});

test('markRootEdges finds what makes nodes the page’s, and the user roots', async () => {
  const kinds = { seeds: 0, users: 0 };
  for await (const { seed, arena, columns } of randomSamples(GRAPHS)) {
    const { graph, root } = columns;
    const edges = [...edgesOf(graph, root)];
    const [pageSeeds, userRoots] = [arena.bits(edges.length), arena.bits(edges.length)];
    const first = graph.firstEdge[root];
    arena.kernels.markRootEdges(
      edges.length,
      columns.edgeType + first,
      columns.edgeTo + 4 * first,
      columns.nodeType,
      columns.nodeName,
      columns.tags,
      columns.edge('element'),
      columns.edge('shortcut'),
      columns.node('synthetic'),
      pageSeeds.offset,
      userRoots.offset,
    );
    const isSeed = (edge: number) => {
      const node = graph.edgeTo[edge];
      const isTrees = graph.type[node] === 'synthetic' && graph.name[node] === '(Document DOM trees)';
      return graph.edgeType[edge] === 'shortcut' || (graph.edgeType[edge] === 'element' && isTrees);
    };
    const label = `graph ${seed}`;
    const seeds = Uint8Array.from(edges, (edge) => Number(isSeed(edge)));
    const users = Uint8Array.from(edges, (edge) => Number(isUserRoot(graph, graph.edgeTo[edge])));
    expect(unpackBits(arena.view(pageSeeds), edges.length), label).toEqual(seeds);
    expect(unpackBits(arena.view(userRoots), edges.length), label).toEqual(users);
    kinds.seeds += seeds.filter((bit) => bit === 1).length;
    kinds.users += users.filter((bit) => bit === 1).length;
  }
  for (const count of Object.values(kinds)) expect(count).toBeGreaterThan(GRAPHS / 5);
});
