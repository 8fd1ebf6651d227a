import type { Ordinal } from '../base/types.js';
import type { ExploredGraph } from './explored-graph.js';

const LISTENER = 'V8EventListener';
const CALLBACK = '1';
const CODE = 'code';

/** Marks the functions that event listeners call (S12): a callback that is one, else its first child that is one, else the callback. */
export function handlersOf(graph: ExploredGraph): Uint8Array {
  const { nodeCount, nodeName, edgeTo, firstEdge, strings } = graph;
  const isHandler = new Uint8Array(nodeCount);
  const names = new EdgeTexts(graph);
  const indexes = graph.indexesOf([LISTENER]).get(LISTENER) ?? [];
  if (indexes.length === 0) return isHandler;
  const isListener = new Uint8Array(strings.count);
  for (const index of indexes) isListener[index] = 1;
  for (let node = 0; node < nodeCount; node++) {
    if (isListener[nodeName[node]] === 0 || graph.isRenamed(node)) continue;
    const callback = names.firstTarget(node, CALLBACK);
    if (callback < 0) continue;
    let handler = names.firstTarget(callback, CODE) >= 0 ? callback : -1;
    for (let edge = firstEdge[callback]; handler < 0 && edge < firstEdge[callback + 1]; edge++) {
      if (names.firstTarget(edgeTo[edge], CODE) >= 0) handler = edgeTo[edge];
    }
    isHandler[handler < 0 ? callback : handler] = 1;
  }
  return isHandler;
}

/** Edges by what they show, of all types. A `shortcut` whose name begins with a number shows that number. */
class EdgeTexts {
  readonly #graph: ExploredGraph;
  /** By text, then by string: 0 not looked at, 1 another one, 2 the text. */
  readonly #known = new Map<string, Uint8Array>();

  constructor(graph: ExploredGraph) {
    this.#graph = graph;
  }

  /** Where the first edge with that text leads, -1 without one. Cost: the node's edges. */
  firstTarget(node: Ordinal, text: string): Ordinal {
    const { firstEdge, edgeTo } = this.#graph;
    for (let edge = firstEdge[node]; edge < firstEdge[node + 1]; edge++) if (this.#is(edge, text)) return edgeTo[edge];
    return -1;
  }

  #is(edge: number, text: string): boolean {
    const { edgeType, edgeName, edgeTypes, strings } = this.#graph;
    const type = edgeType[edge];
    const index = edgeName[edge];
    if (type === edgeTypes.element || type === edgeTypes.hidden) return String(index) === text;
    if (type === edgeTypes.shortcut) {
      const number = Number.parseInt(strings.text(index), 10);
      if (!Number.isNaN(number)) return String(number) === text;
    }
    const known = this.#knownFor(text);
    if (known[index] === 0) known[index] = strings.text(index, 64) === text ? 2 : 1;
    return known[index] === 2;
  }

  #knownFor(text: string): Uint8Array {
    const known = this.#known.get(text) ?? new Uint8Array(this.#graph.strings.count);
    this.#known.set(text, known);
    return known;
  }
}
