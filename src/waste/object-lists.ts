import type { HeapView } from '../analysis/heap-view.js';
import { firstOf } from '../analysis/node-lists.js';
import type { U32 } from '../graph/graph.js';
import type { Names } from './names.js';

const LISTED = ['Array', 'Map', 'Object', 'Set'] as const;

/** A number for each list, and 0. */
const GROUPS = 256;

/**
 * Nodes of type `object` by their name in the file, ascending, in the arena: what collections are looked for among. Of plain objects those that
 * have no class of their own: what goes by its properties has some.
 */
export type ObjectLists = Readonly<Record<(typeof LISTED)[number], U32>>;

/** What plain objects are called whose properties name no class. */
const PLAIN: ReadonlySet<string> = new Set(['Object', '{}']);

/** Cost: two passes over the nodes. */
export function listObjects(view: HeapView, names: Names): ObjectLists {
  const { arena } = view;
  const groupOf = arena.zeroed('u8', view.strings.count);
  for (const [list, name] of LISTED.entries())
    for (const index of names.indexes(name)) arena.view(groupOf)[index] = list + 1;
  const lists = listByName(view, groupOf.offset);
  const [arrays, maps, objects, sets] = lists;
  return { Array: arrays, Map: maps, Object: withoutClass(view, objects), Set: sets };
}

function listByName({ arena, snapshot, nodeTypes, nodeCount }: HeapView, groupOf: number): readonly U32[] {
  const { nodeType, nodeName } = snapshot.graph.columns;
  const counts = arena.zeroed('u32', GROUPS);
  const columns = [nodeType.offset, nodeName.offset, nodeCount, nodeTypes.object, groupOf] as const;
  arena.kernels.countNamed(...columns, counts.offset);
  const sizes = LISTED.map((_, list) => arena.view(counts)[list + 1]);
  const all = arena.allocate(
    'u32',
    sizes.reduce((sum, size) => sum + size, 0),
  );
  const next = arena.view(counts);
  const starts = sizes.map((_, list) => sizes.slice(0, list).reduce((sum, size) => sum + size, 0));
  for (const [list, start] of starts.entries()) next[list + 1] = start;
  arena.kernels.listNamed(...columns, counts.offset, all.offset);
  return sizes.map((size, list) => ({ kind: 'u32', offset: all.offset + 4 * starts[list], length: size }));
}

function withoutClass({ arena, snapshot, classNames }: HeapView, objects: U32): U32 {
  const isPlain = arena.allocate('u8', classNames.length);
  arena.view(isPlain).set(classNames.map((name) => Number(PLAIN.has(name))));
  const { classOf } = snapshot;
  return firstOf(objects, arena.kernels.keepFlagged(objects.offset, objects.length, classOf.offset, isPlain.offset));
}
