import type { Random } from '../build/random.js';
import type { BareGraph } from './bare-graph.js';
import { MOST_NODES } from './bare-twin.js';

/** Shares of weak edges and shortcuts: most graphs have few, some are full of them. */
function randomType(random: Random, oddShare: number): number {
  const dice = random.next();
  if (dice >= oddShare) return dice > 0.9 ? 3 : 0;
  return dice < oddShare * 0.6 ? 1 : 2;
}

/**
 * A graph of 1 … 64 nodes: sparse or dense, with self loops, repeated edges, edges into the root, nodes that nothing or only
 * each other hold, and any node for a root. Cheap to make: a hundred thousand of them are compared.
 */
export function randomBareGraph(random: Random): Required<BareGraph> {
  const nodes = 1 + random.int(random.pick([4, 12, MOST_NODES]));
  const perNode = random.pick([0.5, 1, 1.5, 3, 8]);
  const oddShare = random.pick([0, 0.05, 0.4]);
  const locality = random.pick([2, 8, nodes]);
  const cliqueFrom = random.chance(0.3) ? nodes - random.int(Math.min(nodes, 6)) : nodes;
  const firstEdge = new Uint32Array(nodes + 1);
  const to: number[] = [];
  const types: number[] = [];
  for (let node = 0; node < nodes; node++) {
    for (let degree = Math.floor(random.next() * 2 * perNode + 0.5); degree > 0; degree--) {
      let target = random.chance(0.1) ? random.int(nodes) : node - 1 + random.int(locality + 1);
      if (target < 0 || target >= nodes) target = random.int(nodes);
      // Members of the clique are held by one another only, while they hold the rest.
      if (target >= cliqueFrom && node < cliqueFrom) target = random.int(Math.max(1, cliqueFrom));
      for (let copies = random.chance(0.05) ? 2 : 1; copies > 0; copies--) {
        to.push(target);
        types.push(randomType(random, oddShare));
      }
    }
    if (node >= cliqueFrom) {
      to.push(node + 1 < nodes ? node + 1 : cliqueFrom);
      types.push(0);
    }
    firstEdge[node + 1] = to.length;
  }
  return {
    root: random.chance(0.8) ? 0 : random.int(nodes),
    firstEdge,
    edgeTo: Uint32Array.from(to),
    edgeType: Uint8Array.from(types),
    selfSize: Float64Array.from({ length: nodes }, () => random.int(1000)),
  };
}
