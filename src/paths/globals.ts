import type { HeapView } from '../analysis/heap-view.js';
import { nodesOfType } from '../analysis/node-lists.js';
import type { Ordinal } from '../base/types.js';
import { NamesWith } from './names-with.js';

/** What a native context calls its global object; `extension` up to V8 11. */
export const GLOBAL_TEXTS = ['global_object', 'extension'] as const;
const NATIVE_CONTEXT = 'system / NativeContext';

/**
 * The objects that global variables are properties of, ascending: what the root's shortcuts lead to, and what native contexts say. Some
 * versions write shortcuts to objects, some to contexts, and a snapshot with internals has none. Cost: a pass over the types of the nodes.
 */
export function findGlobals(view: HeapView): Ordinal[] {
  const { arena, snapshot, root, firstEdge, edgeType, edgeTo, edgeTypes, nodeType, nodeTypes, nodeName } = view;
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
  for (const type of [hidden, native]) {
    arena.scratch(() => {
      for (const node of arena.view(nodesOfType(arena, snapshot.graph, type)))
        if (contexts.has(nodeName[node])) add(view.targetNamed(node, edgeTypes.internal, names));
    });
  }
  return [...found].sort((a, b) => a - b);
}
