import { HeapView } from '../analysis/heap-view.js';
import type { AnalysedSnapshot } from '../analysis/index.js';
import { Places } from '../analysis/places.js';
import type { SuspectHolder } from '../base/suspect-types.js';
import type { Ordinal } from '../base/types.js';
import type { WasteKind } from '../base/waste-types.js';
import { findPaths } from '../paths/find-paths.js';
import { findGlobals } from '../paths/globals.js';
import { Holders } from '../paths/holder.js';
import { holderWithoutNode } from '../paths/holder-types.js';
import type { Arena } from '../wasm/arena.js';
import { HashTables } from './hash-tables.js';
import { Names } from './names.js';
import { listObjects, type ObjectLists } from './object-lists.js';
import { findExamples, type ShapeExamples } from './shape-examples.js';
import { findCollections, type SuspiciousCollections } from './suspicious-collections.js';
import { readTexts, type Texts } from './texts.js';

/** What is shown of what is found. */
export interface Showing {
  readonly top: number;
  readonly showValues: boolean;
}

/** What every kind looks at first: what nodes and edges say by themselves. Lists lie in the arena, as long as waste is looked for. */
export interface WasteGround {
  readonly view: HeapView;
  readonly names: Names;
  readonly objects: ObjectLists;
  readonly collections: SuspiciousCollections;
  readonly texts: Texts;
  readonly tables: HashTables;
  readonly examples: ShapeExamples;
}

/** How the nodes of a snapshot are reached. */
export interface HeldNodes {
  readonly view: HeapView;
  readonly holders: Holders;
  /** Nodes that the root reaches in the same way have the same key; 0 where it reaches none. */
  readonly keyOf: (node: Ordinal) => bigint;
}

/** What every kind is told from: one analysed snapshot, and who holds what in it. */
export interface WasteScene extends HeldNodes, Showing {
  readonly names: Names;
}

/**
 * Finds one kind of waste, or two that it takes one look to find. Paths are needed only to tell it, so that the look can be taken while those
 * are being found. Never throws for what a file contains.
 */
export type WasteFinder = (ground: WasteGround) => WasteTeller;
export type WasteTeller = (scene: WasteScene) => readonly WasteKind[];

export function groundOf(view: HeapView): WasteGround {
  const names = new Names(view);
  const objects = listObjects(view, names);
  const texts = readTexts(view.arena, view.snapshot);
  return {
    ...{ view, names, objects, texts },
    collections: findCollections(view, names, objects),
    tables: new HashTables(view, names, texts),
    examples: findExamples(view, names),
  };
}

/** Runs `work` with the paths of a snapshot, which are good for that long. Cost: paths of all nodes, 32 bytes each. */
export function withHolders<T>(arena: Arena, snapshot: AnalysedSnapshot, work: (held: HeldNodes) => T): T {
  return arena.scratch(() => {
    const { graph, distance } = snapshot;
    const view = new HeapView(arena, snapshot);
    const globals = findGlobals(view);
    const keys = arena.allocate('f64', view.nodeCount);
    const parentOf = arena.allocate('u32', view.nodeCount);
    arena.scratch(() => {
      const steps = arena.allocate('u32', view.nodeCount);
      findPaths(arena, { graph, distance, globals, keys, parentOf, steps });
    });
    const keyColumn = new BigUint64Array(arena.memory.buffer, keys.offset, keys.length);
    const holders = new Holders(view, new Places(view), arena.view(parentOf), globals);
    return work({ view, holders, keyOf: (node) => keyColumn[node] });
  });
}

/** Who holds a node. */
export function holderOf({ holders }: WasteScene, node: Ordinal): SuspectHolder {
  return holderWithoutNode(holders.nameOf(node));
}
