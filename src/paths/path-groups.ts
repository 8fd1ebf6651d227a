import { HeapView } from '../analysis/heap-view.js';
import type { AnalysedSnapshot } from '../analysis/index.js';
import type { U32 } from '../graph/graph.js';
import { numberedMask } from '../read/header.js';
import type { Arena } from '../wasm/arena.js';
import { findGlobals } from './globals.js';
import { type Labels, labelStrings } from './labels.js';

/** Groups beyond this are not told apart. */
const MOST_GROUPS = 1 << 20;

/** Figures by group number. */
interface GroupSums {
  readonly members: Uint32Array;
  /** Edges of all members. */
  readonly degrees: Uint32Array;
  readonly selfSize: Float64Array;
  /** Of the group as a whole: what lies below another member is not counted. */
  readonly retainedSize: Float64Array;
}

export interface PathGroups extends GroupSums {
  readonly size: number;
  /** Two halves of each group's key, low first. */
  readonly keys: Uint32Array;
  /** Group of the node before a group's first member; 0 at the root. */
  readonly parents: Uint32Array;
  readonly firstMembers: Uint32Array;
  /** By ordinal. */
  readonly groupOf: U32;
  readonly parentOf: U32;
}

/** The groups of a snapshot: 8 bytes a node, and 24 of scratch. `labels` of `labelStrings`, `globals` of `findGlobals`. */
export function groupByPath(
  arena: Arena,
  snapshot: AnalysedSnapshot,
  labels: Labels = labelStrings(arena, snapshot.graph),
  globals: readonly number[] = findGlobals(new HeapView(arena, snapshot)),
): PathGroups {
  const { graph, distance } = snapshot;
  const { header, columns, tags, nodeTypes, edgeTypes } = graph;
  const { kernels } = arena;
  const nodes = header.nodeCount;
  const groupOf = arena.allocate('u32', nodes);
  const parentOf = arena.allocate('u32', nodes);
  return arena.scratch(() => {
    const result = arena.zeroed('u32', 2);
    kernels.countLevels(distance.offset, nodes, result.offset);
    const [userLevels, levels] = arena.view(result);
    const starts = arena.zeroed('u32', levels + 1);
    const order = arena.allocate('u32', nodes);
    kernels.orderByDistance(distance.offset, nodes, userLevels, levels, starts.offset, order.offset);
    const unreached = arena.view(starts)[0];
    const filtered = arena.bits(nodes);
    kernels.markFiltered(
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
    const keys = arena.zeroed('f64', nodes);
    const steps = arena.allocate('u32', nodes);
    kernels.findPathKeys(
      order.offset,
      unreached,
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
      edgeTypes.internal,
      edgeTypes.weak,
      numberedMask(header),
      keys.offset,
      steps.offset,
      parentOf.offset,
    );
    const most = Math.min(MOST_GROUPS, nodes + 1);
    const bits = Math.ceil(Math.log2(2 * most));
    const slots = arena.zeroed('u32', 2 ** bits);
    const groupKeys = arena.zeroed('f64', most);
    const firstMembers = arena.zeroed('u32', most);
    const size = kernels.groupPaths(
      order.offset,
      unreached,
      nodes,
      keys.offset,
      parentOf.offset,
      bits,
      slots.offset,
      most,
      groupOf.offset,
      groupKeys.offset,
      firstMembers.offset,
    );
    const sums = sumGroups(arena, snapshot, groupOf, size);
    const groups = arena.view(groupOf);
    const parentNodes = arena.view(parentOf);
    const firsts = arena.view(firstMembers).slice(0, size);
    return {
      ...sums,
      size,
      keys: new Uint32Array(arena.memory.buffer, groupKeys.offset, 2 * size).slice(),
      parents: Uint32Array.from(firsts, (node, group) => (group === 0 ? 0 : groups[parentNodes[node]])),
      firstMembers: firsts,
      groupOf,
      parentOf,
    };
  });
}

/** Scratch: 28 bytes a group. */
function sumGroups(arena: Arena, { graph, ...snapshot }: AnalysedSnapshot, groupOf: U32, size: number): GroupSums {
  const { treeOrder, treeSize, selfSize, retainedSize } = snapshot;
  const covered = arena.zeroed('u32', size);
  const members = arena.zeroed('u32', size);
  const degrees = arena.zeroed('u32', size);
  const selfSizes = arena.zeroed('f64', size);
  const retained = arena.zeroed('f64', size);
  arena.kernels.sumGroups(
    treeOrder.offset,
    treeSize.offset,
    graph.header.nodeCount,
    groupOf.offset,
    graph.columns.firstEdge.offset,
    selfSize.low.offset,
    selfSize.high?.offset ?? 0,
    retainedSize.offset,
    covered.offset,
    members.offset,
    degrees.offset,
    selfSizes.offset,
    retained.offset,
  );
  return {
    members: arena.view(members).slice(),
    degrees: arena.view(degrees).slice(),
    selfSize: arena.view(selfSizes).slice(),
    retainedSize: arena.view(retained).slice(),
  };
}
