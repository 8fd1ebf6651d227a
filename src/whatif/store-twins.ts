import type { HeapView } from '../analysis/heap-view.js';
import type { Ordinal } from '../base/types.js';

/**
 * What goes with properties and elements: a snapshot lists them twice, as edges of the object and of the array in which the object
 * keeps them, global variables by a cell between. Without this a cut of `global.cache` would free nothing.
 *
 * Takes from each such array all edges to what the cut edges lead to. Another property of the same value has an edge of its own, from its
 * object, so nothing is lost that is still held. Cost: the edges of the objects and arrays, each looked at once.
 */
export function storeTwins(view: HeapView, cut: readonly number[]): number[] {
  const { firstEdge, edgeTo, edgeType, edgeTypes } = view;
  const isTarget = new Uint8Array(view.nodeCount);
  const seen = new Uint8Array(view.nodeCount);
  const stores = view.flagsOf(['properties', 'elements']);
  const cells = view.flagsOf(['system / PropertyCell']);
  const twins: number[] = [];
  const visitOnce = (node: Ordinal, visit: (edge: number) => void) => {
    if (seen[node] === 1) return;
    seen[node] = 1;
    for (let edge = firstEdge[node]; edge < firstEdge[node + 1]; edge++) visit(edge);
  };
  const takeFromCell = (edge: number) => {
    if (isTarget[edgeTo[edge]] === 1) twins.push(edge);
  };
  const takeFromStore = (edge: number) => {
    const to = edgeTo[edge];
    if (isTarget[to] === 1) twins.push(edge);
    else if (cells[view.nodeName[to]] === 1) visitOnce(to, takeFromCell);
  };
  const mirrored = cut.filter((edge) => edgeType[edge] === edgeTypes.property || edgeType[edge] === edgeTypes.element);
  for (const edge of mirrored) isTarget[edgeTo[edge]] = 1;
  for (const source of sourcesOf(view, mirrored)) {
    for (let edge = firstEdge[source]; edge < firstEdge[source + 1]; edge++) {
      if (edgeType[edge] === edgeTypes.internal && stores[view.edgeName[edge]] === 1)
        visitOnce(edgeTo[edge], takeFromStore);
    }
  }
  return twins;
}

/** The nodes that edges belong to, each once. */
function sourcesOf({ firstEdge, nodeCount }: HeapView, edges: readonly number[]): Ordinal[] {
  const sources: Ordinal[] = [];
  let node = 0;
  for (const edge of Uint32Array.from(edges).sort()) {
    // Few edges, many nodes: a search for each; ascending, so that the same one comes twice in a row.
    if (sources.length > 0 && edge < firstEdge[node + 1]) continue;
    node = sourceOf(firstEdge, nodeCount, edge);
    sources.push(node);
  }
  return sources;
}

/** The node that an edge belongs to. Cost: log2(nodes). */
export function sourceOf(firstEdge: Uint32Array, nodeCount: number, edge: number): Ordinal {
  let low = 0;
  let high = nodeCount;
  while (high - low > 1) {
    const middle = (low + high) >>> 1;
    if (firstEdge[middle] <= edge) low = middle;
    else high = middle;
  }
  return low;
}
