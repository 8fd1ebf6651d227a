import { Column, type ColumnMemory } from '../graph/column.js';
import type { OpenedFile, SnapshotLayout } from '../graph/snapshot-memory.js';
import type { StringTableData } from '../read/string-table.js';
import type { Kind, Region, ViewOf } from '../wasm/region.js';

/** An opened snapshot that threads can share: columns and strings lie in shared memory, so that a message copies none of them. */
export interface SharedSnapshot {
  readonly layout: SnapshotLayout;
  /** Every column by its place in the layout. */
  readonly arrays: ReadonlyMap<string, ViewOf<Kind>>;
  readonly strings: StringTableData;
  /** How many numbers there are for classes. */
  readonly classCount: number;
}

/** Elements brought from a cache at a time, a few milliseconds' worth. */
const PIECE = 1 << 19;

/** All of an opened snapshot. `rest` is waited for now and then. Cost where it comes from a cache: all of it is read. */
export async function shareSnapshot(
  { layout, memory }: OpenedFile,
  rest: () => Promise<unknown>,
): Promise<SharedSnapshot> {
  const arrays = new Map<string, ViewOf<Kind>>();
  for (const region of regionsOf(layout)) {
    const column = memory.column(region);
    for (let from = 0; from < column.length; from += PIECE) {
      column.bring(from, Math.min(from + PIECE, column.length));
      await rest();
    }
    arrays.set(placeOf(region), column.array);
  }
  return { layout, arrays, strings: memory.wholeStrings(), classCount: memory.classNames.length };
}

/** The columns of a shared snapshot. */
export function columnsOf({ arrays }: Pick<SharedSnapshot, 'arrays'>): ColumnMemory {
  return {
    column: <K extends Kind>(region: Region & { readonly kind: K }) =>
      new Column<K>(arrays.get(placeOf(region)) as ViewOf<K>),
  };
}

function regionsOf({ graph, ...results }: SnapshotLayout): Region[] {
  const values = [...Object.values(results), ...Object.values(graph.columns), graph.tags, graph.detachedness];
  return values.filter((value): value is Region => 'offset' in value);
}

/** Columns without content may lie at one offset. */
const placeOf = ({ kind, offset, length }: Region): string => `${kind} ${offset} ${length}`;
