import type { AnalysedSnapshot } from '../analysis/index.js';
import type { Arena } from '../wasm/arena.js';
import type { Paths } from './find-paths.js';
import { groupByKey, type KeyGroups } from './key-groups.js';
import type { PathGroups } from './path-groups.js';

/**
 * What the nodes of one path keep alone, by type or name: whatever the shortest path to it, it goes when they do. Writes over the keys and
 * the order of `paths`, which have been grouped by then. Scratch: that of `groupByKey`.
 */
export function groupByDominator(
  arena: Arena,
  snapshot: AnalysedSnapshot,
  { labels, keys, order }: Paths,
  { groupOf, keys: pathKeys }: PathGroups,
): KeyGroups {
  const { graph, dominator, treeOrder } = snapshot;
  const { header, columns } = graph;
  return arena.scratch(() => {
    const groupKeys = arena.allocate('u32', pathKeys.length);
    arena.view(groupKeys).set(pathKeys);
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
    return groupByKey(arena, snapshot, { order: treeOrder, skipped: 0 }, keys, order.order);
  });
}
