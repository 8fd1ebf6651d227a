import { markRetainingEdges } from '../analysis/dominators.js';
import type { HeapView } from '../analysis/heap-view.js';
import { type Holding, holds, PLACE, release } from './holding.js';
import { Search } from './search.js';

/** S2, S3 and S4 without the tree. Cost: three passes over the edges and two searches. */
export function holdingOf(view: HeapView): Holding {
  const { arena } = view;
  const edges = arena.scratch(() => {
    const retaining = arena.allocate('u32', Math.ceil(view.header.edgeCount / 32));
    markRetainingEdges(arena, view.snapshot.graph, retaining);
    return arena.view(retaining).slice();
  });
  dropForeign(view, pageOwned(view), edges);
  const place = markOrphans(view, edges);
  const search = new Search(view, { edges, place });
  search.start();
  for (let node = 0; node < view.nodeCount; node++) if (!search.isLive(node)) place[node] = PLACE.alone;
  return { edges, place };
}

const DOM_TREES = '(Document DOM trees)';

/** S2: 1 for every node that is the page's own. */
function pageOwned(view: HeapView): Uint8Array {
  const { root, firstEdge, edgeTo, edgeType, edgeTypes, nodeType, nodeTypes } = view;
  const owned = new Uint8Array(view.nodeCount);
  const stack = new Uint32Array(view.nodeCount);
  let depth = 0;
  const own = (node: number) => {
    if (owned[node] === 1) return;
    owned[node] = 1;
    stack[depth++] = node;
  };
  for (let edge = firstEdge[root]; edge < firstEdge[root + 1]; edge++) {
    const to = edgeTo[edge];
    const isTrees = () => nodeType[to] === nodeTypes.synthetic && view.name(to) === DOM_TREES;
    if (edgeType[edge] === edgeTypes.shortcut || (edgeType[edge] === edgeTypes.element && isTrees())) own(to);
  }
  while (depth > 0) {
    const node = stack[--depth];
    const end = firstEdge[node + 1];
    for (let edge = firstEdge[node]; edge < end; edge++) if (edgeType[edge] !== edgeTypes.weak) own(edgeTo[edge]);
  }
  return owned;
}

/** S3.5: what the page owns is held by the page alone, and by the root. */
function dropForeign({ nodeCount, root, firstEdge, edgeTo }: HeapView, owned: Uint8Array, edges: Uint32Array): void {
  for (let node = 0; node < nodeCount; node++) {
    if (owned[node] === 1 || node === root) continue;
    for (let edge = firstEdge[node]; edge < firstEdge[node + 1]; edge++) {
      if (owned[edgeTo[edge]] === 1) release(edges, edge);
    }
  }
}

/** S4: the nodes to which no edge leads that holds; one from a node to itself does not. */
function markOrphans({ nodeCount, root, firstEdge, edgeTo }: HeapView, edges: Uint32Array): Uint8Array {
  const place = new Uint8Array(nodeCount).fill(PLACE.orphan);
  place[root] = PLACE.held;
  for (let node = 0; node < nodeCount; node++) {
    for (let edge = firstEdge[node]; edge < firstEdge[node + 1]; edge++) {
      const to = edgeTo[edge];
      if (to !== node && holds(edges, edge)) place[to] = PLACE.held;
    }
  }
  return place;
}
