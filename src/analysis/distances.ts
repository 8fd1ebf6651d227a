import type { Graph, I32, U32 } from '../graph/graph.js';
import { numberedMask } from '../read/header.js';
import type { Arena } from '../wasm/arena.js';

/** What the filter needs. */
export type FilteredGraph = Pick<Graph, 'header' | 'columns' | 'nodeTypes' | 'tags'>;

/** A bit a node: set where S7's filter looks at the edges, as it does at those of native contexts and lists of descriptors. */
export function filteredNodes(arena: Arena, { header, columns, nodeTypes, tags }: FilteredGraph): U32 {
  const filtered = arena.bits(header.nodeCount);
  arena.kernels.markFiltered(
    columns.nodeType.offset,
    columns.nodeName.offset,
    tags.offset,
    header.nodeCount,
    nodeTypes.hidden,
    nodeTypes.array,
    filtered.offset,
  );
  return filtered;
}

/** S7: fills `distance` (length nodeCount). Scratch: 4 bytes a node and an edge of the root, 2 bits a node, 1 a WeakMap pair. */
export function computeDistances(arena: Arena, graph: Graph, distance: I32): void {
  const { header, columns, nodeTypes, edgeTypes, tags, ephemerons } = graph;
  const firstEdge = arena.view(columns.firstEdge);
  const rootDegree = firstEdge[header.root + 1] - firstEdge[header.root];
  arena.scratch(() => {
    const filtered = filteredNodes(arena, graph);
    const seen = arena.bits(header.nodeCount);
    const pending = arena.bits(ephemerons.pairCount);
    const queue = arena.allocate('u32', header.nodeCount + rootDegree);
    arena.kernels.findDistances(
      columns.firstEdge.offset,
      columns.edgeTo.offset,
      columns.edgeType.offset,
      columns.edgeName.offset,
      columns.nodeType.offset,
      columns.nodeName.offset,
      tags.offset,
      header.nodeCount,
      header.root,
      nodeTypes.array,
      nodeTypes.synthetic,
      edgeTypes.internal,
      edgeTypes.weak,
      numberedMask(header),
      ephemerons.names.offset,
      ephemerons.pairs.offset,
      ephemerons.count,
      filtered.offset,
      seen.offset,
      pending.offset,
      queue.offset,
      distance.offset,
    );
  });
}
