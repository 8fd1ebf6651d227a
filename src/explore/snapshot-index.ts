import { type ClassMembers, listMembers, orderById, orderByRetained, type RetainedOrder } from './class-members.js';
import type { ExploredGraph } from './explored-graph.js';
import { type FilteredClass, sumFiltered } from './filter-classes.js';
import { FILTER_NAMES, FILTERS, type FilterName } from './filters.js';
import { ToldNames } from './hidden-values.js';
import { listNames, type NameList } from './name-list.js';
import { findNearestParents } from './nearest-parents.js';
import { sharedU8 } from './shared-arrays.js';

/** What a filter keeps: nodes with a self size. */
export interface FilteredNodes {
  /** Of each node's byte in `SnapshotIndex.filtered`. */
  readonly bit: number;
  readonly classes: readonly FilteredClass[];
}

/** What answers questions about a snapshot without a walk over all of it. Typed arrays in shared memory, and a few sums. */
export interface SnapshotIndex {
  readonly byId: Uint32Array;
  readonly byRetained: RetainedOrder;
  readonly members: ClassMembers;
  /** Ordinal → the node before it on its path from the root, or `NO_PARENT`. */
  readonly parents: Uint32Array;
  readonly names: NameList;
  /** By ordinal. */
  readonly filtered: Uint8Array;
  readonly filters: Readonly<Record<FilterName, FilteredNodes>>;
}

export interface IndexOptions {
  /** Whether values, and other names that are data, may be searched. */
  readonly showValues: boolean;
}

/** Parts of an index, in the order they are made. */
export const INDEX_PARTS = ['ids', 'classes', 'paths', 'names', ...FILTER_NAMES] as const;
export type IndexPart = (typeof INDEX_PARTS)[number];

/** Makes the index of a snapshot. `onPart` is called before each part. Memory: 37 bytes a node, the names, and as much while it is made. */
export function indexSnapshot(
  graph: ExploredGraph,
  { showValues }: IndexOptions,
  onPart: (part: IndexPart) => void = () => {},
): SnapshotIndex {
  onPart('ids');
  const byId = orderById(graph);
  onPart('classes');
  const byRetained = orderByRetained(graph);
  const members = listMembers(graph, byRetained.order);
  onPart('paths');
  const parents = findNearestParents(graph);
  onPart('names');
  const told = new ToldNames(graph);
  const names = listNames(graph, showValues ? () => true : (node) => told.isSearched(node));
  return { byId, byRetained, members, parents, names, ...filterNodes(graph, onPart) };
}

function filterNodes(
  graph: ExploredGraph,
  onPart: (part: IndexPart) => void,
): Pick<SnapshotIndex, 'filtered' | 'filters'> {
  const filtered = sharedU8(graph.nodeCount);
  const filters: Partial<Record<FilterName, FilteredNodes>> = {};
  for (const [place, name] of FILTER_NAMES.entries()) {
    onPart(name);
    const bit = 1 << place;
    const kept = FILTERS[name].keep(graph);
    for (let node = 0; node < kept.length; node++)
      if (kept[node] === 1 && graph.selfSizes[node] > 0) filtered[node] |= bit;
    filters[name] = { bit, classes: sumFiltered(graph, filtered, bit) };
  }
  return { filtered, filters: filters as Record<FilterName, FilteredNodes> };
}
