import type { HeapView } from '../analysis/heap-view.js';
import type { Names } from './names.js';

const LISTED = ['Array', 'Map', 'Object', 'Set'] as const;

/** Nodes of type `object` by their name in the file, ascending: what collections are looked for among. */
export type ObjectLists = Readonly<Record<(typeof LISTED)[number], Uint32Array>>;

/** Cost: two passes over the nodes, the second one over those that are listed as well. */
export function listObjects(
  { nodeCount, nodeType, nodeName, nodeTypes, strings }: HeapView,
  names: Names,
): ObjectLists {
  const listOf = new Uint8Array(strings.count);
  for (const [list, name] of LISTED.entries()) for (const index of names.indexes(name)) listOf[index] = list + 1;
  const counts = new Uint32Array(LISTED.length + 1);
  for (let node = 0; node < nodeCount; node++)
    if (nodeType[node] === nodeTypes.object) counts[listOf[nodeName[node]]]++;
  const lists = LISTED.map((_, list) => new Uint32Array(counts[list + 1]));
  const filled = new Uint32Array(LISTED.length + 1);
  for (let node = 0; node < nodeCount; node++) {
    if (nodeType[node] !== nodeTypes.object) continue;
    const list = listOf[nodeName[node]];
    if (list > 0) lists[list - 1][filled[list]++] = node;
  }
  return { Array: lists[0], Map: lists[1], Object: lists[2], Set: lists[3] };
}
