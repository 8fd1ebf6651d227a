import type { AnalysedSnapshot } from '../analysis/index.js';
import type { WasteReport } from '../base/waste-types.js';
import type { Arena } from '../wasm/arena.js';
import { findArraySlack } from './array-slack.js';
import { findDeadVariables } from './dead-variables.js';
import { findDuplicateShapes } from './duplicate-shapes.js';
import { findDuplicateStrings } from './duplicate-strings.js';
import { findEmptyCollections } from './empty-collections.js';
import { byWaste } from './place-tally.js';
import { type Showing, type WasteFinder, withScene } from './scene.js';
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

/** What one snapshot spends on nothing. The analysis must have kept ids and raw sizes. */
export function collectWaste(arena: Arena, snapshot: AnalysedSnapshot, showing: Showing): Omit<WasteReport, 'file'> {
  return withScene(arena, snapshot, showing, (scene) => ({
    nodeCount: snapshot.graph.header.nodeCount,
    totalSize: snapshot.statistics.total,
    kinds: FINDERS.flatMap((find) => find(scene)).sort(byWaste),
  }));
}
