import { HeapView } from '../analysis/heap-view.js';
import type { AnalysedSnapshot } from '../analysis/index.js';
import type { U32 } from '../graph/graph.js';
import type { Arena } from '../wasm/arena.js';
import { findPaths, type Paths, startPaths } from './find-paths.js';
import { findGlobals } from './globals.js';
import { groupByKey, type KeyGroups } from './key-groups.js';
import type { Labels } from './labels.js';

/** Groups of nodes that the root reaches in the same way. */
export interface PathGroups extends KeyGroups {
  /** Group of the node before a group's first member; 0 at the root. */
  readonly parents: Uint32Array;
  /** By ordinal. */
  readonly groupOf: U32;
  /** The node before each on its path; 0xffffffff where there is none. */
  readonly parentOf: U32;
}

/** The groups of a snapshot: 8 bytes a node, and 12 of scratch. `labels` of `labelStrings`, which are scratch otherwise. */
export function groupByPath(arena: Arena, snapshot: AnalysedSnapshot, labels?: Labels): PathGroups {
  const { graph, distance } = snapshot;
  const globals = findGlobals(new HeapView(arena, snapshot));
  const groupOf = arena.allocate('u32', graph.header.nodeCount);
  const parentOf = arena.allocate('u32', graph.header.nodeCount);
  return arena.scratch(() => {
    const keys = arena.allocate('f64', graph.header.nodeCount);
    const request = { graph, distance, globals, keys, parentOf, steps: groupOf };
    return groupPaths(arena, snapshot, findPaths(arena, request, startPaths(arena, request, labels)), groupOf);
  });
}

/** Groups the nodes of paths that have been found; fills `groupOf`. */
export function groupPaths(
  arena: Arena,
  snapshot: AnalysedSnapshot,
  { order, keys, parentOf }: Paths,
  groupOf: U32,
): PathGroups {
  const groups = groupByKey(arena, snapshot, order, keys, groupOf);
  const [numbers, before] = [arena.view(groupOf), arena.view(parentOf)];
  const parents = Uint32Array.from(groups.firstMembers, (node, group) => (group === 0 ? 0 : numbers[before[node]]));
  return { ...groups, parents, groupOf, parentOf };
}
