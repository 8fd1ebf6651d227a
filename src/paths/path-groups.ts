import { type ClassSums, type NodeFigures, sumClasses } from '../analysis/class-sums.js';
import { HeapView } from '../analysis/heap-view.js';
import type { AnalysedSnapshot } from '../analysis/index.js';
import type { U32 } from '../graph/graph.js';
import { numberedMask } from '../read/header.js';
import type { Arena } from '../wasm/arena.js';
import { findGlobals } from './globals.js';
import { type Labels, labelStrings } from './labels.js';

/** Groups beyond this are not told apart. */
const MOST_GROUPS = 1 << 20;

export interface PathGroups extends ClassSums {
  readonly size: number;
  /** Two halves of each group's key, low first. */
  readonly keys: Uint32Array;
  /** Group of the node before a group's first member; 0 at the root. */
  readonly parents: Uint32Array;
  readonly firstMembers: Uint32Array;
  readonly members: Uint32Array;
  readonly degrees: Uint32Array;
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
  let t = performance.now();
  const lap = (name: string) => {
    if (process.env.LAPS) console.error(name, (performance.now() - t).toFixed(1));
    t = performance.now();
  };
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
    lap('order');
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
    lap('keys');
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
    lap('group');
    const counts = arena.zeroed('u32', size);
    const degrees = arena.zeroed('u32', size);
    kernels.countGroups(groupOf.offset, columns.firstEdge.offset, nodes, counts.offset, degrees.offset);
    const figures: NodeFigures = snapshot;
    const sums = sumClasses(arena, { nodes, classes: size, classOf: groupOf }, figures);
    lap('sums');
    const groups = arena.view(groupOf);
    const parentNodes = arena.view(parentOf);
    const firsts = arena.view(firstMembers).slice(0, size);
    return {
      ...sums,
      size,
      keys: new Uint32Array(arena.memory.buffer, groupKeys.offset, 2 * size).slice(),
      parents: Uint32Array.from(firsts, (node, group) => (group === 0 ? 0 : groups[parentNodes[node]])),
      firstMembers: firsts,
      members: arena.view(counts).slice(),
      degrees: arena.view(degrees).slice(),
      groupOf,
      parentOf,
    };
  });
}
