import { edgesOf, type Ordinal, type PlainGraph } from './graph.js';

const NOBODY = -1;
const SHARED = -2;

function isNativeContext(name: string): boolean {
  return /^(Detached )?system \/ NativeContext($| \/ )/s.test(name);
}

/** Target of the first `internal` edge of that name which leads where `accepts` allows. */
function internalTarget(
  graph: PlainGraph,
  node: Ordinal | undefined,
  edgeName: string,
  accepts: (target: Ordinal) => boolean = () => true,
): Ordinal | undefined {
  if (node === undefined) return undefined;
  for (const edge of edgesOf(graph, node)) {
    if (graph.edgeType[edge] !== 'internal' || graph.edgeName[edge] !== edgeName) continue;
    if (accepts(graph.edgeTo[edge])) return graph.edgeTo[edge];
  }
  return undefined;
}

/** A context owns itself; an object belongs to the context that its map's map names. */
function fixedOwner(graph: PlainGraph, name: readonly string[], node: Ordinal): number {
  if (isNativeContext(name[node])) return node;
  const metaMap = internalTarget(graph, internalTarget(graph, node, 'map'), 'map');
  return internalTarget(graph, metaMap, 'native_context', (target) => isNativeContext(name[target])) ?? NOBODY;
}

function join(owner: number, other: number): number {
  if (owner === NOBODY || owner === other) return other;
  return other === NOBODY ? owner : SHARED;
}

/**
 * The native context every node belongs to: its ordinal, -1 for none, -2 for several. `name` holds the names after S10.
 * Rule: devtools-semantics S14.
 */
export function plainNativeContexts(graph: PlainGraph, name: readonly string[]): Int32Array {
  const fixed = Int32Array.from(name, (_, node) => fixedOwner(graph, name, node));
  const owner = fixed.slice();
  for (let changed = true; changed; ) {
    changed = false;
    for (let edge = 0; edge < graph.edgeCount; edge++) {
      const target = graph.edgeTo[edge];
      const type = graph.edgeType[edge];
      if (type === 'shortcut' || type === 'weak' || fixed[target] !== NOBODY) continue;
      const joined = join(owner[target], owner[graph.edgeFrom[edge]]);
      if (joined === owner[target]) continue;
      owner[target] = joined;
      changed = true;
    }
  }
  return owner;
}
