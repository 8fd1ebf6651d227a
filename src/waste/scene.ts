import { HeapView } from '../analysis/heap-view.js';
import type { AnalysedSnapshot } from '../analysis/index.js';
import { Places } from '../analysis/places.js';
import type { SuspectHolder } from '../base/suspect-types.js';
import type { Ordinal } from '../base/types.js';
import type { WasteKind } from '../base/waste-types.js';
import { findGlobals } from '../paths/globals.js';
import { Holders } from '../paths/holder.js';
import { holderWithoutNode } from '../paths/holder-types.js';
import { groupByPath } from '../paths/path-groups.js';
import type { Arena } from '../wasm/arena.js';
import { Names } from './names.js';
import { listObjects, type ObjectLists } from './object-lists.js';

/** What is shown of what is found. */
export interface Showing {
  readonly top: number;
  readonly showValues: boolean;
}

/** What every kind looks at: one analysed snapshot, and who holds what in it. */
export interface WasteScene extends Showing {
  readonly view: HeapView;
  readonly names: Names;
  readonly objects: ObjectLists;
  /** One byte a string, as `TAG` says. */
  readonly tags: Uint8Array;
  readonly places: Places;
  readonly holders: Holders;
  /** Nodes that the root reaches in the same way have the same number. */
  readonly groupOf: Uint32Array;
}

/** Finds one kind of waste, or two that it takes one look to find. Never throws for what a file contains. */
export type WasteFinder = (scene: WasteScene) => readonly WasteKind[];

/** Runs `work` with the scene of a snapshot, which is good for that long. Cost: paths of all nodes, 32 bytes each. */
export function withScene<T>(
  arena: Arena,
  snapshot: AnalysedSnapshot,
  showing: Showing,
  work: (scene: WasteScene) => T,
): T {
  return arena.scratch(() => {
    const groups = groupByPath(arena, snapshot);
    const view = new HeapView(arena, snapshot);
    const places = new Places(view);
    const names = new Names(view);
    const globals = findGlobals(view);
    return work({
      ...showing,
      view,
      names,
      objects: listObjects(view, names),
      tags: arena.view(snapshot.graph.tags),
      places,
      holders: new Holders(view, places, arena.view(groups.parentOf), globals),
      groupOf: arena.view(groups.groupOf),
    });
  });
}

/** Who holds a node. */
export function holderOf({ holders }: WasteScene, node: Ordinal): SuspectHolder {
  return holderWithoutNode(holders.nameOf(node));
}
