import type { HeapView } from '../analysis/heap-view.js';
import type { U8, U32 } from '../graph/graph.js';
import type { Arena } from '../wasm/arena.js';
import { viewOf } from '../wasm/region.js';
import { addressesOf, type ColumnAddresses } from './columns.js';
import type { Names } from './names.js';
import { firstOf, flagsOf } from './node-list.js';
import type { ObjectLists } from './object-lists.js';
import type { Kernels } from './texts.js';

/** Edges of an object without content: to its prototype, its hidden class and its store, each once. */
const MOST_EDGES = 3;
/** V8 itself adds so many elements whenever an array grows. */
const LEAST_UNUSED = 16;

/** Bits of a name that an edge of such an object may have, by the edge's type. */
const ALLOWS = { internal: 1, property: 2 } as const;

/** Arrays and plain objects that are worth a closer look, and what it takes to find them: plain data, for any thread. */
export interface CollectionPlan {
  readonly lists: Pick<ObjectLists, 'Array' | 'Object'>;
  /** Room for those without edges but what an object without content has, and for arrays that show nothing or have too large a store. */
  readonly kept: Readonly<Record<Suspicion, U32>>;
  /** How many there are of each, in the order of `SUSPICIONS`. */
  readonly counts: U32;
  /** By string. */
  readonly allowed: U8;
  readonly isStoreName: U8;
  readonly types: { readonly element: number; readonly internal: number; readonly property: number };
  readonly columns: ColumnAddresses;
  readonly sizes: { readonly low: number; readonly high: number };
  readonly pointerSize: number;
}

const SUSPICIONS = ['bareArrays', 'bareObjects', 'roomyArrays'] as const;
export type Suspicion = (typeof SUSPICIONS)[number];

export function planCollections(arena: Arena, view: HeapView, names: Names, lists: ObjectLists): CollectionPlan {
  const { element, internal, property } = view.edgeTypes;
  const { low, high } = view.snapshot.graph.columns.rawSelfSize;
  const room = (list: U32) => arena.allocate('u32', list.length);
  return {
    lists: { Array: lists.Array, Object: lists.Object },
    kept: { bareArrays: room(lists.Array), bareObjects: room(lists.Object), roomyArrays: room(lists.Array) },
    counts: arena.zeroed('u32', SUSPICIONS.length),
    allowed: allowedNames(arena, view, names),
    isStoreName: flagsOf(arena, view, names.indexes('elements')),
    types: { element, internal, property },
    columns: addressesOf(view),
    sizes: { low: low.offset, high: high?.offset ?? 0 },
    pointerSize: view.pointerSize,
  };
}

function allowedNames(arena: Arena, view: HeapView, names: Names): U8 {
  const allowed = flagsOf(arena, view, [...names.indexes('map'), ...names.indexes('properties')], ALLOWS.internal);
  const flags = arena.view(allowed);
  for (const index of names.indexes('__proto__')) flags[index] |= ALLOWS.property;
  return allowed;
}

/** Cost: a look at the edges of all arrays and plain objects. */
export function findCollections({ memory, kernels }: Kernels, plan: CollectionPlan): void {
  const { lists, kept, types, columns, sizes, allowed, isStoreName, pointerSize } = plan;
  const { firstEdge, edgeType, edgeName, edgeTo } = columns;
  const bare = (list: U32, out: U32) =>
    kernels.keepWithEdges(
      ...([list.offset, list.length, MOST_EDGES, firstEdge, edgeType, edgeName] as const),
      ...([types.internal, types.property, allowed.offset, out.offset] as const),
    );
  const roomy = kernels.keepRoomyArrays(
    ...([lists.Array.offset, lists.Array.length, firstEdge, edgeType, edgeName, edgeTo] as const),
    ...([types.internal, types.element, isStoreName.offset, sizes.low, sizes.high] as const),
    ...([pointerSize, LEAST_UNUSED, kept.roomyArrays.offset] as const),
  );
  viewOf(memory.buffer, plan.counts).set([
    bare(lists.Array, kept.bareArrays),
    bare(lists.Object, kept.bareObjects),
    roomy,
  ]);
}

/** What has been found, ascending. */
export function suspicious(arena: Arena, { kept, counts }: CollectionPlan, what: Suspicion): Uint32Array {
  return arena.view(firstOf(kept[what], arena.view(counts)[SUSPICIONS.indexOf(what)]));
}
