import { filteredNodes } from '../analysis/distances.js';
import type { F64, Graph, I32, U32 } from '../graph/graph.js';
import { numberedMask } from '../read/header.js';
import type { Arena } from '../wasm/arena.js';
import type { GroupingOrder } from './key-groups.js';
import { type Labels, labelStrings } from './labels.js';

/** What paths are found from, and the columns that take them, by ordinal: another thread can do it. */
export interface PathRequest {
  readonly graph: Pick<Graph, 'header' | 'strings' | 'columns' | 'tags' | 'nodeTypes' | 'edgeTypes'>;
  readonly distance: I32;
  readonly globals: readonly number[];
  /** 64 bits each; 0 where there is no path. Nodes with one key are reached in the same way. */
  readonly keys: F64;
  /** The node before each on its path; 0xffffffff where there is none. */
  readonly parentOf: U32;
  /** Scratch that its owner fills with something else afterwards. */
  readonly steps: U32;
}

/** What needs no more than distances. */
export interface PathStart {
  readonly labels: Labels;
  /** By distance. */
  readonly order: GroupingOrder;
}

/** How the root reaches each node. */
export interface Paths extends PathStart, Pick<PathRequest, 'keys' | 'parentOf'> {}

/** Finds paths somewhere. */
export type FindPaths = (request: PathRequest) => Paths | Promise<Paths>;

/** 4 bytes a node and a string. */
export function startPaths(
  arena: Arena,
  { graph, distance }: Pick<PathRequest, 'graph' | 'distance'>,
  labels = labelStrings(arena, graph),
): PathStart {
  return { labels, order: orderByDistance(arena, graph.header.nodeCount, distance) };
}

/** Scratch besides `steps`: 2 bits a node. */
export function findPaths(arena: Arena, request: PathRequest, start = startPaths(arena, request)): Paths {
  arena.scratch(() => followSteps(arena, request, start));
  const { keys, parentOf } = request;
  return { ...start, keys, parentOf };
}

function orderByDistance(arena: Arena, nodeCount: number, distance: I32): GroupingOrder {
  const order = arena.allocate('u32', nodeCount);
  const skipped = arena.scratch(() => {
    const result = arena.zeroed('u32', 2);
    arena.kernels.countLevels(distance.offset, nodeCount, result.offset);
    const [userLevels, levels] = arena.view(result);
    const starts = arena.zeroed('u32', levels + 1);
    arena.kernels.orderByDistance(distance.offset, nodeCount, userLevels, levels, starts.offset, order.offset);
    // Where the first level ends: that of the nodes that nothing reaches.
    return arena.view(starts)[0];
  });
  return { order, skipped };
}

function followSteps(
  arena: Arena,
  { graph, distance, globals, keys, parentOf, steps }: PathRequest,
  { labels, order: { order, skipped } }: PathStart,
): void {
  const { header, columns, tags, nodeTypes, edgeTypes } = graph;
  const nodes = header.nodeCount;
  arena.view(keys).fill(0);
  const filtered = filteredNodes(arena, graph);
  const spared = arena.bits(nodes);
  const sparedBits = arena.view(spared);
  for (const node of globals) sparedBits[node >>> 5] |= 1 << (node & 31);
  arena.kernels.findPathKeys(
    order.offset,
    skipped,
    nodes,
    header.root,
    columns.firstEdge.offset,
    columns.edgeTo.offset,
    columns.edgeType.offset,
    columns.edgeName.offset,
    columns.nodeType.offset,
    columns.nodeName.offset,
    tags.offset,
    distance.offset,
    labels.ofStrings.offset,
    labels.ofTypes.offset,
    ...labels.scopes,
    labels.ranks.offset,
    filtered.offset,
    spared.offset,
    nodeTypes.array,
    edgeTypes.property,
    edgeTypes.weak,
    numberedMask(header),
    keys.offset,
    steps.offset,
    parentOf.offset,
  );
}
