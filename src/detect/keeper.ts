import type { Ordinal } from '../base/types.js';
import { NO_PARENT } from '../paths/holder-types.js';
import type { Scene } from './detector.js';
import { namesIn } from './known-names.js';

/** Properties from this number on are a dictionary's entries; mirrors paths/holder.ts. */
const DICTIONARY = 32;
/** Steps up a path within which a container is looked for. */
const MOST_STEPS = 8;

export interface Kept {
  /** The map, array or dictionary; the node itself where it lies in none. */
  readonly container: Ordinal;
  /** What the container has an entry for: the node, or what leads from the container to it. */
  readonly entry: Ordinal;
}

/** The nearest container on the path to a node. */
export function keeperOf(scene: Scene, node: Ordinal): Kept {
  const { view, parentOf } = scene;
  const names = namesIn(view);
  let entry = node;
  let at = parentOf[node];
  for (let step = 0; step < MOST_STEPS && at !== NO_PARENT && at !== view.root; step++) {
    // Only containers lead to what their stores hold by way of the store; objects have an edge of their own to each property.
    if (view.nodeType[at] === view.nodeTypes.array) {
      const owner = parentOf[at];
      if (owner === NO_PARENT || view.nodeType[owner] !== view.nodeTypes.object) break;
      return { container: owner, entry };
    }
    if (view.nodeType[at] !== view.nodeTypes.object || names.isContext(at)) break;
    if (isListOrDictionary(scene, at)) return { container: at, entry };
    entry = at;
    at = parentOf[at];
  }
  return { container: node, entry: node };
}

function isListOrDictionary(scene: Scene, node: Ordinal): boolean {
  const { view } = scene;
  if (namesIn(view).isNamed(node, 'Array')) return true;
  return view.firstEdge[node + 1] - view.firstEdge[node] >= DICTIONARY && !scene.globals.has(node);
}
