import { edgesOf, isUserRoot, type Ordinal, type PlainGraph } from './graph.js';

const NOBODY = -1;
const MULTIPLE = -2;

function isOwnable(graph: PlainGraph, name: readonly string[], node: Ordinal): boolean {
  const type = graph.type[node];
  return type === 'hidden' || type === 'array' || (type === 'native' && name[node] === 'system / ExternalStringData');
}

function hasUserRoots(graph: PlainGraph): boolean {
  for (const edge of edgesOf(graph, graph.root)) {
    if (isUserRoot(graph, graph.edgeTo[edge])) return true;
  }
  return false;
}

function join(owner: number, other: number): number {
  if (owner === NOBODY || owner === other) return other;
  return other === NOBODY ? owner : MULTIPLE;
}

/** Owner of every node: itself unless ownable, else the only self-owning node that reaches it through ownables. */
function findOwners(graph: PlainGraph, name: readonly string[]): Int32Array {
  const ownable = Array.from({ length: graph.nodeCount }, (_, node) => isOwnable(graph, name, node));
  const owner = Int32Array.from(ownable, (canBeOwned, node) => (canBeOwned ? NOBODY : node));
  for (let changed = true; changed; ) {
    changed = false;
    for (let edge = 0; edge < graph.edgeCount; edge++) {
      const target = graph.edgeTo[edge];
      if (!ownable[target] || graph.edgeType[edge] === 'weak') continue;
      const joined = join(owner[target], owner[graph.edgeFrom[edge]]);
      if (joined === owner[target]) continue;
      owner[target] = joined;
      changed = true;
    }
  }
  return owner;
}

/**
 * Self sizes after the shallow-size transfer. `name` holds the names after S10.
 * A user root counts over any edge of the root, weak ones included. Rule: devtools-semantics S5.
 */
export function plainSelfSizes(graph: PlainGraph, name: readonly string[]): Float64Array {
  const sizes = graph.selfSize.slice();
  if (!hasUserRoots(graph)) return sizes;
  for (const [node, owner] of findOwners(graph, name).entries()) {
    if (owner < 0 || owner === node || owner === graph.root || graph.type[owner] === 'synthetic') continue;
    sizes[owner] += graph.selfSize[node];
    sizes[node] = 0;
  }
  return sizes;
}
