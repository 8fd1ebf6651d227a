import { type BareGraph, graphOfEdges } from './bare-graph.js';

/** A graph whose answers are known in closed form. */
export interface Family {
  readonly name: string;
  /** A graph of about `size` nodes. */
  build(size: number): BareGraph;
  dominator(node: number, graph: BareGraph): number;
  /** From the user roots, 1 at these; the root itself is left to the caller. */
  distance(node: number, graph: BareGraph): number;
}

interface Edges {
  readonly from: Uint32Array;
  readonly to: Uint32Array;
  count: number;
}

function collect(most: number, add: (link: (from: number, to: number) => void) => void): [Uint32Array, Uint32Array] {
  const edges: Edges = { from: new Uint32Array(most), to: new Uint32Array(most), count: 0 };
  add((from, to) => {
    edges.from[edges.count] = from;
    edges.to[edges.count++] = to;
  });
  return [edges.from.subarray(0, edges.count), edges.to.subarray(0, edges.count)];
}

function build(nodes: number, most: number, add: (link: (from: number, to: number) => void) => void): BareGraph {
  return graphOfEdges(nodes, ...collect(most, add));
}

const last = (graph: BareGraph) => graph.selfSize.length - 1;

/** Node 0 is the root in all of them. */
export const FAMILIES: readonly Family[] = [
  {
    name: 'a linked list',
    build: (size) =>
      build(size, size, (link) => {
        for (let node = 1; node < size; node++) link(node - 1, node);
      }),
    dominator: (node) => node - 1,
    distance: (node) => node,
  },
  {
    name: 'a list whose tail refers to all members',
    build: (size) =>
      build(size, 2 * size, (link) => {
        for (let node = 1; node < size; node++) link(node - 1, node);
        for (let node = 1; node < size; node++) link(size - 1, node);
      }),
    dominator: (node) => node - 1,
    distance: (node) => node,
  },
  {
    name: 'a list that an index refers to member by member',
    build: (size) =>
      build(size, 2 * size, (link) => {
        link(0, 1);
        for (let node = 2; node < size; node++) link(1, node);
        for (let node = 2; node + 1 < size; node++) link(node, node + 1);
      }),
    dominator: (node) => (node === 1 ? 0 : 1),
    distance: (node) => (node === 1 ? 1 : 2),
  },
  {
    name: 'a list with links both ways, held at both ends',
    build: (size) =>
      build(size, 2 * size + 2, (link) => {
        link(0, 1);
        link(0, size - 1);
        for (let node = 1; node + 1 < size; node++) {
          link(node, node + 1);
          link(node + 1, node);
        }
      }),
    dominator: () => 0,
    distance: (node, graph) => Math.min(node, last(graph) - node + 1),
  },
  {
    name: 'a ladder held at one foot',
    build: (size) => {
      const nodes = size - (size % 2 === 0 ? 1 : 0);
      return build(nodes, 3 * size, (link) => {
        link(0, 1);
        for (let node = 1; node + 2 < nodes; node++) link(node, node + 2);
        for (let node = 1; node + 1 < nodes; node += 2) {
          link(node, node + 1);
          link(node + 1, node);
        }
      });
    },
    dominator: (node) => (node === 1 ? 0 : 1),
    distance: (node) => (node % 2 === 1 ? (node + 1) / 2 : node / 2 + 1),
  },
  {
    name: 'loops nested into each other',
    build: (size) =>
      build(size, 2 * size, (link) => {
        for (let node = 1; node < size; node++) link(node - 1, node);
        for (let node = 1; node < size - node; node++) link(size - node, node);
      }),
    dominator: (node) => node - 1,
    distance: (node) => node,
  },
  {
    name: 'a binary tree with links to the parents',
    build: (size) =>
      build(size, 2 * size, (link) => {
        link(0, 1);
        for (let node = 2; node < size; node++) {
          link(node >>> 1, node);
          link(node, node >>> 1);
        }
      }),
    dominator: (node) => node >>> 1,
    distance: (node) => 32 - Math.clz32(node),
  },
  {
    name: 'a complete bipartite graph held on one side',
    build: (size) => {
      const side = Math.max(2, Math.floor(Math.sqrt(size)));
      return build(2 * side + 1, side * (side + 1), (link) => {
        for (let left = 1; left <= side; left++) {
          link(0, left);
          for (let right = side + 1; right <= 2 * side; right++) link(left, right);
        }
      });
    },
    dominator: () => 0,
    distance: (node, graph) => (node <= last(graph) / 2 ? 1 : 2),
  },
];
