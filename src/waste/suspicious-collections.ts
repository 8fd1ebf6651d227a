import type { HeapView } from '../analysis/heap-view.js';
import { firstOf, flagsOf } from '../analysis/node-lists.js';
import type { U8, U32 } from '../graph/graph.js';
import type { Names } from './names.js';
import type { ObjectLists } from './object-lists.js';

/** Edges of an object without content: to its prototype, its hidden class and its store, each once. */
const MOST_EDGES = 3;
/** V8 itself adds so many elements whenever an array grows. */
const LEAST_UNUSED = 16;

/** Bits of a name that an edge of such an object may have, by the edge's type. */
const ALLOWS = { internal: 1, property: 2 } as const;

/** Arrays and plain objects that are worth a closer look, ascending, in the arena. */
export interface SuspiciousCollections {
  /** Those without edges but what an object without content has. */
  readonly bareArrays: U32;
  readonly bareObjects: U32;
  /** Those that show nothing, or have a store with room for at least twice as many elements as they show. */
  readonly roomyArrays: U32;
}

/** Cost: a look at the edges of all arrays and plain objects. */
export function findCollections(view: HeapView, names: Names, lists: ObjectLists): SuspiciousCollections {
  const allowed = allowedNames(view, names);
  return {
    bareArrays: bare(view, allowed, lists.Array),
    bareObjects: bare(view, allowed, lists.Object),
    roomyArrays: roomy(view, names, lists.Array),
  };
}

function allowedNames(view: HeapView, names: Names): U8 {
  const allowed = flagsOf(view, [...names.indexes('map'), ...names.indexes('properties')], ALLOWS.internal);
  const flags = view.arena.view(allowed);
  for (const index of names.indexes('__proto__')) flags[index] |= ALLOWS.property;
  return allowed;
}

function bare({ arena, snapshot, edgeTypes }: HeapView, allowed: U8, list: U32): U32 {
  const { firstEdge, edgeType, edgeName } = snapshot.graph.columns;
  const kept = arena.allocate('u32', list.length);
  const count = arena.kernels.keepWithEdges(
    ...([list.offset, list.length, MOST_EDGES, firstEdge.offset, edgeType.offset, edgeName.offset] as const),
    ...([edgeTypes.internal, edgeTypes.property, allowed.offset, kept.offset] as const),
  );
  return firstOf(kept, count);
}

function roomy(view: HeapView, names: Names, list: U32): U32 {
  const { arena, snapshot, edgeTypes, pointerSize } = view;
  const { firstEdge, edgeType, edgeName, edgeTo, rawSelfSize } = snapshot.graph.columns;
  const kept = arena.allocate('u32', list.length);
  const isStore = flagsOf(view, names.indexes('elements'));
  const count = arena.kernels.keepRoomyArrays(
    ...([list.offset, list.length, firstEdge.offset, edgeType.offset, edgeName.offset, edgeTo.offset] as const),
    ...([edgeTypes.internal, edgeTypes.element, isStore.offset] as const),
    ...([rawSelfSize.low.offset, rawSelfSize.high?.offset ?? 0, pointerSize, LEAST_UNUSED, kept.offset] as const),
  );
  return firstOf(kept, count);
}
