import type { HeapView } from '../analysis/heap-view.js';
import { nodesOfType } from '../analysis/node-lists.js';
import type { Ordinal } from '../base/types.js';
import { NamesWith } from './names-with.js';

/** What a native context calls its global object; `extension` up to V8 11. */
const GLOBAL_TEXTS: ReadonlySet<string> = new Set(['global_object', 'extension']);
const NATIVE_CONTEXT = 'system / NativeContext';
/** Bytes: more than any of the names has, should it be written with escapes. */
const LONGEST_NAME = 256;

/**
 * The objects that global variables are properties of, ascending: what the root's shortcuts lead to, and what native contexts say. Some
 * versions write shortcuts to objects, some to contexts, and a snapshot with internals has none. Cost: a pass over the types of the
 * nodes, and none over the strings: paths wait for it.
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
  const { hidden, native } = nodeTypes;
  const contexts = new NamesWith(view.strings, NATIVE_CONTEXT);
  const names = new GlobalNames(view.strings);
  for (const type of [hidden, native]) {
    arena.scratch(() => {
      for (const node of arena.view(nodesOfType(arena, snapshot.graph, type)))
        if (contexts.has(nodeName[node])) add(globalOf(view, node, names));
    });
  }
  return [...found].sort((a, b) => a - b);
}

/** What a native context calls its global object, -1 if it calls none so. */
function globalOf({ firstEdge, edgeType, edgeTypes, edgeName, edgeTo }: HeapView, node: Ordinal, names: GlobalNames) {
  for (let edge = firstEdge[node]; edge < firstEdge[node + 1]; edge++)
    if (edgeType[edge] === edgeTypes.internal && names.has(edgeName[edge])) return edgeTo[edge];
  return -1;
}

/** Which strings are the texts: contexts have the same names. */
class GlobalNames {
  readonly #strings: HeapView['strings'];
  readonly #known = new Map<number, boolean>();

  constructor(strings: HeapView['strings']) {
    this.#strings = strings;
  }

  has(index: number): boolean {
    const known = this.#known.get(index) ?? GLOBAL_TEXTS.has(this.#strings.text(index, LONGEST_NAME));
    this.#known.set(index, known);
    return known;
  }
}
