import { HeapView } from '../analysis/heap-view.js';
import type { AnalysedSnapshot } from '../analysis/index.js';
import type { WasteReport } from '../base/waste-types.js';
import type { Arena } from '../wasm/arena.js';
import { findArraySlack } from './array-slack.js';
import { findDeadVariables } from './dead-variables.js';
import { findDuplicateShapes } from './duplicate-shapes.js';
import { findDuplicateStrings } from './duplicate-strings.js';
import { findEmptyCollections } from './empty-collections.js';
import { byWaste } from './place-tally.js';
import { groundOf, type HeldNodes, type Showing, type WasteFinder, withHolders } from './scene.js';
import { findSlicedStrings } from './sliced-strings.js';
import { findSparseTables } from './sparse-tables.js';

/** Every kind of waste. A new one is a file, a line here and a name in `WasteName`. */
const FINDERS: readonly WasteFinder[] = [
  findDuplicateStrings,
  findSlicedStrings,
  findSparseTables,
  findEmptyCollections,
  findArraySlack,
  findDuplicateShapes,
  findDeadVariables,
];

/** What there is of waste, to be told once it is known who holds it. */
export type FoundWaste = (held: HeldNodes, showing: Showing) => Omit<WasteReport, 'file'>;

/** Looks for waste, which needs no paths. The analysis must have kept ids and raw sizes. What it hands back needs the arena no longer. */
export function searchWaste(view: HeapView): FoundWaste {
  return view.arena.scratch(() => {
    const ground = groundOf(view);
    const { names } = ground;
    const tellers = FINDERS.map((find) => find(ground));
    return (held, showing) => {
      const scene = { names, ...held, ...showing };
      return {
        nodeCount: view.nodeCount,
        totalSize: view.snapshot.statistics.total,
        kinds: tellers.flatMap((tell) => tell(scene)).sort(byWaste),
      };
    };
  });
}

/** What one snapshot spends on nothing. The same. */
export function collectWaste(arena: Arena, snapshot: AnalysedSnapshot, showing: Showing): Omit<WasteReport, 'file'> {
  // Before paths are found: neither takes its memory beside the other.
  const waste = searchWaste(new HeapView(arena, snapshot));
  return withHolders(arena, snapshot, (held) => waste(held, showing));
}
