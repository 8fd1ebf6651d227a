import type { HeapView } from '../analysis/heap-view.js';
import type { Ordinal } from '../base/types.js';
import { namesIn, type Text } from './known-names.js';

/** Names of properties, by what they say of the object that has one. */
const NAMES = {
  events: ['_events'],
  eventTargets: ['<symbol kEvents>'],
  readable: ['_readableState'],
  writable: ['_writableState'],
  reactRoots: ['containerInfo'],
  resourceStore: ['<symbol kResourceStore>'],
  contextFrame: ['<symbol kAsyncContextFrame>'],
  errorStack: ['<symbol>', '<symbol error_stack_symbol>'],
} as const satisfies Readonly<Record<string, readonly Text[]>>;

type Kind = keyof typeof NAMES;
const KINDS = Object.keys(NAMES) as readonly Kind[];

/** Edges of one kind, by the ordinal of the object that has the property. */
export interface EdgeEnds {
  readonly from: Ordinal[];
  readonly to: Ordinal[];
}

export type RareEdges = Readonly<Record<Kind, EdgeEnds>>;

/** A power of two: a table of so many bytes lies in a core's nearest cache. */
const SIEVE = 1 << 13;

const ofViews = new WeakMap<HeapView, RareEdges>();

/** Cost: one pass over the names of all edges, a view; nothing where the file has none of the names. */
export function rareEdgesOf(view: HeapView): RareEdges {
  const known = ofViews.get(view) ?? collect(view);
  ofViews.set(view, known);
  return known;
}

function collect(view: HeapView): RareEdges {
  const names = namesIn(view);
  const ends = Object.fromEntries(KINDS.map((kind): [Kind, EdgeEnds] => [kind, { from: [], to: [] }])) as RareEdges;
  const endsOf = new Map<number, EdgeEnds>();
  for (const kind of KINDS) {
    for (const name of NAMES[kind]) for (const index of names.of(name)) endsOf.set(index, ends[kind]);
  }
  if (endsOf.size > 0) view.arena.scratch(() => collectEdges(view, endsOf));
  return ends;
}

/** Edges are gone through without their nodes, and sieved by the last bits of their names: what is left is looked at closely. */
function collectEdges(view: HeapView, endsOf: ReadonlyMap<number, EdgeEnds>): void {
  const { nodeCount, nodeType, nodeTypes, firstEdge, edgeType, edgeTypes, edgeName, edgeTo } = view;
  const { property } = edgeTypes;
  const edgeCount = firstEdge[nodeCount];
  let from = 0;
  for (const edge of sievedEdges(view, endsOf.keys(), edgeCount)) {
    const ends = edgeType[edge] === property ? endsOf.get(edgeName[edge]) : undefined;
    if (ends === undefined) continue;
    from = nodeOf(view, edge, from);
    if (nodeType[from] !== nodeTypes.object) continue;
    ends.from.push(from);
    ends.to.push(edgeTo[edge]);
  }
}

/** Those that may have one of these names, ascending. */
function* sievedEdges({ arena, snapshot }: HeapView, names: Iterable<number>, edgeCount: number): Iterable<number> {
  const { offset } = snapshot.graph.columns.edgeName;
  const mayBe = arena.zeroed('u8', SIEVE);
  const flags = arena.view(mayBe);
  for (const index of names) flags[index % SIEVE] = 1;
  const next = (from: number) => arena.kernels.nextFlagged(offset, from, edgeCount, mayBe.offset, SIEVE - 1);
  for (let edge = next(0); edge < edgeCount; edge = next(edge + 1)) yield edge;
}

/** The node that an edge belongs to; `least`: one that it is not in front of. */
export function nodeOf({ firstEdge, nodeCount }: HeapView, edge: number, least: Ordinal = 0): Ordinal {
  let low = least;
  let high = nodeCount - 1;
  while (low < high) {
    const middle = (low + high + 1) >>> 1;
    if (firstEdge[middle] <= edge) low = middle;
    else high = middle - 1;
  }
  return low;
}
