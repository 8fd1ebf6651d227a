import type { AnalysedSnapshot } from '../analysis/index.js';
import type { Arena } from '../wasm/arena.js';
import { groupByKey, type KeyGroups } from './key-groups.js';
import type { Labels } from './labels.js';
import type { PathGroups } from './path-groups.js';

/**
 * What the nodes of one path keep alone, by type or name: whatever the shortest path to it, it goes when they do. Scratch: 12 bytes a
 * node, and those of `groupByKey`.
 */
export function groupByDominator(
  arena: Arena,
  snapshot: AnalysedSnapshot,
  labels: Labels,
  { groupOf, keys: pathKeys }: PathGroups,
): KeyGroups {
  const { graph, dominator, treeOrder } = snapshot;
  const { header, columns } = graph;
  return arena.scratch(() => {
    const groupKeys = arena.allocate('u32', pathKeys.length);
    arena.view(groupKeys).set(pathKeys);
    const keys = arena.allocate('f64', header.nodeCount);
    arena.kernels.keyDominated(
      header.nodeCount,
      dominator.offset,
      groupOf.offset,
      groupKeys.offset,
      columns.nodeType.offset,
      columns.nodeName.offset,
      labels.ofStrings.offset,
      labels.ofTypes.offset,
      keys.offset,
    );
    const dominated = arena.allocate('u32', header.nodeCount);
    return groupByKey(arena, snapshot, { order: treeOrder, skipped: 0 }, keys, dominated);
  });
}
