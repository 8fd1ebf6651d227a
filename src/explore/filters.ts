import { type Ordinal, UNREACHED } from '../base/types.js';
import { Names } from '../waste/names.js';
import { groupStrings } from '../waste/string-groups.js';
import { PlainStringSearch } from '../waste/string-search.js';
import { handlersOf } from './event-handlers.js';
import type { ExploredGraph } from './explored-graph.js';
import { type Barriers, reachFromRoot } from './searches-from-root.js';

/** A filter of devtools-semantics S12: which nodes are kept, and how DevTools calls it. */
interface Filter {
  readonly title: string;
  /** 1 for each node that is kept, whatever its size. */
  readonly keep: (graph: ExploredGraph) => Uint8Array;
}

/** In the order of a list for people. */
export const FILTERS = {
  'detached-dom': {
    title: 'Objects retained by detached DOM nodes',
    keep: (graph) => heldBy(graph, { nodes: graph.detachedness.map((state) => Number(state === DETACHED)) }),
  },
  'event-handlers': {
    title: 'Objects retained by event handlers',
    keep: (graph) => heldBy(graph, { nodes: handlersOf(graph) }),
  },
  contexts: {
    title: 'Objects retained by contexts',
    keep: (graph) => heldBy(graph, { nodes: contextsOf(graph) }),
  },
  console: {
    title: 'Objects retained by the DevTools console',
    keep: (graph) => heldBy(graph, { edges: isOfConsole(graph), edgeSources: syntheticNodes(graph) }),
  },
  'duplicate-strings': { title: 'Duplicated strings', keep: duplicates },
} as const satisfies Record<string, Filter>;

export type FilterName = keyof typeof FILTERS;
export const FILTER_NAMES = Object.keys(FILTERS) as FilterName[];

const DETACHED = 2;
const CONTEXT = 'system / Context';
const CONSOLE = ' / DevTools console';

/** What a search with these barriers does not reach, and the analysis does. */
function heldBy(graph: ExploredGraph, barriers: Barriers): Uint8Array {
  const isReached = reachFromRoot(graph, barriers);
  return isReached.map((reached, node) => Number(reached === 0 && graph.distance[node] !== UNREACHED));
}

function contextsOf(graph: ExploredGraph): Uint8Array {
  const { nodeName, strings } = graph;
  const begin = Buffer.from(CONTEXT);
  // By string: 0 not looked at, 1 no context, 2 one.
  const known = new Uint8Array(strings.count);
  const isContext = (index: number) => {
    if (known[index] === 0) {
      const text = strings.byteLength(index) >= begin.length ? strings.text(index) : '';
      known[index] = text === CONTEXT || text.startsWith(`${CONTEXT} / `) ? 2 : 1;
    }
    return known[index] === 2;
  };
  return marked(graph, (node) => isContext(nodeName[node]) && !graph.isRenamed(node));
}

function syntheticNodes({ nodeTypes, ...graph }: ExploredGraph): Uint8Array {
  return graph.nodeType.map((type) => Number(type === nodeTypes.synthetic));
}

/** Whether an edge's name says so. A `shortcut` whose name begins with a number shows that number only. */
function isOfConsole(graph: ExploredGraph): (edge: number) => boolean {
  return (edge) => {
    const name = graph.names.edge(edge);
    if (typeof name === 'number' || !name.endsWith(CONSOLE)) return false;
    return graph.edgeType[edge] !== graph.edgeTypes.shortcut || Number.isNaN(Number.parseInt(name, 10));
  };
}

function duplicates(graph: ExploredGraph): Uint8Array {
  const { nodes, groups, counts } = groupStrings(graph, new Names(graph), new PlainStringSearch(graph));
  const marks = new Uint8Array(graph.nodeCount);
  for (let at = 0; at < nodes.length; at++) if (counts[groups[at]] > 1) marks[nodes[at]] = 1;
  return marks;
}

function marked({ nodeCount }: ExploredGraph, is: (node: Ordinal) => boolean): Uint8Array {
  const marks = new Uint8Array(nodeCount);
  for (let node = 0; node < nodeCount; node++) marks[node] = Number(is(node));
  return marks;
}
