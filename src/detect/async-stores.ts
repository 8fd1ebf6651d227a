import type { HeapView } from '../analysis/heap-view.js';
import type { Ordinal } from '../base/types.js';
import type { Scene } from './detector.js';
import { namesIn } from './known-names.js';
import { rareEdgesOf } from './rare-edges.js';
import { waitsOf } from './waits.js';

/** Told of a resource and one of the stores that it keeps for its callbacks. */
export type StoreVisitor = (resource: Ordinal, store: Ordinal) => void;

/** Slots of an ordered hash map before its buckets. */
const MAP_HEADER = 3;
/** Key, value and chain. */
const MAP_ENTRY = 3;

/** Up to Node 22 a resource has a property for each storage; later it has a frame, or its promise's reaction has. */
export function visitStores(scene: Scene, visit: StoreVisitor): void {
  const { view } = scene;
  const { resourceStore } = rareEdgesOf(view);
  for (const [at, store] of resourceStore.to.entries()) {
    if (isStore(view, store)) visit(resourceStore.from[at], store);
  }
  const frames = scene.objects('AsyncContextFrame');
  if (frames.length > 0) visitFrames(scene, frames, visit);
}

function visitFrames(scene: Scene, frames: readonly Ordinal[], visit: StoreVisitor): void {
  const { view } = scene;
  const { contextFrame } = rareEdgesOf(view);
  const storesOfFrame = new Map<Ordinal, readonly Ordinal[]>();
  for (const frame of frames) storesOfFrame.set(frame, storesIn(view, frame));
  for (const [at, frame] of contextFrame.to.entries()) {
    for (const store of storesOfFrame.get(frame) ?? []) visit(contextFrame.from[at], store);
  }
  for (const { reaction } of waitsOf(scene)) {
    for (let edge = view.firstEdge[reaction]; edge < view.firstEdge[reaction + 1]; edge++) {
      for (const store of storesOfFrame.get(view.edgeTo[edge]) ?? []) visit(reaction, store);
    }
  }
}

/** `AsyncContextFrame` is a Map from storage to store. */
function storesIn(view: HeapView, frame: Ordinal): Ordinal[] {
  const table = namesIn(view).internal(frame, 'table');
  if (table < 0) return [];
  const slots = (view.rawSelfSize(table) - 2 * view.pointerSize) / view.pointerSize;
  // Two entries a bucket: 3 slots of its own, one a bucket, and 3 an entry.
  const buckets = (slots - MAP_HEADER) / (1 + 2 * MAP_ENTRY);
  const stores: Ordinal[] = [];
  for (let edge = view.firstEdge[table]; edge < view.firstEdge[table + 1]; edge++) {
    const slot = Number(view.names.edge(edge)) - MAP_HEADER - buckets;
    if (slot >= 0 && slot % MAP_ENTRY === 1 && isStore(view, view.edgeTo[edge])) stores.push(view.edgeTo[edge]);
  }
  return stores;
}

/** Anything but `undefined`, `null` and what a deleted entry leaves. */
function isStore(view: HeapView, node: Ordinal): boolean {
  const { hidden, number } = view.nodeTypes;
  return view.nodeType[node] !== hidden && view.nodeType[node] !== number;
}
