import type { AnalysedSnapshot } from '../analysis/index.js';
import type { F64, U32 } from '../graph/graph.js';
import type { Arena } from '../wasm/arena.js';

/** Groups beyond this are not told apart. */
const MOST_GROUPS = 1 << 19;

/** Groups of nodes with one key, by number; group 0 has the nodes without a key. */
export interface KeyGroups {
  readonly size: number;
  /** Two halves of each group's key, low first. */
  readonly keys: Uint32Array;
  /** The first member in the order of the grouping. */
  readonly firstMembers: Uint32Array;
  readonly members: Uint32Array;
  /** Edges of all members. */
  readonly degrees: Uint32Array;
  readonly selfSize: Float64Array;
  /** Of the group as a whole: what lies below another member is not counted. */
  readonly retainedSize: Float64Array;
}

/** Which nodes are grouped, in which order: the first `skipped` are not. */
export interface GroupingOrder {
  readonly order: U32;
  readonly skipped: number;
}

/**
 * Fills `groupOf` (by ordinal) from `keys` (64 bits a node, 0 for none), and sums up. Scratch: 40 bytes a group, 8 a node up to a million
 * nodes.
 */
export function groupByKey(
  arena: Arena,
  snapshot: AnalysedSnapshot,
  { order, skipped }: GroupingOrder,
  keys: F64,
  groupOf: U32,
): KeyGroups {
  const nodes = snapshot.graph.header.nodeCount;
  return arena.scratch(() => {
    const most = Math.min(MOST_GROUPS, nodes + 1);
    const bits = Math.ceil(Math.log2(2 * most));
    const slots = arena.zeroed('u32', 2 ** bits);
    const groupKeys = arena.zeroed('f64', most);
    const firstMembers = arena.zeroed('u32', most);
    const size = arena.kernels.groupPaths(
      order.offset,
      skipped,
      nodes,
      keys.offset,
      bits,
      slots.offset,
      most,
      groupOf.offset,
      groupKeys.offset,
      firstMembers.offset,
    );
    return {
      size,
      keys: new Uint32Array(arena.memory.buffer, groupKeys.offset, 2 * size).slice(),
      firstMembers: arena.view(firstMembers).slice(0, size),
      ...sumGroups(arena, snapshot, groupOf, size),
    };
  });
}

function sumGroups(
  arena: Arena,
  { graph, treeOrder, treeSize, selfSize, retainedSize }: AnalysedSnapshot,
  groupOf: U32,
  size: number,
): Pick<KeyGroups, 'members' | 'degrees' | 'selfSize' | 'retainedSize'> {
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
