import type { HeapView } from '../analysis/heap-view.js';
import { Places } from '../analysis/places.js';
import type { Ordinal } from '../base/types.js';
import { Holders } from '../paths/holder.js';
import type { Scene } from './detector.js';

/** How nodes are reached, as `groupByPath` finds it. */
export interface Paths {
  readonly parentOf: Uint32Array;
  readonly globals: readonly Ordinal[];
}

/** `wanted`: names of objects and closures that detectors are going to ask for, so that one pass finds all of them. */
export function sceneOf(
  view: HeapView,
  { parentOf, globals }: Paths,
  wanted: { readonly objects: readonly string[]; readonly closures: readonly string[] },
): Scene {
  const places = new Places(view);
  const { object, closure } = view.nodeTypes;
  const lists = collect(view, [
    { type: object, names: wanted.objects },
    { type: closure, names: wanted.closures },
  ]);
  const listOf = (which: number) => (name: string) => {
    const list = lists[which].get(name);
    if (list === undefined)
      throw new Error(`found a detector that asks for ${name}, expected it among the wanted names`);
    return list;
  };
  return {
    view,
    places,
    holders: new Holders(view, places, parentOf, globals),
    parentOf,
    globals: new Set(globals),
    objects: listOf(0),
    closures: listOf(1),
  };
}

interface Wanted {
  readonly type: number;
  readonly names: readonly string[];
}

/** Cost: one pass over the nodes for all names. */
function collect(view: HeapView, wanted: readonly Wanted[]): Map<string, Uint32Array>[] {
  const found = wanted.map(({ names }) => names.map((): number[] => []));
  const listOf = new Map<number, number[]>();
  const stringCount = view.strings.count;
  for (const [which, { names, type }] of wanted.entries()) {
    const indexes = view.indexesOf(names);
    for (const [position, name] of names.entries()) {
      for (const index of indexes.get(name) ?? []) listOf.set(type * stringCount + index, found[which][position]);
    }
  }
  const flags = new Uint8Array(stringCount);
  for (const key of listOf.keys()) flags[key % stringCount] = 1;
  for (let node = 0; node < view.nodeCount; node++) {
    const name = view.nodeName[node];
    if (flags[name] === 1) listOf.get(view.nodeType[node] * stringCount + name)?.push(node);
  }
  return wanted.map(({ names }, which) => new Map(names.map((name, at) => [name, Uint32Array.from(found[which][at])])));
}
