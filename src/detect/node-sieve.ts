import type { HeapView } from '../analysis/heap-view.js';
import type { Ordinal } from '../base/types.js';

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

/** Ordinals by list, in each ascending. A node may be in two: by its name and by its size. */
export function collectNodes(view: HeapView, sieve: Sieve, lists: number): Ordinal[][] {
  const found = Array.from({ length: lists }, (): Ordinal[] => []);
  const nodes = new Uint32Array(2 * BLOCK);
  const listOf = new Uint16Array(2 * BLOCK);
  for (let from = 0; from < view.nodeCount; from += BLOCK) {
    const count = sieveBlock(view, sieve, from, nodes, listOf);
    distribute(found, nodes, listOf, count);
  }
  return found;
}

/** By itself, as the next one is: what runs often and takes no turn that is rare stays compiled. */
function sieveBlock(
  { nodeType, nodeName, firstEdge, retainedSize, rawSelfSizes: { low } }: HeapView,
  { edged, weighed, listOfType, leastOfType, firstNamed, numberOfName, leastOfName }: Sieve,
  from: Ordinal,
  nodes: Uint32Array,
  listOf: Uint16Array,
): number {
  const to = Math.min(from + BLOCK, nodeType.length);
  let count = 0;
  for (let node = from; node < to; node++) {
    const type = nodeType[node];
    const named = firstNamed[type];
    if (named >= 0) {
      const number = numberOfName[nodeName[node]];
      if (number !== 0) {
        nodes[count] = node;
        listOf[count] = named + number - 1;
        count += retainedSize[node] >= leastOfName[number] ? 1 : 0;
      }
    }
    const list = listOfType[type];
    if (list < 0) continue;
    const size =
      type === edged ? firstEdge[node + 1] - firstEdge[node] : type === weighed ? retainedSize[node] : low[node];
    nodes[count] = node;
    listOf[count] = list;
    count += size >= leastOfType[type] ? 1 : 0;
  }
  return count;
}

function distribute(found: readonly Ordinal[][], nodes: Uint32Array, listOf: Uint16Array, count: number): void {
  for (let at = 0; at < count; at++) found[listOf[at]].push(nodes[at]);
}
