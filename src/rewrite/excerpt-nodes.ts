import type { Ordinal } from '../base/types.js';
import type { HeapSnapshot } from '../graph/heap-snapshot.js';
import type { Opened } from '../graph/opened.js';

/** Which nodes of a snapshot make an excerpt. */
export interface ExcerptNodes {
  /** From the root to the node wanted, both included; it alone where no path leads to it. */
  readonly path: readonly Ordinal[];
  /** What it dominates, nearest first. */
  readonly below: Uint32Array;
  /** How many nodes it dominates in all. */
  readonly dominated: number;
}

/** Memory: a byte for each node that this one dominates. */
export function chooseNodes(snapshot: HeapSnapshot, opened: Opened, node: Ordinal, limit: number): ExcerptNodes {
  const path = snapshot.pathToRoot(node).map(({ from }) => from);
  const position = opened.treePosition.at(node);
  const dominated = opened.treeSize.at(position) - 1;
  return { path: [...path.reverse(), node], below: nearest(opened, node, Math.min(limit, dominated)), dominated };
}

/** Breadth-first from `node` over all edges, within what it dominates; what no edge from there leads to comes last. */
function nearest(opened: Opened, node: Ordinal, count: number): Uint32Array {
  const edgeTo = opened.memory.column(opened.layout.graph.columns.edgeTo).array;
  const first = opened.treePosition.at(node) + 1;
  const isTaken = new Uint8Array(opened.treeSize.at(first - 1) - 1);
  const chosen = new Uint32Array(count);
  let length = 0;
  const take = (position: number) => {
    const place = position - first;
    if (length === count || place < 0 || place >= isTaken.length || isTaken[place] === 1) return;
    isTaken[place] = 1;
    chosen[length++] = opened.treeOrder.at(position);
  };
  for (let next = -1; next < length && length < count; next++) {
    const from = next < 0 ? node : chosen[next];
    const end = opened.firstEdge.at(from + 1);
    for (let edge = opened.firstEdge.at(from); edge < end; edge++) take(opened.treePosition.at(edgeTo[edge]));
  }
  for (let place = 0; length < count; place++) take(first + place);
  return chosen;
}
