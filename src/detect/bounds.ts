import type { HeapView } from '../analysis/heap-view.js';
import type { Ordinal } from '../base/types.js';
import { NO_PARENT } from '../paths/holder-types.js';
import type { Scene } from './detector.js';
import { namesIn } from './known-names.js';

/**
 * Names of what bounds a container. Their values are numbers as a rule, which a snapshot does not show. Not "cursor": an array that is only
 * read further and further keeps everything.
 */
const BOUND = /max|limit|capacity|ttl|lru|evict|expir/i;
const LONGEST_NAME = 64;

/** A name beside a container that reads like a bound for it. */
export interface Bound {
  readonly name: string;
  /** The share of the suspicion that it leaves, if any: what is somewhere in the same scope is as a rule meant for something else. */
  readonly share?: number;
}

/** What the limit of an object that has a container in its fields leaves. */
const SHARE_OF_FIELD = 0.75;

/** Looks for a bound among the fields of the object, or the variables of the scope, that holds a container. */
export function boundBeside(scene: Scene, container: Ordinal): Bound | undefined {
  const { view, parentOf } = scene;
  const from = parentOf[container];
  // What the global object holds is not there for one container.
  if (from === NO_PARENT || view.nodeType[from] !== view.nodeTypes.object || scene.globals.has(from)) return undefined;
  const names = namesIn(view);
  const isField = !names.isContext(from);
  const list = isField ? descriptorsOf(view, from) : names.internal(from, 'scope_info');
  const name = list < 0 ? undefined : boundAmong(view, list);
  return name === undefined ? undefined : { name, ...(isField && { share: SHARE_OF_FIELD }) };
}

/** Names of an object's fields: its own, and those of objects that began like it. Objects with properties by the hundred have none. */
function descriptorsOf(view: HeapView, object: Ordinal): Ordinal {
  const names = namesIn(view);
  const shape = names.internal(object, 'map');
  return shape < 0 ? -1 : names.internal(shape, 'descriptors');
}

function boundAmong(view: HeapView, list: Ordinal): string | undefined {
  for (let edge = view.firstEdge[list]; edge < view.firstEdge[list + 1]; edge++) {
    const target = view.edgeTo[edge];
    if (view.nodeType[target] !== view.nodeTypes.string) continue;
    const text = view.strings.text(view.nodeName[target], LONGEST_NAME);
    if (BOUND.test(text)) return text;
  }
  return undefined;
}
