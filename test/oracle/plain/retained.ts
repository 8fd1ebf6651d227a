import type { Ordinal } from './graph.js';

/** Every node above `node` in the dominator tree, nearest first, the root last. */
export function* dominatorsAbove(dominator: Uint32Array, node: Ordinal): Generator<Ordinal> {
  for (let child = node; dominator[child] !== child; child = dominator[child]) yield dominator[child];
}

/**
 * Retained sizes: each node's self size (after the transfer) added to itself and to all above it.
 * Time O(nodes × depth of the tree). Rule: devtools-semantics S6.
 */
export function plainRetainedSizes(dominator: Uint32Array, selfSize: Float64Array): Float64Array {
  const retained = selfSize.slice();
  for (let node = 0; node < dominator.length; node++) {
    for (const above of dominatorsAbove(dominator, node)) retained[above] += selfSize[node];
  }
  return retained;
}
