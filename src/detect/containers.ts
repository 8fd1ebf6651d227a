import type { HeapView } from '../analysis/heap-view.js';
import type { Ordinal } from '../base/types.js';
import { SEGMENT, type StringTable } from '../read/string-table.js';
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
/** What stands in front of every array's slots: its shape and its length. */
const ARRAY_HEADER = 2;
const MOST_DIGITS = 15;
const DIGIT = { first: 0x30, last: 0x39 };

/** Whether a node is a text or a number: equal to others as a rule, and less telling than objects. */
export function isPlain({ nodeType, nodeTypes }: HeapView, node: Ordinal): boolean {
  const type = nodeType[node];
  return (
    type === nodeTypes.string ||
    type === nodeTypes['concatenated string'] ||
    type === nodeTypes['sliced string'] ||
    type === nodeTypes.number
  );
}

/** Slots of an array: its capacity, which says nothing about how many are used. */
export function slotsOf(view: HeapView, array: Ordinal): number {
  return Math.max(0, view.rawSelfSize(array) / view.pointerSize - ARRAY_HEADER);
}

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
  const names = namesIn(view);
  const mapName = names.of('map');
  let shown = 0;
  let holes = 0;
  let first = -1;
  let last = -1;
  const end = view.firstEdge[table + 1];
  for (let edge = view.firstEdge[table]; edge < end; edge++) {
    if (view.edgeType[edge] !== view.edgeTypes.internal || mapName.includes(view.edgeName[edge])) continue;
    if (names.isEmpty(view.edgeTo[edge])) {
      holes++;
      continue;
    }
    if (first < 0) first = edge;
    last = edge;
    shown++;
  }
  if (!isMap || shown === 0) return { visible: shown, holes: isMap ? Math.ceil(holes / 2) : holes };
  const slotOf = slotReader(view.strings);
  const span = slotOf(view.edgeName[last]) - slotOf(view.edgeName[first]);
  // All pairs in a row, or all keys or all values: then no name in between matters.
  if (span === 3 * (shown / 2 - 1) + 1) return { visible: shown / 2, holes };
  if (span === 3 * (shown - 1)) return { visible: shown, holes };
  return { visible: countPairs(view, first, last, firstSlot), holes: Math.ceil(holes / 2) };
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

/**
 * Calls `visit` with what the slots of an array, the entries of a table, or the properties of an object lead to. `mostAtEnds`: so many
 * edges are looked at from each end of what keeps the order in which a program adds; dictionaries do not.
 */
export function forEachEntry(
  view: HeapView,
  container: Ordinal,
  visit: (node: Ordinal) => void,
  mostAtEnds = Number.POSITIVE_INFINITY,
): void {
  const { edgeName, edgeTo, edgeType, edgeTypes, firstEdge } = view;
  const names = namesIn(view);
  const table = names.internal(container, 'table');
  const from = table < 0 ? container : table;
  const [named, numbered] = table < 0 ? [edgeTypes.property, edgeTypes.element] : [edgeTypes.internal, -1];
  const ignored = [...names.of('map'), ...names.of('__proto__')];
  const isOrdered = table >= 0 || names.of('Array').includes(view.nodeName[container]);
  const begin = firstEdge[from];
  const end = firstEdge[from + 1];
  const leaveAt = isOrdered ? begin + mostAtEnds : end;
  for (let edge = begin; edge < end; edge++) {
    if (edge === leaveAt) edge = Math.max(edge, end - mostAtEnds);
    const type = edgeType[edge];
    if (type !== numbered && (type !== named || ignored.includes(edgeName[edge]))) continue;
    if (!names.isEmpty(edgeTo[edge])) visit(edgeTo[edge]);
  }
}

/**
 * Calls `visit` for every pair of a WeakMap, and returns how many values were left over. V8 writes the weak edges to a key and to its
 * value, then the strong one to the value, which only holds together with the key: paths and sizes leave it out.
 */
export function forEachPair(view: HeapView, weakMap: Ordinal, visit: (key: Ordinal, value: Ordinal) => void): number {
  const { edgeTypes, edgeType, edgeTo, firstEdge } = view;
  const names = namesIn(view);
  const table = names.internal(weakMap, 'table');
  if (table < 0) return 0;
  const mapName = names.of('map');
  let unpaired = 0;
  const begin = firstEdge[table];
  for (let edge = begin; edge < firstEdge[table + 1]; edge++) {
    if (edgeType[edge] !== edgeTypes.internal || mapName.includes(view.edgeName[edge])) continue;
    const isPair =
      edge - begin >= 2 &&
      edgeType[edge - 1] === edgeTypes.weak &&
      edgeType[edge - 2] === edgeTypes.weak &&
      edgeTo[edge - 1] === edgeTo[edge];
    if (isPair) visit(edgeTo[edge - 2], edgeTo[edge]);
    else unpaired++;
  }
  return unpaired;
}
