import type { Graph, U8, U32 } from '../graph/graph.js';
import type { Arena } from '../wasm/arena.js';
import type { HeapView } from './heap-view.js';

/** All nodes of a type, ascending, in the arena. Cost: two passes over the types, of 16 nodes at a time. */
export function nodesOfType(arena: Arena, { header, columns }: Graph, type: number): U32 {
  const { kernels } = arena;
  const { nodeCount } = header;
  const { nodeType } = columns;
  const list = arena.allocate('u32', kernels.countOfType(nodeType.offset, nodeCount, type));
  kernels.listOfType(nodeType.offset, nodeCount, type, list.offset);
  return list;
}

/** The first `count` of a list. */
export function firstOf(list: U32, count: number): U32 {
  return { ...list, length: count };
}

/** One flag a string in the arena, set for these indexes. */
export function flagsOf({ arena, strings }: HeapView, indexes: readonly number[], flag = 1): U8 {
  const flags = arena.zeroed('u8', strings.count);
  const view = arena.view(flags);
  for (const index of indexes) view[index] = flag;
  return flags;
}
