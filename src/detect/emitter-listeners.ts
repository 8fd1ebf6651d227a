import type { HeapView } from '../analysis/heap-view.js';
import type { Ordinal } from '../base/types.js';
import type { Detector } from './detector.js';
import { namesIn } from './known-names.js';
import { findingsOfListeners, type ListenerLimits, type ListenerList } from './listeners.js';
import { rareEdgesOf } from './rare-edges.js';

const LIMITS = { least: 5, leastInternal: 50, most: 100 } satisfies ListenerLimits;

/** D5: many listeners of one event on an emitter. Emitters are known by `_events`: their classes are the program's. */
export const emitterListeners: Detector<typeof LIMITS> = {
  id: 'D5',
  name: 'emitter-listeners',
  limits: LIMITS,
  prepare: rareEdgesOf,
  detect(scene, limits) {
    const repair = 'Pair each on() with an off() for {holder}, or register them with once() or a {signal} option.';
    return findingsOfListeners(scene, listsOf(scene.view, limits.least), limits, repair);
  },
};

function listsOf(view: HeapView, least: number): ListenerList[] {
  const array = namesIn(view).of('Array');
  const { from, to } = rareEdgesOf(view).events;
  const { property } = view.edgeTypes;
  const { object } = view.nodeTypes;
  const lists: ListenerList[] = [];
  for (const [at, events] of to.entries()) {
    // A prototype's `_events` is `undefined`.
    if (view.nodeType[events] !== object) continue;
    for (let edge = view.firstEdge[events]; edge < view.firstEdge[events + 1]; edge++) {
      const list = view.edgeTo[edge];
      if (view.edgeType[edge] !== property || !array.includes(view.nodeName[list])) continue;
      // An array has an edge for each item, so a short one has no more listeners than edges.
      if (view.firstEdge[list + 1] - view.firstEdge[list] < least) continue;
      const closures = closuresIn(view, list);
      if (closures.length < least) continue;
      lists.push({ target: from[at], event: String(view.names.edge(edge)), list, closures });
    }
  }
  return lists;
}

/** Items only: the backing store has the same again. */
function closuresIn(view: HeapView, list: Ordinal): Ordinal[] {
  const { element } = view.edgeTypes;
  const { closure } = view.nodeTypes;
  const closures: Ordinal[] = [];
  for (let edge = view.firstEdge[list]; edge < view.firstEdge[list + 1]; edge++) {
    const item = view.edgeTo[edge];
    if (view.edgeType[edge] === element && view.nodeType[item] === closure) closures.push(item);
  }
  return closures;
}
