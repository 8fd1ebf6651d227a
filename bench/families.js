// Promise 8: adversarial shapes may take at most three times as long as a random graph of the same size.
//   node bench/families.js [--nodes N]
// Dominators and distances alone, on columns built in memory: no file could be written in reasonable time.
import { parseArgs } from 'node:util';
import { computeDistances } from '#src/analysis/distances.js';
import { computeDominators, orderDominators } from '#src/analysis/dominators.js';
import { Arena } from '#src/wasm/arena.js';
import { formatTable } from './table.js';

const { values } = parseArgs({ options: { nodes: { type: 'string', default: '10000000' } } });
const NODES = Number(values.nodes);
const ROUNDS = 3;
/** What a shape may take of a random graph's time. */
const MOST = 3;
const DEGREE = 3;

/** For each shape, the targets of a node; every node is reached from node 0. */
const FAMILIES = {
  'random graph': (node) => [
    (node + 1) % NODES,
    ...Array.from({ length: DEGREE - 1 }, (_, edge) => scramble(node * DEGREE + edge) % NODES),
  ],
  list: (node) => (node + 1 < NODES ? [node + 1] : []),
  'list with links both ways': (node) => [node - 1, node + 1].filter((to) => to >= 0 && to < NODES),
  'list whose tail refers to all': (node) =>
    node < NODES / 2 ? [node + 1] : node === NODES / 2 ? range(NODES / 2 + 1, NODES) : [node - NODES / 2],
  'binary tree with links up': (node) =>
    [2 * node + 1, 2 * node + 2, (node - 1) >> 1].filter((to) => to >= 0 && to < NODES),
  'star with links among its leaves': (node) => (node === 0 ? range(1, NODES) : [1 + (node % (NODES - 1))]),
  'nested loops': (node) => (node + 1 < NODES ? [node + 1, NODES - 1 - node] : [0]),
};

function range(from, to) {
  return Array.from({ length: to - from }, (_, offset) => from + offset);
}

function scramble(value) {
  const mixed = Math.imul(value ^ (value >>> 15), 0x2c1b3c6d);
  return (Math.imul(mixed ^ (mixed >>> 12), 0x297a2d39) ^ (mixed >>> 15)) >>> 0;
}

/** A graph of nodes without names: every edge is a property, every node an object, ordinal 0 the root. */
function build(arena, targetsOf) {
  const firstEdge = arena.allocate('u32', NODES + 1);
  const first = arena.view(firstEdge);
  let edgeCount = 0;
  for (let node = 0; node < NODES; node++) {
    first[node] = edgeCount;
    edgeCount += targetsOf(node).length;
  }
  first[NODES] = edgeCount;
  const edgeTo = arena.allocate('u32', edgeCount);
  const to = arena.view(edgeTo);
  let edge = 0;
  for (let node = 0; node < NODES; node++) for (const target of targetsOf(node)) to[edge++] = target;
  const none = arena.zeroed('u32', 1);
  const numbers = arena.zeroed('u32', Math.max(NODES, edgeCount));
  const bytes = { ...numbers, kind: 'u8' };
  return {
    header: { nodeCount: NODES, edgeCount, root: 0, edgeTypes: ['property'] },
    columns: {
      firstEdge,
      edgeTo,
      edgeType: bytes,
      edgeName: numbers,
      nodeType: bytes,
      nodeName: numbers,
      nodeId: { low: none, high: undefined },
    },
    nodeTypes: { hidden: 1, array: 2, synthetic: 3 },
    edgeTypes: { element: 1, internal: 2, shortcut: 3, weak: 4 },
    tags: none,
    ephemerons: { count: 0, names: none, tables: none, pairs: none, pairCount: 0 },
  };
}

function time(arena, graph) {
  let best = Number.POSITIVE_INFINITY;
  for (let round = 0; round < ROUNDS; round++) {
    const start = performance.now();
    arena.scratch(() => {
      const tree = { order: arena.allocate('u32', NODES), idom: arena.allocate('u32', NODES) };
      computeDominators(arena, graph, tree);
      orderDominators(arena, NODES, tree);
      computeDistances(arena, graph, arena.allocate('i32', NODES));
    });
    best = Math.min(best, performance.now() - start);
  }
  return best;
}

const rows = [];
let base;
for (const [name, targetsOf] of Object.entries(FAMILIES)) {
  const arena = await Arena.create();
  const graph = build(arena, (node) => targetsOf(node));
  const ms = time(arena, graph);
  base ??= ms;
  rows.push([name, String(graph.header.edgeCount), `${ms.toFixed(0)} ms`, `× ${(ms / base).toFixed(2)}`]);
  if (ms > MOST * base) process.exitCode = 1;
}
console.log(`${NODES} nodes, least of ${ROUNDS} rounds\n`);
console.log(formatTable([['shape', 'edges', 'dominators and distances', 'of a random graph'], ...rows]));
