import type { HeapView } from '../analysis/heap-view.js';
import type { Ordinal } from '../base/types.js';
import type { Scene } from './detector.js';
import { edgeNamesOf } from './edge-names.js';

/**
 * Scopes as V8 keeps them, for detectors that list `system / Context` among their objects. Chromium adds the number of the scope to the
 * name, so that one name finds none.
 */
export function contextsOf({ view, objects }: Scene): Uint32Array | number[] {
  const usual = objects('system / Context');
  if (usual.length > 0) return usual;
  const { scopeInfo } = edgeNamesOf(view);
  const { context } = view.edgeTypes;
  const found: number[] = [];
  for (let node = 0; node < view.nodeCount; node++) {
    const first = view.firstEdge[node];
    if (view.nodeType[node] !== view.nodeTypes.object || first === view.firstEdge[node + 1]) continue;
    // The variables come first; only contexts have edges of that type.
    if (view.edgeType[first] !== context) continue;
    if (view.edgeNamed(node, view.edgeTypes.internal, scopeInfo) >= 0) found.push(node);
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
  const { contextCell } = edgeNamesOf(view);
  const target = view.edgeTo[edge];
  if (!contextCell.includes(view.nodeName[target])) return target;
  let value = target;
  for (let inner = view.firstEdge[target]; inner < view.firstEdge[target + 1]; inner++) {
    const to = view.edgeTo[inner];
    if (view.dominator[to] === target && (value === target || view.retainedSize[to] > view.retainedSize[value])) {
      value = to;
    }
  }
  return value;
}
