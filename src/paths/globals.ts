import type { HeapView } from '../analysis/heap-view.js';
import type { Ordinal } from '../base/types.js';
import type { StringTable } from '../read/string-table.js';

/** What a native context calls its global object; `extension` up to V8 11. */
export const GLOBAL_TEXTS = ['global_object', 'extension'] as const;
const NATIVE_CONTEXT = 'system / NativeContext';
/** So much of a text has all of that, should it be written with escapes. */
const LONGEST_START = 256;

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
  const isContext = new ContextNames(view);
  for (let node = 0; node < nodeCount; node++) {
    node = nextOfType(nodeType, node, hidden, native);
    if (node < nodeCount && isContext.has(nodeName[node])) add(view.targetNamed(node, edgeTypes.internal, names));
  }
  return [...found].sort((a, b) => a - b);
}

/** The first node from `from` on that is of one of two types. By itself, since a loop that nothing rare interrupts stays compiled. */
function nextOfType(nodeType: Uint8Array, from: Ordinal, one: number, other: number): Ordinal {
  let node = from;
  while (node < nodeType.length && nodeType[node] !== one && nodeType[node] !== other) node++;
  return node;
}

/** Which strings are names of native contexts; they may end in a page's address. */
class ContextNames {
  readonly #strings: StringTable;
  /** By string index: 0 not looked at, 1 no, 2 yes. */
  readonly #known: Uint8Array;

  constructor({ strings }: HeapView) {
    this.#strings = strings;
    this.#known = new Uint8Array(strings.count);
  }

  has(index: number): boolean {
    if (this.#known[index] === 0) this.#known[index] = this.#startsSo(index) ? 2 : 1;
    return this.#known[index] === 2;
  }

  #startsSo(index: number): boolean {
    return this.#strings.text(index, LONGEST_START).startsWith(NATIVE_CONTEXT);
  }
}
