import { type Edge, type HeapSnapshot, openSnapshot } from 'heapsleuth';
import { describe, expect, test } from 'vitest';
import { randomGraph } from '../build/random-graph.js';
import { edgesOf, graphOfSnapshot, retainersOfAll } from '../oracle/plain/graph.js';
import { corpusFile, scratchFolder, writeSnapshot } from './snapshot-files.js';

const GRAPHS = 20;
const SYSTEM = 100_000_000;
const UNREACHED = -5;

function nodesOf({ nodeCount }: HeapSnapshot): number[] {
  return Array.from({ length: nodeCount }, (_, node) => node);
}

/** dominated(), as lists by node, from the column of dominators. */
function expectDominatedInverse(snapshot: HeapSnapshot): void {
  const { dominator } = snapshot.columns;
  let found = 0;
  for (const node of nodesOf(snapshot)) {
    for (const child of snapshot.dominated(node)) {
      if (dominator[child] !== node || child === snapshot.root) expect(dominator[child], `node ${child}`).toBe(node);
      found++;
    }
  }
  expect(found).toBe(snapshot.nodeCount - 1);
}

describe('edges, retainers and dominated nodes', () => {
  test(`of ${GRAPHS} random graphs are those of the file`, async () => {
    const folder = scratchFolder();
    for (let seed = 0; seed < GRAPHS; seed++) {
      const plain = randomGraph(seed, 60);
      const graph = graphOfSnapshot(plain);
      const snapshot = await openSnapshot(writeSnapshot(folder, `walk-${seed}`, plain));
      const edgeOf = (index: number) => ({
        index,
        type: graph.edgeType[index],
        name: graph.edgeName[index],
        from: graph.edgeFrom[index],
        to: graph.edgeTo[index],
      });
      const retainers = retainersOfAll(graph);
      for (const node of nodesOf(snapshot)) {
        expect([...snapshot.edges(node)], `seed ${seed}`).toEqual([...edgesOf(graph, node)].map(edgeOf));
        expect([...snapshot.retainers(node)], `seed ${seed}`).toEqual(retainers[node].map(edgeOf));
        expect(snapshot.nodeType(node)).toBe(graph.type[node]);
        expect(snapshot.ordinalOf(graph.id[node])).toBe(node);
      }
      expect([...snapshot.columns.rawSelfSize]).toEqual([...graph.selfSize]);
      expectDominatedInverse(snapshot);
      snapshot.close();
    }
  });

  test('of a corpus file: every edge is a retainer once, and every node is dominated once', async () => {
    const snapshot = await openSnapshot(corpusFile('node20'));
    const seen = new Uint8Array(snapshot.edgeCount);
    for (const node of nodesOf(snapshot)) {
      const edges = snapshot.edges(node);
      for (let position = 0; position < edges.length; position++) seen[edges.at(position).index] += 1;
      for (const edge of snapshot.retainers(node)) {
        if (edge.to !== node) expect(edge.to).toBe(node);
        seen[edge.index] += 2;
      }
    }
    expect(seen.length).toBeGreaterThan(100_000);
    expect(seen.every((times) => times === 3)).toBe(true);
    expectDominatedInverse(snapshot);
    snapshot.close();
  });
});

/** What is wrong with a path from `node` to the root; undefined if nothing is. */
function faultOf(snapshot: HeapSnapshot, node: number, path: readonly Edge[]): string | undefined {
  const { distance } = snapshot.columns;
  const isOpen = node !== snapshot.root && distance[node] !== UNREACHED;
  if (path.length > 0 !== isOpen) return `${path.length} edges at distance ${distance[node]}`;
  let at = node;
  for (const edge of path) {
    if (edge.to !== at) return `an edge to ${edge.to} where one to ${at} was wanted`;
    if (edge.type === 'weak') return `the weak edge ${edge.index}`;
    at = edge.from;
  }
  if (isOpen && at !== snapshot.root) return `an end at ${at}`;
  // From the user roots the distance is the number of edges; a path may be shorter where S7 rejects an edge.
  const most = distance[node] < SYSTEM ? distance[node] : distance[node] - distance[snapshot.root];
  return isOpen && path.length > most ? `${path.length} edges, ${most} would do` : undefined;
}

describe('pathToRoot', () => {
  test.each(['node20', 'chrome156'])('of every node of %s runs from the node to the root', async (name) => {
    const snapshot = await openSnapshot(corpusFile(name));
    const faults: string[] = [];
    let longest = 0;
    for (const node of nodesOf(snapshot)) {
      const path = snapshot.pathToRoot(node);
      const fault = faultOf(snapshot, node, path);
      if (fault !== undefined) faults.push(`node ${node}: ${fault}`);
      longest = Math.max(longest, path.length);
    }
    expect(faults).toEqual([]);
    expect(longest).toBeGreaterThan(5);
    snapshot.close();
  });

  test(`in ${GRAPHS} random graphs holds together and has no weak edge`, async () => {
    const folder = scratchFolder();
    let steps = 0;
    for (let seed = 0; seed < GRAPHS; seed++) {
      const snapshot = await openSnapshot(writeSnapshot(folder, `path-${seed}`, randomGraph(seed, 60)));
      const { distance } = snapshot.columns;
      for (const node of nodesOf(snapshot)) {
        const path = snapshot.pathToRoot(node);
        if (distance[node] === UNREACHED) expect(path).toEqual([]);
        for (const [step, edge] of path.entries()) {
          // The root's weak edges make user roots too.
          if (edge.from !== snapshot.root) expect(edge.type).not.toBe('weak');
          expect(edge.to).toBe(step === 0 ? node : path[step - 1].from);
          steps++;
        }
      }
      snapshot.close();
    }
    expect(steps).toBeGreaterThan(GRAPHS * 10);
  });
});
