import { junk, packBits, place } from './memory.js';
import type { Sample } from './random-graphs.js';

/** What the depth-first search and the two passes over its predecessors leave, in preorder numbers. */
export interface Search {
  readonly reached: number;
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

/** Runs the kernels of the dominators one after the other on a sample's essential edges, scratch full of junk. */
export function searchDominators({ arena, columns, plain }: Sample): Search {
  const { kernels } = arena;
  const { nodes } = columns;
  const essential = place(arena, packBits(plain.essential));
  const column = (length = nodes) => junk(arena, 'u32', length);
  const [order, idom, semi, first, dominator] = [column(), column(), column(), column(nodes + 1), column()];
  const visits = column(2 * nodes);
  const reached = kernels.depthFirst(
    columns.firstEdge,
    columns.edgeTo,
    essential,
    arena.bits(nodes).offset,
    nodes,
    columns.root,
    order.offset,
    idom.offset,
    semi.offset,
    visits.offset,
    column(2 * nodes).offset,
  );
  const number = arena.view(visits).filter((_, at) => at % 2 === 0);
  const [parentSeen, semiSeen] = [arena.view(idom).slice(), arena.view(semi).slice()];
  const count = kernels.placePredecessors(order.offset, reached, visits.offset, first.offset);
  const list = column(count);
  kernels.fillPredecessors(columns.firstEdge, columns.edgeTo, essential, nodes, reached, visits.offset, list.offset);
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
    column().offset,
    column().offset,
    column().offset,
    idom.offset,
  );
  kernels.dominatorsByOrdinal(order.offset, idom.offset, nodes, dominator.offset);
  return {
    reached,
    order: arena.view(order),
    number,
    parent: parentSeen,
    semi: semiSeen,
    predecessors,
    dominator: arena.view(dominator),
  };
}
