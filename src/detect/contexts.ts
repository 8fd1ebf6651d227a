import type { HeapView } from '../analysis/heap-view.js';
import type { Bytes, Ordinal } from '../base/types.js';
import type { Scene } from './detector.js';
import { namesIn } from './known-names.js';

/** Scopes that retain at least so much. Chromium adds the number of the scope to the name: there they are known by their variables. */
export function contextsOf({ view, candidates }: Scene, leastBytes: Bytes): Ordinal[] {
  const usual = candidates.contexts(leastBytes);
  if (usual.length > 0) return usual;
  const names = namesIn(view);
  const { nodeCount, nodeType, firstEdge, edgeType, retainedSize } = view;
  const { object } = view.nodeTypes;
  const { context } = view.edgeTypes;
  const found: number[] = [];
  for (let node = 0; node < nodeCount; node++) {
    if (nodeType[node] !== object || retainedSize[node] < leastBytes) continue;
    const first = firstEdge[node];
    // The variables come first; only contexts have edges of that type.
    if (first === firstEdge[node + 1] || edgeType[first] !== context) continue;
    if (names.internal(node, 'scope_info') >= 0) found.push(node);
  }
  return found;
}

/** The edge of the variable with the largest value, of those whose values nothing else keeps; -1 if there is none. */
export function largestVariable(view: HeapView, context: Ordinal): number {
  let largest = -1;
  let size = 0;
  for (let edge = view.firstEdge[context]; edge < view.firstEdge[context + 1]; edge++) {
    if (view.edgeType[edge] !== view.edgeTypes.context) continue;
    const value = contentOf(view, edge);
    const owner = view.dominator[value];
    if (view.retainedSize[value] <= size || (owner !== context && owner !== view.edgeTo[edge])) continue;
    largest = edge;
    size = view.retainedSize[value];
  }
  return largest;
}

/** The value of a variable. Node 26 keeps a variable that is written to in a cell. */
export function contentOf(view: HeapView, edge: number): Ordinal {
  const target = view.edgeTo[edge];
  if (!namesIn(view).isNamed(target, 'system / ContextCell')) return target;
  let value = target;
  for (let inner = view.firstEdge[target]; inner < view.firstEdge[target + 1]; inner++) {
    const to = view.edgeTo[inner];
    if (view.dominator[to] === target && (value === target || view.retainedSize[to] > view.retainedSize[value])) {
      value = to;
    }
  }
  return value;
}
