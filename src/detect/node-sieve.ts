import type { HeapView } from '../analysis/heap-view.js';
import type { Ordinal } from '../base/types.js';
import type { Arena } from '../wasm/arena.js';

/** Which nodes are collected, and in which lists. -1 for none. */
export interface Sieve {
  /** The type of which edges are counted, and the one of which retained bytes are; of the others it is the bytes in the file. */
  readonly edged: number;
  readonly weighed: number;
  /** By type: where nodes go that have at least so many. */
  readonly listOfType: Int16Array;
  readonly leastOfType: Float64Array;
  /** By type: where the first name's nodes go. */
  readonly firstNamed: Int16Array;
  /** By string index: a name's number, counted from 1, so there are 255 at most. */
  readonly numberOfName: Uint8Array;
  /** By that: the bytes that such a node has to retain. */
  readonly leastOfName: Float64Array;
}

/** Nodes that are sieved at a time. */
const BLOCK = 1 << 13;

/** Ordinals by list, in each ascending. A node may be in two: by its name and by its size. Cost: one pass over the nodes. */
export function collectNodes(view: HeapView, sieve: Sieve, lists: number): Ordinal[][] {
  const { arena, nodeCount, snapshot } = view;
  const { columns } = snapshot.graph;
  const found = Array.from({ length: lists }, (): Ordinal[] => []);
  arena.scratch(() => {
    const [nodes, listOf] = [0, 1].map(() => arena.allocate('u32', 2 * BLOCK));
    const tables = placeTables(arena, sieve);
    for (let from = 0; from < nodeCount; from += BLOCK) {
      const count = arena.kernels.sieveNodes(
        ...([from, Math.min(from + BLOCK, nodeCount), columns.nodeType.offset, columns.nodeName.offset] as const),
        ...([columns.firstEdge.offset, snapshot.retainedSize.offset, columns.rawSelfSize.low.offset] as const),
        ...([sieve.edged, sieve.weighed, ...tables, nodes.offset, listOf.offset] as const),
      );
      distribute(found, arena.view(nodes), arena.view(listOf), count);
    }
  });
  return found;
}

function placeTables(arena: Arena, sieve: Sieve) {
  const { listOfType, leastOfType, firstNamed, numberOfName, leastOfName } = sieve;
  return [
    place(arena, 'i32', listOfType),
    place(arena, 'f64', leastOfType),
    place(arena, 'i32', firstNamed),
    place(arena, 'u8', numberOfName),
    place(arena, 'f64', leastOfName),
  ] as const;
}

function place(arena: Arena, kind: 'u8' | 'i32' | 'f64', values: ArrayLike<number>): number {
  const region = arena.allocate(kind, values.length);
  arena.view(region).set(values);
  return region.offset;
}

function distribute(found: readonly Ordinal[][], nodes: Uint32Array, listOf: Uint32Array, count: number): void {
  for (let at = 0; at < count; at++) found[listOf[at]].push(nodes[at]);
}
