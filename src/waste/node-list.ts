import type { HeapView } from '../analysis/heap-view.js';

const FIRST_ROOM = 1024;

/** Numbers of nodes, of which there may be any number. */
export class NodeList {
  #nodes = new Uint32Array(FIRST_ROOM);
  #size = 0;

  get size(): number {
    return this.#size;
  }

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

/** All nodes of a type, or of two, ascending. Cost: one pass over the nodes. */
export function nodesOfTypes({ nodeCount, nodeType }: HeapView, one: number, other = one): Uint32Array {
  const list = new NodeList();
  for (let node = 0; node < nodeCount; node++) if (nodeType[node] === one || nodeType[node] === other) list.add(node);
  return list.all;
}
