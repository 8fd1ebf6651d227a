import { junk, unpackBits } from './memory.js';
import type { Sample } from './random-graphs.js';

/** What the depth-first search and the two passes over its predecessors leave, in preorder numbers. */
export interface Search {
  readonly reached: number;
  /** 1 for every node the page owns (S2); the root's entry means nothing. */
  readonly pageOwned: Uint32Array;
  /** Preorder → ordinal, and back. */
  readonly order: Uint32Array;
  readonly number: Uint32Array;
  readonly parent: Uint32Array;
  /** The semidominators as far as the search knows them. */
  readonly semi: Uint32Array;
  /** Sources of the edges that run from higher to lower numbers, by target. */
  readonly predecessors: readonly (readonly number[])[];
  /** Dominators by ordinal. */
  readonly dominator: Uint32Array;
}

/** Runs the kernels of the dominators one after the other on a sample, scratch full of junk. */
export function searchDominators({ arena, columns }: Sample): Search {
  const { kernels } = arena;
  const { nodes } = columns;
  const column = (length = nodes) => junk(arena, 'u32', length);
  const retaining = column(Math.ceil(columns.edges / 32));
  kernels.markRetaining(
    columns.edgeType,
    columns.edges,
    columns.firstEdge,
    columns.root,
    columns.edge('shortcut'),
    columns.edge('weak'),
    retaining.offset,
  );
  kernels.dropTableEdges(
    columns.firstEdge,
    columns.edgeType,
    columns.edgeName,
    columns.nodeId.low,
    columns.nodeId.high,
    columns.tags,
    nodes,
    columns.edge('internal'),
    columns.ephemerons.names,
    columns.ephemerons.tables,
    columns.ephemerons.count,
    retaining.offset,
  );
  const [order, idom, semi, first, dominator] = [column(), column(), column(), column(nodes + 1), column()];
  const visits = column(2 * nodes);
  const [claimed, result] = [arena.bits(nodes), column(2)];
  kernels.depthFirst(
    columns.firstEdge,
    columns.edgeTo,
    columns.edgeType,
    columns.nodeType,
    columns.nodeName,
    columns.tags,
    retaining.offset,
    claimed.offset,
    arena.bits(nodes).offset,
    nodes,
    columns.root,
    columns.edge('element'),
    columns.edge('shortcut'),
    columns.edge('weak'),
    columns.node('synthetic'),
    order.offset,
    idom.offset,
    semi.offset,
    visits.offset,
    column(2 * nodes).offset,
    result.offset,
  );
  const [reached, owned] = arena.view(result);
  const number = arena.view(visits).filter((_, at) => at % 2 === 0);
  const isClaimed = unpackBits(arena.view(claimed), nodes);
  const pageOwned = number.map((at, node) => Number((at > 0 && at < owned) || isClaimed[node] === 1));
  const [parentSeen, semiSeen] = [arena.view(idom).slice(), arena.view(semi).slice()];
  const count = kernels.placePredecessors(order.offset, reached, visits.offset, first.offset);
  const list = column(count);
  kernels.fillPredecessors(
    columns.firstEdge,
    columns.edgeTo,
    retaining.offset,
    claimed.offset,
    nodes,
    reached,
    owned,
    visits.offset,
    list.offset,
  );
  const starts = arena.view(first);
  const predecessors = Array.from({ length: reached }, (_, at) => [
    ...arena.view(list).slice(starts[at], starts[at + 1]),
  ]);
  kernels.immediateDominators(
    nodes,
    reached,
    first.offset,
    list.offset,
    semi.offset,
    column(2 * nodes).offset,
    idom.offset,
  );
  kernels.dominatorsByOrdinal(order.offset, idom.offset, nodes, dominator.offset);
  return {
    reached,
    pageOwned,
    order: arena.view(order),
    number,
    parent: parentSeen,
    semi: semiSeen,
    predecessors,
    dominator: arena.view(dominator),
  };
}
