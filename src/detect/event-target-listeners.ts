import type { HeapView } from '../analysis/heap-view.js';
import type { Ordinal } from '../base/types.js';
import type { Detector, Finding, Scene } from './detector.js';
import { type EdgeNames, edgeNamesOf } from './edge-names.js';
import { functionsOf, holderOfFunction, type SourceFunction } from './functions.js';
import { type Group, Groups, newestOf, retainedTogether, strengthOf } from './groups.js';
import { findingsOfListeners, type ListenerLimits, type ListenerList } from './listeners.js';
import { rareEdgesOf } from './rare-edges.js';

const LIMITS = { least: 5, leastInternal: 50, most: 100 } satisfies ListenerLimits;

/** D6: many listeners on an event target, as a rule one signal for the whole process. */
export const eventTargetListeners: Detector<typeof LIMITS> = {
  id: 'D6',
  name: 'event-target-listeners',
  limits: LIMITS,
  detect(scene, limits) {
    const repair = 'Use a signal for each operation, or remove {holder} when an operation ends.';
    const own = findingsOfListeners(scene, listsOf(scene.view, limits.least), limits, repair);
    const browser = browserGroups(scene).largest(limits);
    return [...own, ...browser.map((group) => browserFinding(scene, group))];
  },
};

/** `<symbol kEvents>` is a Map from the event to the head of a doubly linked list. */
function listsOf(view: HeapView, least: number): ListenerList[] {
  const names = edgeNamesOf(view);
  const { internal } = view.edgeTypes;
  const { from, to } = rareEdgesOf(view).eventTargets;
  const lists: ListenerList[] = [];
  for (const [at, events] of to.entries()) {
    if (!names.map.includes(view.nodeName[events])) continue;
    const table = view.targetNamed(events, internal, names.table);
    if (table < 0) continue;
    let event = '';
    for (let edge = view.firstEdge[table]; edge < view.firstEdge[table + 1]; edge++) {
      const node = view.edgeTo[edge];
      // The key of an entry stands before its value.
      if (view.nodeType[node] !== view.nodeTypes.object) event = eventName(view, node);
      else {
        const closures = closuresBehind(view, names, node);
        if (closures.length >= least) lists.push({ target: from[at], event, list: node, closures });
      }
    }
  }
  return lists;
}

function eventName(view: HeapView, node: Ordinal): string {
  return String(view.names.display(node));
}

function closuresBehind(view: HeapView, names: EdgeNames, head: Ordinal): Ordinal[] {
  const { property } = view.edgeTypes;
  const { closure } = view.nodeTypes;
  const closures: Ordinal[] = [];
  let listener = view.targetNamed(head, property, names.next);
  // A list that runs in a circle has no more members than there are nodes.
  for (let steps = 0; steps < view.nodeCount; steps++) {
    if (listener < 0 || !names.listenerNode.includes(view.nodeName[listener])) break;
    const callback = view.targetNamed(listener, property, names.callback);
    if (callback >= 0 && view.nodeType[callback] === closure) closures.push(callback);
    listener = view.targetNamed(listener, property, names.next);
  }
  return closures;
}

/** Chromium says only which function listens, not for what. */
function browserGroups(scene: Scene): Groups<{ source: SourceFunction; listeners: Ordinal[] }> {
  const { view } = scene;
  const functions = functionsOf(scene);
  const groups = new Groups<{ source: SourceFunction; listeners: Ordinal[] }>();
  const [name = -1] = edgeNamesOf(view).v8EventListener;
  for (let node = 0; name >= 0 && node < view.nodeCount; node++) {
    if (view.nodeName[node] !== name || view.nodeType[node] !== view.nodeTypes.native) continue;
    for (let edge = view.firstEdge[node]; edge < view.firstEdge[node + 1]; edge++) {
      const closure = view.edgeTo[edge];
      if (view.edgeType[edge] !== view.edgeTypes.element || !functions.isClosure(closure)) continue;
      const source = functions.of(functions.unwrap(closure));
      if (source.isInternal) break;
      const group = groups.of('event listeners', source.expression, () => ({ source, listeners: [] }));
      group.members.push(closure);
      group.facts.listeners.push(node);
      break;
    }
  }
  return groups;
}

function browserFinding(
  scene: Scene,
  { key, members, facts }: Group<{ source: SourceFunction; listeners: Ordinal[] }>,
): Finding {
  const { view } = scene;
  const functions = functionsOf(scene);
  return {
    anchor: members[0],
    key,
    count: members.length,
    bytes: retainedTogether(view, facts.listeners),
    // One listener for each of many elements looks the same.
    strength: strengthOf(members.length, [5, 0.15], [500, 0.4]),
    title: `${members.length} listeners in the browser from one function`,
    holder: holderOfFunction('event listeners', facts.source, members[0]),
    evidence: [
      { label: 'function', value: facts.source.expression },
      { label: 'distinct scopes', value: new Set(members.map((closure) => functions.contextOf(closure))).size },
    ],
    repair: 'Remove {holder} when the element goes, or listen once on an element around them.',
    samples: newestOf(view, members),
  };
}
