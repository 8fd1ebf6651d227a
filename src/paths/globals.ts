import type { HeapView } from '../analysis/heap-view.js';
import type { Ordinal } from '../base/types.js';

/** What a native context calls its global object; `extension` up to V8 11. */
const NAMES = ['global_object', 'extension'];
const NATIVE_CONTEXT = 'system / NativeContext';

/**
 * The objects that global variables are properties of, ascending: what the root's shortcuts lead to, and what native contexts say. Some
 * versions write shortcuts to objects, some to contexts, and a snapshot with internals has none. Cost: one pass over the nodes.
 */
export function findGlobals(view: HeapView): Ordinal[] {
  const { nodeCount, root, firstEdge, edgeType, edgeTo, edgeTypes, nodeType, nodeTypes } = view;
  const found = new Set<Ordinal>();
  const add = (node: Ordinal) => {
    if (node >= 0 && nodeType[node] === nodeTypes.object) found.add(node);
  };
  for (let edge = firstEdge[root]; edge < firstEdge[root + 1]; edge++) {
    if (edgeType[edge] === edgeTypes.shortcut) add(edgeTo[edge]);
  }
  const names = [...view.indexesOf(NAMES).values()].flat();
  const isContext = new ContextNames(view);
  for (let node = 0; node < nodeCount; node++) {
    if (isContext.has(node)) add(view.targetNamed(node, edgeTypes.internal, names));
  }
  return [...found].sort((a, b) => a - b);
}

/** Native contexts are `hidden` or `native`, and their names may end in a page's address. */
class ContextNames {
  readonly #view: HeapView;
  /** By string index: 0 not looked at, 1 no, 2 yes. */
  readonly #known: Uint8Array;

  constructor(view: HeapView) {
    this.#view = view;
    this.#known = new Uint8Array(view.strings.count);
  }

  has(node: Ordinal): boolean {
    const { nodeType, nodeTypes, nodeName } = this.#view;
    if (nodeType[node] !== nodeTypes.hidden && nodeType[node] !== nodeTypes.native) return false;
    const index = nodeName[node];
    if (this.#known[index] === 0) this.#known[index] = this.#view.name(node).startsWith(NATIVE_CONTEXT) ? 2 : 1;
    return this.#known[index] === 2;
  }
}
