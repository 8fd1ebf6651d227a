import type { Ordinal } from '../base/types.js';
import type { Scene } from './detector.js';
import { namesIn } from './known-names.js';

/** Properties from this number on are a dictionary's entries; mirrors paths/holder.ts. */
const DICTIONARY = 32;
/** Steps up a path within which a container is looked for. */
const MOST_STEPS = 8;
/** Steps of a path by which containers are told apart. */
const COMPARED_STEPS = 4;
/** So many edges of a node are looked at for the name of a step. */
const MOST_EDGES = 2048;
const NO_PARENT = 0xffff_ffff;

export interface Kept {
  /** The map, array or dictionary; the node itself where it lies in none. */
  readonly container: Ordinal;
  /** What the container has an entry for: the node, or what leads from the container to it. */
  readonly entry: Ordinal;
}

/** The nearest container on the path to a node. */
export function keeperOf(scene: Scene, node: Ordinal): Kept {
  const { view, parentOf } = scene;
  let entry = node;
  let at = parentOf[node];
  for (let step = 0; step < MOST_STEPS && at !== NO_PARENT && at !== view.root; step++) {
    // Only containers lead to what their stores hold by way of the store; objects have an edge of their own to each property.
    if (view.nodeType[at] === view.nodeTypes.array) {
      const owner = parentOf[at];
      if (owner === NO_PARENT || view.nodeType[owner] !== view.nodeTypes.object) break;
      return { container: owner, entry };
    }
    if (view.nodeType[at] !== view.nodeTypes.object || namesIn(view).isContext(at)) break;
    if (isListOrDictionary(scene, at)) return { container: at, entry };
    entry = at;
    at = parentOf[at];
  }
  return { container: node, entry: node };
}

function isListOrDictionary(scene: Scene, node: Ordinal): boolean {
  const { view } = scene;
  if (namesIn(view).of('Array').includes(view.nodeName[node])) return true;
  return view.firstEdge[node + 1] - view.firstEdge[node] >= DICTIONARY && !scene.globals.has(node);
}

/** Equal for nodes of one class that objects of the same classes hold by the same names. */
export function pathHash(scene: Scene, node: Ordinal): number {
  const { view, parentOf } = scene;
  let hash = view.classOf[node];
  let at = node;
  for (let step = 0; step < COMPARED_STEPS; step++) {
    const from = parentOf[at];
    if (from === NO_PARENT || from === at) break;
    hash = Math.imul(hash ^ stepName(scene, from, at), 0x01000193);
    hash = Math.imul(hash ^ view.classOf[from], 0x01000193);
    at = from;
  }
  return hash;
}

/** A number for the name by which a node is held; 0 for an entry of a container. */
function stepName(scene: Scene, from: Ordinal, to: Ordinal): number {
  const { view } = scene;
  const begin = view.firstEdge[from];
  const end = view.firstEdge[from + 1];
  const isTop = scene.globals.has(from);
  if (end - begin > MOST_EDGES && !isTop) return 0;
  const isDictionary = end - begin >= DICTIONARY && !isTop;
  for (let edge = begin; edge < end; edge++) {
    if (view.edgeTo[edge] !== to) continue;
    const type = view.edgeType[edge];
    if (type === view.edgeTypes.context) return view.edgeName[edge] + 1;
    if (type === view.edgeTypes.property) return isDictionary ? 0 : view.edgeName[edge] + 1;
  }
  return 0;
}
