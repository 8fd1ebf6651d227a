import type { Ordinal, PlainGraph } from './graph.js';

/** Successors over essential edges alone, plus the edges from the root that S4 adds. */
export function retainingSuccessors(graph: PlainGraph, essential: Uint8Array): Ordinal[][] {
  const successors: Ordinal[][] = Array.from({ length: graph.nodeCount }, () => []);
  const isOrphan = new Uint8Array(graph.nodeCount).fill(1);
  isOrphan[graph.root] = 0;
  for (let edge = 0; edge < graph.edgeCount; edge++) {
    if (!essential[edge]) continue;
    successors[graph.edgeFrom[edge]].push(graph.edgeTo[edge]);
    isOrphan[graph.edgeTo[edge]] = 0;
  }
  for (let node = 0; node < graph.nodeCount; node++) {
    if (isOrphan[node]) successors[graph.root].push(node);
  }
  return successors;
}

/** 1 for every node reached from `root` without entering `avoided`. */
export function reachableWithout(successors: Ordinal[][], root: Ordinal, avoided: Ordinal | undefined): Uint8Array {
  const reached = new Uint8Array(successors.length);
  if (root === avoided) return reached;
  reached[root] = 1;
  const pending = [root];
  for (const node of pending) {
    for (const target of successors[node]) {
      if (target === avoided || reached[target]) continue;
      reached[target] = 1;
      pending.push(target);
    }
  }
  return reached;
}
