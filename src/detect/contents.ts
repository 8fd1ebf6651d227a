import type { HeapView } from '../analysis/heap-view.js';
import type { Ordinal } from '../base/types.js';
import { forEachEntry, slotsOf } from './containers.js';
import type { Scene } from './detector.js';
import { namesIn } from './known-names.js';

/** Functions of a dictionary that are compared. */
const SAMPLED_FUNCTIONS = 40;

/** What an array holds, or an object that is used like one. */
export interface Contents {
  readonly kind: 'array' | 'dictionary' | 'numbered';
  /** Items that are shown: objects, texts, numbers that are no small integers. */
  readonly items: number;
  /** Slots of an Array's store; 0 for others, which have keys there too. */
  readonly capacity: number;
}

/** Items are counted once: on the object, not in its store. */
export function contentsOf(scene: Scene, owner: Ordinal, knownStore: Ordinal): Contents {
  const { view } = scene;
  const names = namesIn(view);
  const { items, properties, methods } = countMembers(view, owner);
  if (properties + methods > items) {
    const isOne = isDictionary(view, owner, properties + methods);
    // Prototypes, and what a module exports, have methods by the hundred: those of a registry are made by the same code.
    const areEntries = isOne && methods > 0 && haveFewSources(scene, owner);
    return { kind: 'dictionary', items: isOne ? properties + (areEntries ? methods : 0) : 0, capacity: 0 };
  }
  if (!names.of('Array').includes(view.nodeName[owner])) return { kind: 'numbered', items, capacity: 0 };
  const store = knownStore >= 0 ? knownStore : names.internal(owner, 'elements');
  return { kind: 'array', items, capacity: store < 0 ? 0 : slotsOf(view, store) };
}

/** `items` have numbers for names, the others have texts. */
function countMembers(view: HeapView, owner: Ordinal): { items: number; properties: number; methods: number } {
  const { edgeTypes, edgeType, edgeName, edgeTo, firstEdge, nodeType, nodeTypes } = view;
  const names = namesIn(view);
  const proto = names.of('__proto__');
  let [items, properties, methods] = [0, 0, 0];
  for (let edge = firstEdge[owner]; edge < firstEdge[owner + 1]; edge++) {
    const type = edgeType[edge];
    const target = nodeType[edgeTo[edge]];
    if (type === edgeTypes.element) {
      if (!names.isEmpty(edgeTo[edge])) items++;
    } else if (type !== edgeTypes.property || proto.includes(edgeName[edge])) continue;
    else if (target === nodeTypes.closure) methods++;
    else if (target !== nodeTypes.hidden && !names.isAccessor(edgeTo[edge])) properties++;
  }
  return { items, properties, methods };
}

function haveFewSources({ places, view }: Scene, owner: Ordinal): boolean {
  const sources = new Set<Ordinal>();
  let functions = 0;
  forEachEntry(view, owner, (node) => {
    if (view.nodeType[node] !== view.nodeTypes.closure || functions >= SAMPLED_FUNCTIONS) return;
    functions++;
    sources.add(places.sharedOf(node));
  });
  return sources.size * 4 <= functions;
}

/** Dictionaries hold keys and values in their store; objects of a shape hold only values there. */
function isDictionary(view: HeapView, owner: Ordinal, properties: number): boolean {
  const names = namesIn(view);
  const store = names.internal(owner, 'properties');
  return store >= 0 && view.firstEdge[store + 1] - view.firstEdge[store] > 1.5 * properties;
}
