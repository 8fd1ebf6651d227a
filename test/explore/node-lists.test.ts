import { describe, expect, it } from 'vitest';
import { nodeWithId } from '#src/explore/class-members.js';
import {
  countDominated,
  dominatorWay,
  edgeBetween,
  listDominated,
  listEdges,
  listRetainers,
  pathWay,
  sourceOf,
} from '#src/explore/node-lists.js';
import { corpusFile } from '../api/snapshot-files.js';
import { randomGraph } from '../build/random-graph.js';
import { type Explored, exploreFile, explorePlain } from './explored.js';

const GRAPHS = 300;
const ALL = { offset: 0, limit: 2 ** 32 };

/** Sorted by key, equal ones as they come. */
function ranked(items: readonly number[], key: (item: number) => number): number[] {
  return items.toSorted((a, b) => (key(a) === key(b) ? 0 : key(a) - key(b)));
}

/** Lists of nodes as the library gives them, against those by page. */
function expectSameLists({ graph, snapshot, index, classKeys }: Explored, nodes: Iterable<number>): void {
  const { columns } = snapshot;
  const near = (node: number) => (columns.distance[node] < 0 ? Number.POSITIVE_INFINITY : columns.distance[node]);
  for (const node of nodes) {
    const edges = [...snapshot.edges(node)].map((edge) => edge.index);
    expect(listEdges(graph, node, 'file').page(ALL)).toEqual(edges);
    const byTarget = ranked(edges, (edge) => -columns.retainedSize[graph.edgeTo[edge]]);
    expect(listEdges(graph, node, 'retained').page(ALL)).toEqual(byTarget);
    const retainers = [...snapshot.retainers(node)];
    expect(listRetainers(graph, node, 'file').page(ALL)).toEqual(retainers.map((edge) => edge.index));
    for (const edge of retainers) expect(sourceOf(graph, edge.index)).toBe(edge.from);
    const sourceAt = new Map(retainers.map((edge) => [edge.index, edge.from]));
    const nearest = ranked([...sourceAt.keys()], (edge) => near(sourceAt.get(edge) as number));
    expect(listRetainers(graph, node, 'distance').page(ALL)).toEqual(nearest);
    const dominated = [...snapshot.dominated(node)];
    expect(listDominated(graph, node).page(ALL)).toEqual(ranked(dominated, (child) => -columns.retainedSize[child]));
    expect(countDominated(graph, node)).toBe(dominated.length);
    const path = snapshot.pathToRoot(node);
    const way = pathWay(index.parents, node, 1_000_000);
    expect(way.steps.map(({ from, to }) => edgeBetween(graph, from, to))).toEqual(path.map((edge) => edge.index));
    expect(way.total).toBe(path.length);
    const chain: number[] = [];
    for (let at = node; columns.dominator[at] !== at; at = columns.dominator[at]) chain.push(columns.dominator[at]);
    expect(dominatorWay(graph, node, 1_000_000).steps.map(({ from }) => from)).toEqual(chain);
    expect(nodeWithId(graph, index.byId, columns.id[node])).toBe(snapshot.ordinalOf(columns.id[node]));
    expect(classKeys[graph.classOf[node]].endsWith(`,${snapshot.className(node)}`)).toBe(true);
  }
}

describe('lists of a node', () => {
  it(`are those of the library, on ${GRAPHS} random graphs`, async () => {
    for (let seed = 0; seed < GRAPHS; seed++) {
      const explored = await explorePlain(randomGraph(seed, 60));
      expectSameLists(explored, explored.graph.nodeType.keys());
    }
  });

  it.each(['chrome156', 'node22'])('%s: are those of the library', async (name) => {
    const explored = await exploreFile(corpusFile(name));
    const nodes = Array.from({ length: 1000 }, (_, at) => Math.floor((at * explored.graph.nodeCount) / 1000));
    expectSameLists(explored, nodes);
  });

  it('show both ends of a long way', async () => {
    const length = 5000;
    const nodes = Array.from({ length }, (_, at) => ({ type: 'object', name: 'Link', id: 2 * at + 1, selfSize: 16 }));
    const edges = Array.from({ length: length - 1 }, (_, at) => ({
      ...{ from: at, type: 'property', nameOrIndex: 'next', to: at + 1 },
    }));
    const { graph, index } = await explorePlain({ nodes, edges });
    const last = length - 1;
    const path = pathWay(index.parents, last, 5);
    expect(path.total).toBe(last);
    expect(path.steps).toEqual([
      { step: 1, from: last - 1, to: last },
      { step: 2, from: last - 2, to: last - 1 },
      { step: 3, from: last - 3, to: last - 2 },
      { step: last - 1, from: 1, to: 2 },
      { step: last, from: 0, to: 1 },
    ]);
    expect(dominatorWay(graph, last, 5)).toEqual(path);
  });
});
