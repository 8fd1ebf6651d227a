import type { HeapView } from '../analysis/heap-view.js';
import type { Ordinal } from '../base/types.js';
import type { Scene } from './detector.js';
import { namesIn } from './known-names.js';
import { nodeOf } from './rare-edges.js';

/** Edges that lead from one node to another, first to last. */
export type Edges = readonly number[];

/**
 * How a node reaches another one by edges that hold, looking at no more than `most` nodes; undefined where it does not so soon. Shapes
 * and prototypes are left out: they lead everywhere.
 */
export function pathWithin(view: HeapView, from: Ordinal, to: Ordinal, most: number): Edges | undefined {
  if (from === to) return [];
  const { edgeTypes, edgeType, edgeTo, edgeName, firstEdge } = view;
  const names = namesIn(view);
  const ignored = [...names.of('map'), ...names.of('__proto__')];
  const nodes = [from];
  const cameBy = [-1];
  const cameFrom = [-1];
  for (let next = 0; next < nodes.length; next++) {
    for (let edge = firstEdge[nodes[next]]; edge < firstEdge[nodes[next] + 1]; edge++) {
      const type = edgeType[edge];
      const node = edgeTo[edge];
      const isNumbered = type === edgeTypes.hidden || type === edgeTypes.element;
      if (type === edgeTypes.weak || type === edgeTypes.shortcut) continue;
      if ((!isNumbered && ignored.includes(edgeName[edge])) || nodes.includes(node)) continue;
      nodes.push(node);
      cameBy.push(edge);
      cameFrom.push(next);
      if (node === to) return wayBack(cameBy, cameFrom);
      if (nodes.length >= most) return undefined;
    }
  }
  return undefined;
}

function wayBack(cameBy: readonly number[], cameFrom: readonly number[]): Edges {
  const edges: number[] = [];
  for (let at = cameBy.length - 1; at > 0; at = cameFrom[at]) edges.push(cameBy[at]);
  return edges.reverse();
}

/** A path as text: `.items[].owner`. */
export function stepsOf({ holders, view }: Scene, edges: Edges): string {
  return edges.map((edge) => holders.stepText({ from: nodeOf(view, edge), to: view.edgeTo[edge], edge })).join('');
}
