import type { HeapView } from '../analysis/heap-view.js';
import type { Ordinal } from '../base/types.js';
import { SEGMENT, type StringTable } from '../read/string-table.js';
import { slotsOf } from './containers.js';
import { namesIn } from './known-names.js';

/** The table of a Map or a Set: buckets, then entries of key, value (in a Map) and chain. */
export interface HashTable {
  readonly owner: Ordinal;
  readonly table: Ordinal;
  readonly isMap: boolean;
  /** Entries that it has room for. A table grows when it is full, and shrinks when less than a quarter is used. */
  readonly capacity: number;
  /** Slot of the first entry's key. */
  readonly firstSlot: number;
}

/** What the edges of a table say: smis and oddballs have none, so there may be more. */
export interface VisibleEntries {
  readonly visible: number;
  /** Deleted entries that are still shown: Node 22 and 24 do. */
  readonly holes: number;
}

/** Slots of a table in front of its buckets. */
const TABLE_HEADER = 3;
const MOST_DIGITS = 15;
const DIGIT = { first: 0x30, last: 0x39 };

/** Maps and Sets differ by size: 3 + 7b slots or 3 + 5b, and b is a power of two. Undefined for other arrays. */
export function hashTableOf(view: HeapView, owner: Ordinal, table: Ordinal): HashTable | undefined {
  const slots = slotsOf(view, table) - TABLE_HEADER;
  for (const width of [7, 5]) {
    const buckets = slots / width;
    if (buckets < 1 || !Number.isInteger(Math.log2(buckets))) continue;
    return { owner, table, isMap: width === 7, capacity: 2 * buckets, firstSlot: TABLE_HEADER + buckets };
  }
  return undefined;
}

/** Entries with a key or a value that is an object. Cost: the table's edges; names of edges only where some slots are not shown. */
export function visibleEntries(view: HeapView, { table, isMap, firstSlot }: HashTable): VisibleEntries {
  const { edgeName, edgeType, firstEdge } = view;
  const names = namesIn(view);
  const mapName = names.of('map');
  let shown = 0;
  let holes = 0;
  let first = -1;
  let last = -1;
  const end = firstEdge[table + 1];
  for (let edge = firstEdge[table]; edge < end; edge++) {
    const unusual = nextUnusual(view, edge, end, mapName);
    const isEntry =
      unusual < end && edgeType[unusual] === view.edgeTypes.internal && !mapName.includes(edgeName[unusual]);
    const isHole = isEntry && names.isEmpty(view.edgeTo[unusual]);
    const behind = isEntry && !isHole ? unusual + 1 : unusual;
    if (isHole) holes++;
    if (behind > edge) {
      if (first < 0) first = edge;
      last = behind - 1;
      shown += behind - edge;
    }
    edge = unusual;
  }
  if (!isMap || shown === 0) return { visible: shown, holes: isMap ? Math.ceil(holes / 2) : holes };
  const slotOf = slotReader(view.strings);
  const span = slotOf(view.edgeName[last]) - slotOf(view.edgeName[first]);
  // All pairs in a row, or all keys or all values: then no name in between matters.
  if (span === 3 * (shown / 2 - 1) + 1) return { visible: shown / 2, holes };
  if (span === 3 * (shown - 1)) return { visible: shown, holes };
  return { visible: countPairs(view, first, last, firstSlot), holes: Math.ceil(holes / 2) };
}

/** The next edge that is surely no entry, or may be none. By itself, since a loop that nothing rare interrupts stays compiled. */
function nextUnusual(
  { edgeName, edgeTo, edgeType, edgeTypes, nodeType, nodeTypes }: HeapView,
  from: number,
  end: number,
  mapName: readonly number[],
): number {
  const { internal } = edgeTypes;
  const { hidden } = nodeTypes;
  // As a rule a file has a text once; where it has not, all edges are looked at closely.
  if (mapName.length > 1) return from;
  const map = mapName.length === 0 ? -1 : mapName[0];
  let edge = from;
  while (edge < end && edgeType[edge] === internal && edgeName[edge] !== map && nodeType[edgeTo[edge]] !== hidden)
    edge++;
  return edge;
}

/** V8 writes slots in ascending order, so a pair's edges are neighbours. */
function countPairs(view: HeapView, first: number, last: number, firstSlot: number): number {
  const names = namesIn(view);
  const slotOf = slotReader(view.strings);
  let count = 0;
  let previous = -1;
  for (let edge = first; edge <= last; edge++) {
    if (view.edgeType[edge] !== view.edgeTypes.internal || names.isEmpty(view.edgeTo[edge])) continue;
    const slot = slotOf(view.edgeName[edge]);
    const entry = Math.floor((slot - firstSlot) / 3);
    if (slot < firstSlot || entry === previous) continue;
    previous = entry;
    count++;
  }
  return count;
}

/** At most `most` keys that are shown, half of them from the start and half from the end, in the order of insertion. */
export function keysOf(view: HeapView, { table, isMap, firstSlot }: HashTable, most: number): Ordinal[] {
  const names = namesIn(view);
  const begin = view.firstEdge[table];
  const end = view.firstEdge[table + 1];
  const slotOf = slotReader(view.strings);
  const keys: Ordinal[] = [];
  // Two edges an entry at most, and one for the shape.
  const skipTo = end - begin > 2 * most + 2 ? end - most - 1 : begin + most;
  for (let edge = begin; edge < end; edge++) {
    if (edge === begin + most && skipTo > edge) edge = skipTo;
    if (view.edgeType[edge] !== view.edgeTypes.internal || names.isEmpty(view.edgeTo[edge])) continue;
    const slot = slotOf(view.edgeName[edge]) - firstSlot;
    if (slot >= 0 && slot % (isMap ? 3 : 2) === 0) keys.push(view.edgeTo[edge]);
  }
  return keys;
}

/** Reads the number that an internal edge has for a name, -1 where it is another name. There may be millions: nothing is decoded. */
function slotReader(strings: StringTable): (index: number) => number {
  const pieces = strings.data.segments.map((segment) => new Uint8Array(segment));
  return (index) => {
    const end = strings.end(index);
    let at = strings.end(index - 1);
    let number = at === end || end - at > MOST_DIGITS ? -1 : 0;
    for (; at < end && number >= 0; at++) {
      const byte = pieces[Math.floor(at / SEGMENT)][at % SEGMENT];
      number = byte < DIGIT.first || byte > DIGIT.last ? -1 : 10 * number + byte - DIGIT.first;
    }
    return number;
  };
}
