import type { Ordinal, PlainGraph } from './graph.js';
import { reachableWithout, retainingSuccessors } from './retaining-graph.js';

/**
 * Immediate dominators from nothing but the definition: d dominates v when v is lost once d is taken away.
 * Length nodeCount; the root is its own. Time O(nodes × edges): for graphs of a few hundred nodes.
 * Rule: devtools-semantics S4.
 */
export function dominatorsByRemoval(graph: PlainGraph, essential: Uint8Array): Uint32Array {
  const { nodeCount, root } = graph;
  const successors = retainingSuccessors(graph, essential);
  const reached = reachableWithout(successors, root, undefined);
  const dominatorsOf: Ordinal[][] = Array.from({ length: nodeCount }, () => []);
  for (let candidate = 0; candidate < nodeCount; candidate++) {
    if (!reached[candidate]) continue;
    const left = reachableWithout(successors, root, candidate);
    for (let node = 0; node < nodeCount; node++) {
      if (node !== candidate && reached[node] && !left[node]) dominatorsOf[node].push(candidate);
    }
  }
  // Dominators of a node form a chain, so the nearest one is the one that has most dominators itself.
  return Uint32Array.from(dominatorsOf, (dominators) =>
    dominators.reduce(
      (nearest, next) => (dominatorsOf[next].length > dominatorsOf[nearest].length ? next : nearest),
      root,
    ),
  );
}
