import { COLLECTIONS } from './hash-tables.js';
import { type PlaceRow, PlaceTally } from './place-tally.js';
import type { WasteGround, WasteTeller } from './scene.js';

/** Smaller tables are as V8 begins them: `empty-collections` has those that show nothing. */
const LEAST_CAPACITY = 8;

/**
 * Tables of Maps and Sets with room for at least twice as many entries as they show: made anew, they would be smaller. Certain is only
 * what deleted entries leave, where the file shows them; an entry of nothing but numbers shows nothing. Catalogue: D1.
 */
export function findSparseTables({ view, objects, tables }: WasteGround): WasteTeller {
  const tally = new PlaceTally();
  for (const collection of COLLECTIONS) {
    for (const node of view.arena.view(objects[collection])) {
      const table = tables.of(collection, node);
      if (table === undefined || table.capacity < LEAST_CAPACITY) continue;
      // With more than half of its places taken it is none, however many they are.
      const { least, most } = tables.entries(table, table.capacity / 2);
      if (2 * least > table.capacity) continue;
      const certain = Math.max(0, table.bytes - tables.bytesFor(collection, most));
      tally.add(node, table.bytes, certain, Math.max(certain, table.bytes - tables.bytesFor(collection, least)));
    }
  }
  return (scene) => [tally.kind(scene, 'sparse-tables', noteOf)];
}

function noteOf({ count, bytes }: PlaceRow): string {
  return `tables of ${Math.round(bytes / count)} bytes on average`;
}
