import type { HeapView } from '../analysis/heap-view.js';
import type { Ordinal } from '../base/types.js';
import type { Detector, Finding, Scene } from './detector.js';
import { functionsOf, holderOfFunction, type SourceFunction } from './functions.js';
import { type Group, Groups } from './groups.js';
import { type KnownNames, namesIn } from './known-names.js';
import { findingsOfListeners, type ListenerLimits, type ListenerList } from './listeners.js';
import { newestOf } from './newest.js';
import { rareEdgesOf } from './rare-edges.js';
import { strengthBetween } from './strength.js';
import { retainedTogether } from './topmost.js';

const LIMITS = { least: 5, leastInternal: 50, most: 100 } satisfies ListenerLimits;

/** What Chromium calls the function behind a listener. */
const BROWSER_LISTENER = 'V8EventListener';

/** D6: many listeners on an event target, as a rule one signal for the whole process. */
export const eventTargetListeners: Detector<typeof LIMITS> = {
  id: 'D6',
  name: 'event-target-listeners',
  limits: LIMITS,
  natives: [BROWSER_LISTENER],
  prepare: rareEdgesOf,
  detect(scene, limits) {
    const repair = 'Use a signal for each operation, or remove {holder} when an operation ends.';
    const own = findingsOfListeners(scene, listsOf(scene.view, limits.least), limits, repair);
    const browser = browserGroups(scene).largest(limits);
    return [...own, ...browser.map((group) => browserFinding(scene, group))];
  },
};

/** `<symbol kEvents>` is a Map from the event to the head of a doubly linked list. */
function listsOf(view: HeapView, least: number): ListenerList[] {
  const names = namesIn(view);
  const { from, to } = rareEdgesOf(view).eventTargets;
  const lists: ListenerList[] = [];
  for (const [at, events] of to.entries()) {
    if (!names.isNamed(events, 'Map')) continue;
    const table = names.internal(events, 'table');
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

function closuresBehind(view: HeapView, names: KnownNames, head: Ordinal): Ordinal[] {
  const { closure } = view.nodeTypes;
  const closures: Ordinal[] = [];
  let listener = names.property(head, 'next');
  // A list that runs in a circle has no more members than there are nodes.
  for (let steps = 0; steps < view.nodeCount; steps++) {
    if (listener < 0 || !names.isNamed(listener, 'Listener')) break;
    const callback = names.property(listener, 'callback');
    if (callback >= 0 && view.nodeType[callback] === closure) closures.push(callback);
    listener = names.property(listener, 'next');
  }
  return closures;
}

/** Chromium says only which function listens, not for what. */
function browserGroups(scene: Scene): Groups<{ source: SourceFunction; listeners: Ordinal[] }> {
  const { view } = scene;
  const functions = functionsOf(scene);
  const groups = new Groups<{ source: SourceFunction; listeners: Ordinal[] }>();
  for (const node of scene.candidates.named('natives', BROWSER_LISTENER)) {
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
    strength: strengthBetween(members.length, [5, 0.15], [500, 0.4]),
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
