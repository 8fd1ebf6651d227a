import { HeapView } from '../analysis/heap-view.js';
import type { AnalysedSnapshot } from '../analysis/index.js';
import type { F64, U32 } from '../graph/graph.js';
import { numberedMask } from '../read/header.js';
import type { Arena } from '../wasm/arena.js';
import { findGlobals } from './globals.js';
import { type GroupingOrder, groupByKey, type KeyGroups } from './key-groups.js';
import { type Labels, labelStrings } from './labels.js';

/** Groups of nodes that the root reaches in the same way. */
export interface PathGroups extends KeyGroups {
  /** Group of the node before a group's first member; 0 at the root. */
  readonly parents: Uint32Array;
  /** By ordinal. */
  readonly groupOf: U32;
  /** The node before each on its path; 0xffffffff where there is none. */
  readonly parentOf: U32;
}

/** The groups of a snapshot: 8 bytes a node, and 24 of scratch. `labels` of `labelStrings`, `globals` of `findGlobals`. */
export function groupByPath(
  arena: Arena,
  snapshot: AnalysedSnapshot,
  labels: Labels = labelStrings(arena, snapshot.graph),
  globals: readonly number[] = findGlobals(new HeapView(arena, snapshot)),
): PathGroups {
  const nodes = snapshot.graph.header.nodeCount;
  const groupOf = arena.allocate('u32', nodes);
  const parentOf = arena.allocate('u32', nodes);
  return arena.scratch(() => {
    const grouping = orderByDistance(arena, snapshot);
    const keys = arena.zeroed('f64', nodes);
    arena.scratch(() => findKeys(arena, snapshot, labels, globals, grouping, keys, parentOf));
    const groups = groupByKey(arena, snapshot, grouping, keys, groupOf);
    const [numbers, before] = [arena.view(groupOf), arena.view(parentOf)];
    const parents = Uint32Array.from(groups.firstMembers, (node, group) => (group === 0 ? 0 : numbers[before[node]]));
    return { ...groups, parents, groupOf, parentOf };
  });
}

function orderByDistance(arena: Arena, { graph, distance }: AnalysedSnapshot): GroupingOrder {
  const { nodeCount } = graph.header;
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

function findKeys(
  arena: Arena,
  { graph, distance }: AnalysedSnapshot,
  labels: Labels,
  globals: readonly number[],
  { order, skipped }: GroupingOrder,
  keys: F64,
  parentOf: U32,
): void {
  const { header, columns, tags, nodeTypes, edgeTypes } = graph;
  const nodes = header.nodeCount;
  const filtered = arena.bits(nodes);
  arena.kernels.markFiltered(
    columns.nodeType.offset,
    columns.nodeName.offset,
    tags.offset,
    nodes,
    nodeTypes.hidden,
    nodeTypes.array,
    filtered.offset,
  );
  const spared = arena.bits(nodes);
  const sparedBits = arena.view(spared);
  for (const node of globals) sparedBits[node >>> 5] |= 1 << (node & 31);
  const steps = arena.allocate('u32', nodes);
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
