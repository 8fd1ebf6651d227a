import type { HeapView } from '../analysis/heap-view.js';
import type { Ordinal } from '../base/types.js';
import { NamesWith } from './names-with.js';

/** What a native context calls its global object; `extension` up to V8 11. */
export const GLOBAL_TEXTS = ['global_object', 'extension'] as const;
const NATIVE_CONTEXT = 'system / NativeContext';

/**
 * The objects that global variables are properties of, ascending: what the root's shortcuts lead to, and what native contexts say. Some
 * versions write shortcuts to objects, some to contexts, and a snapshot with internals has none. Cost: one pass over the nodes.
 */
export function findGlobals(view: HeapView): Ordinal[] {
  const { nodeCount, root, firstEdge, edgeType, edgeTo, edgeTypes, nodeType, nodeTypes, nodeName } = view;
  const found = new Set<Ordinal>();
  const add = (node: Ordinal) => {
    if (node >= 0 && nodeType[node] === nodeTypes.object) found.add(node);
  };
  for (let edge = firstEdge[root]; edge < firstEdge[root + 1]; edge++) {
    if (edgeType[edge] === edgeTypes.shortcut) add(edgeTo[edge]);
  }
  const names = [...view.indexesOf(GLOBAL_TEXTS).values()].flat();
  const { hidden, native } = nodeTypes;
  const contexts = new NamesWith(view.strings, NATIVE_CONTEXT);
  for (let node = 0; node < nodeCount; node++) {
    node = nextOfType(nodeType, node, hidden, native);
    if (node < nodeCount && contexts.has(nodeName[node])) add(view.targetNamed(node, edgeTypes.internal, names));
  }
  return [...found].sort((a, b) => a - b);
}

/** The first node from `from` on that is of one of two types. By itself, since a loop that nothing rare interrupts stays compiled. */
function nextOfType(nodeType: Uint8Array, from: Ordinal, one: number, other: number): Ordinal {
  let node = from;
  while (node < nodeType.length && nodeType[node] !== one && nodeType[node] !== other) node++;
  return node;
}
