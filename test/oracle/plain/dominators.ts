import type { Ordinal, PlainGraph } from './graph.js';
import { retainingSuccessors } from './retaining-graph.js';

const NONE = 0xffffffff;

/** Nodes reachable from the root so that a node stands after everything below it in the search tree. */
function postorder(successors: Ordinal[][], root: Ordinal): Ordinal[] {
  const order: Ordinal[] = [];
  const next = new Uint32Array(successors.length);
  const seen = new Uint8Array(successors.length);
  const path = [root];
  seen[root] = 1;
  while (path.length > 0) {
    const node = path[path.length - 1];
    if (next[node] === successors[node].length) {
      order.push(node);
      path.pop();
      continue;
    }
    const target = successors[node][next[node]++];
    if (seen[target]) continue;
    seen[target] = 1;
    path.push(target);
  }
  return order;
}

function predecessorLists(successors: Ordinal[][]): Ordinal[][] {
  const predecessors: Ordinal[][] = successors.map(() => []);
  for (const [node, targets] of successors.entries()) {
    for (const target of targets) predecessors[target].push(node);
  }
  return predecessors;
}

/**
 * Immediate dominator of every node: the fixed point of Cooper, Harvey and Kennedy. Length nodeCount; the root is its own.
 * Nodes that stay unreachable have the root for dominator, and what they point to does not notice them.
 * Rule: devtools-semantics S4.
 */
export function plainDominators(graph: PlainGraph, essential: Uint8Array): Uint32Array {
  const { nodeCount, root } = graph;
  const successors = retainingSuccessors(graph, essential);
  const predecessors = predecessorLists(successors);
  const order = postorder(successors, root);
  const position = new Uint32Array(nodeCount);
  for (const [index, node] of order.entries()) position[node] = index;

  const dominator = new Uint32Array(nodeCount).fill(NONE);
  dominator[root] = root;

  function commonDominator(left: Ordinal, right: Ordinal): Ordinal {
    while (left !== right) {
      if (position[left] < position[right]) left = dominator[left];
      else right = dominator[right];
    }
    return left;
  }

  for (let changed = true; changed; ) {
    changed = false;
    for (const node of order.toReversed()) {
      if (node === root) continue;
      const known = predecessors[node].filter((predecessor) => dominator[predecessor] !== NONE);
      const nearest = known.reduce(commonDominator);
      if (dominator[node] !== nearest) {
        dominator[node] = nearest;
        changed = true;
      }
    }
  }
  return dominator.map((found) => (found === NONE ? root : found));
}
