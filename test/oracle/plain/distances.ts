import { edgesOf, isUserRoot, type Ordinal, type PlainGraph } from './graph.js';
import { parseWeakMapPair } from './weak-map-pair.js';

const UNREACHED = -5;
const SYSTEM_DISTANCE = 100_000_000;

type EdgeFilter = (edge: number) => boolean;

/**
 * The filter of one search, phases 1 and 2 together. A pair text is rejected and let through in turns:
 * the first sighting is rejected, the second passes, a third is rejected again.
 */
function createFilter(graph: PlainGraph, name: readonly string[]): EdgeFilter {
  const waitingPairs = new Set<string>();
  return (edge) => {
    const from = graph.edgeFrom[edge];
    const edgeName = graph.edgeName[edge];
    if (
      edgeName === 'sloppy_function_map' &&
      graph.type[from] === 'hidden' &&
      name[from] === 'system / NativeContext'
    ) {
      return false;
    }
    if (graph.type[from] === 'array' && name[from] === '(map descriptors)') {
      // parseInt on purpose: DevTools takes `4 / anything` for the number 4.
      const index = Number.parseInt(String(edgeName), 10);
      return !(index >= 2 && index % 3 === 1);
    }
    const pair = parseWeakMapPair(graph.edgeType[edge], edgeName)?.pair;
    if (pair === undefined || waitingPairs.delete(pair)) return true;
    waitingPairs.add(pair);
    return false;
  };
}

function search(graph: PlainGraph, queue: Ordinal[], distance: Int32Array, passes: EdgeFilter): void {
  for (const node of queue) {
    for (const edge of edgesOf(graph, node)) {
      const target = graph.edgeTo[edge];
      // The order of the last two tests decides which sighting of a WeakMap pair is the first.
      if (graph.edgeType[edge] === 'weak' || distance[target] !== UNREACHED || !passes(edge)) continue;
      distance[target] = distance[node] + 1;
      queue.push(target);
    }
  }
}

/**
 * Distance of every node from the user roots, or from the root above 100,000,000. `name` holds the names after S10.
 * Phase 1 takes the root's edges of all types, weak ones included, and visits a user root once for each of its edges.
 * Rule: devtools-semantics S7.
 */
export function plainDistances(graph: PlainGraph, name: readonly string[]): Int32Array {
  const distance = new Int32Array(graph.nodeCount).fill(UNREACHED);
  const passes = createFilter(graph, name);
  const userRoots = Array.from(edgesOf(graph, graph.root), (edge) => graph.edgeTo[edge]).filter((target) =>
    isUserRoot(graph, target),
  );
  for (const node of userRoots) distance[node] = 1;
  const hasUserRoots = userRoots.length > 0;
  search(graph, userRoots, distance, passes);
  distance[graph.root] = hasUserRoots ? SYSTEM_DISTANCE : 0;
  search(graph, [graph.root], distance, passes);
  return distance;
}
