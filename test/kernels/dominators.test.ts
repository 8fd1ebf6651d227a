import { expect, test } from 'vitest';
import { plainDominators } from '../oracle/plain/dominators.js';
import { reachableWithout, retainingSuccessors } from '../oracle/plain/retaining-graph.js';
import { type Search, searchDominators } from './dominator-search.js';
import { randomSamples, type Sample } from './random-graphs.js';

const GRAPHS = 600;

/** Essential edges as pairs of preorder numbers; those of unreached nodes are left out. */
function numberedEdges({ columns, plain }: Sample, { number, reached }: Search): [number, number][] {
  const { edgeFrom, edgeTo } = columns.graph;
  const edges: [number, number][] = [];
  for (const [edge, counts] of plain.essential.entries()) {
    const from = number[edgeFrom[edge]];
    if (counts && from < reached) edges.push([from, number[edgeTo[edge]]]);
  }
  return edges;
}

/** Last member of the search tree below each preorder number. */
function lastBelow({ parent, reached }: Search): Uint32Array {
  const last = Uint32Array.from({ length: reached }, (_, at) => at);
  for (let at = reached - 1; at > 0; at--) last[parent[at]] = Math.max(last[parent[at]], last[at]);
  return last;
}

test('depthFirst numbers all nodes: the root, what it and the orphans reach, then the cliques', async () => {
  let orphans = 0;
  let cliques = 0;
  for await (const sample of randomSamples(GRAPHS)) {
    const { columns, plain } = sample;
    const { order, number, parent, reached } = searchDominators(sample);
    const label = `graph ${sample.seed}`;
    const successors = retainingSuccessors(columns.graph, plain.essential);
    const expected = reachableWithout(successors, columns.root, undefined);
    expect(order[0], label).toBe(columns.root);
    expect(order.toSorted(), label).toEqual(Uint32Array.from(order, (_, node) => node));
    for (const [at, node] of order.entries()) {
      expect(number[node], label).toBe(at);
      expect(expected[node], label).toBe(at < reached ? 1 : 0);
      if (at === 0) continue;
      expect(parent[at], label).toBeLessThan(at);
      if (at >= reached) expect(parent[at], label).toBe(0);
      // The twin's successors of the root include the orphans: a tree edge is one of these.
      else expect(successors[order[parent[at]]], label).toContain(node);
    }
    orphans += successors[columns.root].length;
    cliques += columns.nodes - reached;
  }
  expect(orphans).toBeGreaterThan(GRAPHS);
  expect(cliques).toBeGreaterThan(GRAPHS / 10);
});

test('depthFirst finds what the page owns', async () => {
  let owned = 0;
  for await (const sample of randomSamples(GRAPHS)) {
    const { columns, plain, seed } = sample;
    const found = Uint8Array.from(searchDominators(sample).pageOwned);
    // What the root may hold does not depend on its owner.
    found[columns.root] = plain.pageOwned[columns.root];
    expect(found, `graph ${seed}`).toEqual(plain.pageOwned);
    owned += found.filter((bit) => bit === 1).length;
  }
  expect(owned).toBeGreaterThan(GRAPHS);
});

test('depthFirst leaves no edge that runs forward to another branch', async () => {
  let forward = 0;
  for await (const sample of randomSamples(GRAPHS)) {
    const found = searchDominators(sample);
    const last = lastBelow(found);
    for (const [from, to] of numberedEdges(sample, found)) {
      if (to <= from) continue;
      expect(to, `graph ${sample.seed}, edge ${from} to ${to}`).toBeLessThanOrEqual(last[from]);
      forward++;
    }
  }
  expect(forward).toBeGreaterThan(10 * GRAPHS);
});

test('depthFirst knows the least source of the edges from lower numbers', async () => {
  let shortcuts = 0;
  for await (const sample of randomSamples(GRAPHS)) {
    const found = searchDominators(sample);
    const least = found.parent.slice();
    for (const [from, to] of numberedEdges(sample, found)) if (from < least[to]) least[to] = from;
    expect(found.semi.subarray(1), `graph ${sample.seed}`).toEqual(least.subarray(1));
    shortcuts += least.filter((source, at) => source !== found.parent[at]).length;
  }
  expect(shortcuts).toBeGreaterThan(GRAPHS / 2);
});

test('placePredecessors and fillPredecessors list the edges from higher numbers by their target', async () => {
  let edges = 0;
  for await (const sample of randomSamples(GRAPHS)) {
    const found = searchDominators(sample);
    const expected: number[][] = found.predecessors.map(() => []);
    for (const [from, to] of numberedEdges(sample, found)) if (from > to && to > 0) expected[to].push(from);
    // Nobody asks for the root's.
    const lists = found.predecessors.map((list, to) => (to === 0 ? [] : list));
    const sorted = (lists: readonly (readonly number[])[]) => lists.map((list) => list.toSorted((a, b) => a - b));
    expect(sorted(lists), `graph ${sample.seed}`).toEqual(sorted(expected));
    edges += expected.flat().length;
  }
  expect(edges).toBeGreaterThan(10 * GRAPHS);
});

test('immediateDominators and dominatorsByOrdinal find the nearest node that all paths pass', async () => {
  let deep = 0;
  for await (const sample of randomSamples(GRAPHS)) {
    const { columns, plain } = sample;
    const expected = plainDominators(columns.graph, plain.essential);
    expect(searchDominators(sample).dominator, `graph ${sample.seed}`).toEqual(expected);
    deep += expected.filter((above) => above !== columns.root).length;
  }
  expect(deep).toBeGreaterThan(5 * GRAPHS);
});
