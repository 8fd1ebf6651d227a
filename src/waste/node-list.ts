import type { HeapView } from '../analysis/heap-view.js';
import type { U32 } from '../graph/graph.js';
import type { Arena } from '../wasm/arena.js';

const FIRST_ROOM = 1024;

/** Numbers of nodes, of which there may be any number. */
export class NodeList {
  #nodes = new Uint32Array(FIRST_ROOM);
  #size = 0;

  get all(): Uint32Array {
    return this.#nodes.subarray(0, this.#size);
  }

  add(node: number): void {
    if (this.#size === this.#nodes.length) {
      const larger = new Uint32Array(2 * this.#size);
      larger.set(this.#nodes);
      this.#nodes = larger;
    }
    this.#nodes[this.#size++] = node;
  }
}

/** All nodes of a type, ascending, in the arena. Cost: two passes over the types, of 16 nodes at a time. */
export function nodesOfType(arena: Arena, { snapshot, nodeCount }: HeapView, type: number): U32 {
  const { kernels } = arena;
  const { nodeType } = snapshot.graph.columns;
  const list = arena.allocate('u32', kernels.countOfType(nodeType.offset, nodeCount, type));
  kernels.listOfType(nodeType.offset, nodeCount, type, list.offset);
  return list;
}

/** The first `count` of a list. */
export function firstOf(list: U32, count: number): U32 {
  return { ...list, length: count };
}

/** One flag a string in the arena, set for these indexes. */
export function flagsOf(arena: Arena, { strings }: HeapView, indexes: readonly number[], flag = 1) {
  const flags = arena.zeroed('u8', strings.count);
  const view = arena.view(flags);
  for (const index of indexes) view[index] = flag;
  return flags;
}
