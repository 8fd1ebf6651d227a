import type { HeapView } from '../analysis/heap-view.js';
import type { AnalysedSnapshot } from '../analysis/index.js';
import type { WasteReport } from '../base/waste-types.js';
import type { Arena } from '../wasm/arena.js';
import { findArraySlack } from './array-slack.js';
import { findDeadVariables } from './dead-variables.js';
import { findDuplicateShapes } from './duplicate-shapes.js';
import { findDuplicateStrings } from './duplicate-strings.js';
import { findEmptyCollections } from './empty-collections.js';
import { byWaste } from './place-tally.js';
import { groundOf, type HeldNodes, type Showing, type WasteFinder, type WasteGround, withHolders } from './scene.js';
import { findSlicedStrings } from './sliced-strings.js';
import { findSparseTables } from './sparse-tables.js';
import { runSurvey, type Survey } from './survey.js';

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

/**
 * Looks for waste, which needs no paths. The analysis must have kept ids and raw sizes. What it lists lies in the arena until the end; its survey
 * is to be done in between, by this thread or with another one.
 */
export class WasteSearch {
  readonly #ground: WasteGround;

  constructor(arena: Arena, view: HeapView) {
    this.#ground = groundOf(arena, view);
  }

  get survey(): Survey {
    return this.#ground.survey;
  }

  /** When the survey is done. What it hands back needs the arena no longer. */
  finish(): FoundWaste {
    const { view, names } = this.#ground;
    const tellers = FINDERS.map((find) => find(this.#ground));
    return (held, showing) => {
      const scene = { names, ...held, ...showing };
      return {
        nodeCount: view.nodeCount,
        totalSize: view.snapshot.statistics.total,
        kinds: tellers.flatMap((tell) => tell(scene)).sort(byWaste),
      };
    };
  }
}

/** The same by this thread alone. */
export function searchWaste(arena: Arena, view: HeapView): FoundWaste {
  return arena.scratch(() => {
    const search = new WasteSearch(arena, view);
    runSurvey(arena, view.strings, search.survey);
    return search.finish();
  });
}

/** What one snapshot spends on nothing. The same. */
export function collectWaste(arena: Arena, snapshot: AnalysedSnapshot, showing: Showing): Omit<WasteReport, 'file'> {
  return withHolders(arena, snapshot, (held) => searchWaste(arena, held.view)(held, showing));
}
