import type { HeapView } from '../analysis/heap-view.js';

const COLUMNS = ['nodeType', 'firstEdge', 'edgeType', 'edgeName', 'edgeTo'] as const;

/** Where columns of the graph lie. */
export type ColumnAddresses = Readonly<Record<(typeof COLUMNS)[number], number>>;

export function addressesOf({ snapshot }: HeapView): ColumnAddresses {
  const { columns } = snapshot.graph;
  return Object.fromEntries(COLUMNS.map((name) => [name, columns[name].offset])) as ColumnAddresses;
}
