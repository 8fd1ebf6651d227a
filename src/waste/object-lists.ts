import type { HeapView } from '../analysis/heap-view.js';
import type { Names } from './names.js';
import { NodeList } from './node-list.js';

const LISTED = ['Array', 'Map', 'Object', 'Set'] as const;

/**
 * Nodes of type `object` by their name in the file, ascending: what collections are looked for among. Of plain objects those that have no
 * class of their own: what goes by its properties has some.
 */
export type ObjectLists = Readonly<Record<(typeof LISTED)[number], Uint32Array>>;

/** What plain objects are called whose properties name no class. */
const PLAIN: ReadonlySet<string> = new Set(['Object', '{}']);

/** Cost: one pass over the nodes. */
export function listObjects(
  { nodeCount, nodeType, nodeName, nodeTypes, strings, classOf, classNames }: HeapView,
  names: Names,
): ObjectLists {
  const listOf = new Uint8Array(strings.count);
  for (const [list, name] of LISTED.entries()) for (const index of names.indexes(name)) listOf[index] = list + 1;
  const isPlain = Uint8Array.from(classNames, (name) => Number(PLAIN.has(name)));
  const plain = 1 + LISTED.indexOf('Object');
  const lists = LISTED.map(() => new NodeList());
  const { object } = nodeTypes;
  for (let node = 0; node < nodeCount; node++) {
    if (nodeType[node] !== object) continue;
    const list = listOf[nodeName[node]];
    if (list > 0 && (list !== plain || isPlain[classOf[node]] === 1)) lists[list - 1].add(node);
  }
  const [arrays, maps, objects, sets] = lists.map((list) => list.all);
  return { Array: arrays, Map: maps, Object: objects, Set: sets };
}
