import type { Ordinal } from '../base/types.js';
import type { ExploredGraph } from './explored-graph.js';

/** What a search from the root leaves out. */
export interface Barriers {
  /** 1 for nodes that are not entered. */
  readonly nodes?: Uint8Array;
  /** Whether an edge is not taken. Asked for edges of those nodes only that `edgeSources` marks. */
  readonly edges?: (edge: number) => boolean;
  readonly edgeSources?: Uint8Array;
}

/** Marks what non-weak edges reach from the root (S12). Memory: 5 bytes a node, of which 1 is the result. */
export function reachFromRoot(graph: ExploredGraph, { nodes, edges, edgeSources }: Barriers): Uint8Array {
  const { firstEdge, edgeType, edgeTo, edgeTypes, nodeCount, root } = graph;
  const { weak } = edgeTypes;
  const isReached = new Uint8Array(nodeCount);
  const stack = new Uint32Array(nodeCount);
  let top = 0;
  isReached[root] = 1;
  stack[top++] = root;
  while (top > 0) {
    const node: Ordinal = stack[--top];
    const asks = edges !== undefined && edgeSources?.[node] === 1;
    for (let edge = firstEdge[node]; edge < firstEdge[node + 1]; edge++) {
      const target = edgeTo[edge];
      if (isReached[target] === 1 || edgeType[edge] === weak || nodes?.[target] === 1) continue;
      if (asks && edges(edge)) continue;
      isReached[target] = 1;
      stack[top++] = target;
    }
  }
  return isReached;
}
