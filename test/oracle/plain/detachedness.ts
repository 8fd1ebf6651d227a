import { edgesOf, type Ordinal, type PlainGraph } from './graph.js';

export const UNKNOWN = 0;
export const ATTACHED = 1;
export const DETACHED = 2;

const SILENT_EDGES = new Set(['hidden', 'invisible', 'weak']);

export interface PlainDetachedness {
  /** 0 unknown, 1 attached, 2 detached, by ordinal. */
  detachedness: Uint8Array;
  /** Names by ordinal as every later pass sees them: natives that are detached have got a prefix. */
  name: string[];
}

/** Gives `state` to every unknown native that natives of this state reach through unknown natives. */
function spread(graph: PlainGraph, detachedness: Uint8Array, state: number): void {
  const isNative = (node: Ordinal) => graph.type[node] === 'native';
  const pending: Ordinal[] = [];
  for (let node = 0; node < graph.nodeCount; node++) {
    if (isNative(node) && detachedness[node] === state) pending.push(node);
  }
  for (const node of pending) {
    for (const edge of edgesOf(graph, node)) {
      const target = graph.edgeTo[edge];
      if (SILENT_EDGES.has(graph.edgeType[edge]) || !isNative(target) || detachedness[target] !== UNKNOWN) continue;
      detachedness[target] = state;
      pending.push(target);
    }
  }
}

/** Files without the field: the name is all there is to go by, and nothing spreads. */
function fromNames(graph: PlainGraph): PlainDetachedness {
  const detachedness = Uint8Array.from(graph.name, (name, node) =>
    graph.type[node] === 'native' && name.startsWith('Detached ') ? DETACHED : UNKNOWN,
  );
  return { detachedness, name: [...graph.name] };
}

/**
 * DOM state of every node and the names that follow from it. Rule: devtools-semantics S10.
 * A state given by the file never changes: attached wins only where both states reach an unknown native.
 * Every native that is detached in the end is renamed, the ones the file says so included.
 */
export function plainDetachedness(graph: PlainGraph): PlainDetachedness {
  if (graph.detachedness === undefined) return fromNames(graph);
  const detachedness = graph.detachedness.slice();
  spread(graph, detachedness, ATTACHED);
  spread(graph, detachedness, DETACHED);
  const name = graph.name.map((text, node) =>
    graph.type[node] === 'native' && detachedness[node] === DETACHED ? `Detached ${text}` : text,
  );
  return { detachedness, name };
}
