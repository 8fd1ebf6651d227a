import type { HeapView } from '../analysis/heap-view.js';
import type { Bytes, Ordinal } from '../base/types.js';
import { namesIn } from './known-names.js';

/** What stands in front of every array's slots: its shape and its length. */
const ARRAY_HEADER = 2;

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

/** The size of an array with so many. */
export function bytesOfSlots({ pointerSize }: HeapView, slots: number): Bytes {
  return (slots + ARRAY_HEADER) * pointerSize;
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
