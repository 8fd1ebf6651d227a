import type { HeapView } from '../analysis/heap-view.js';
import type { Bytes, Ordinal } from '../base/types.js';
import { BIG_SHARE, belowRoots } from './big-dominators.js';
import { NO_PARENT } from './holder-types.js';
import { NamesWith } from './names-with.js';
import { CONTEXT } from './v8-names.js';

/** Share of the paths that go the same way: below it the paths have parted (Eclipse MAT's leak suspects). */
const COMMON_SHARE = 0.8;
/** Members whose paths are compared: the largest. */
const MOST_PATHS = 1000;
/** Nodes of a path that are compared. */
const LONGEST_COMMON = 200;

/** Objects of one class that a large part of the heap hangs on together, though on none of them alone. */
export interface ClassGroup {
  readonly className: string;
  readonly count: number;
  readonly retainedSize: Bytes;
  /** The largest ones, by which the paths to all of them are judged. */
  readonly largest: readonly Ordinal[];
  /** Where the paths to them part; the root where they have nothing else in common. */
  readonly accumulation: Ordinal;
}

/**
 * Classes of which the instances that no other object dominates retain a tenth of the heap or more together, largest first. `parentOf`: the
 * node before each on its path. Cost: what the roots dominate, and the paths of a thousand members a group.
 */
export function bigClassGroups(view: HeapView, parentOf: Uint32Array, globals: ReadonlySet<Ordinal>): ClassGroup[] {
  const { classOf, classNames, retainedSize } = view;
  const least = BIG_SHARE * retainedSize[view.root];
  const sums = new Float64Array(classNames.length);
  for (const node of candidates(view, globals, least)) sums[classOf[node]] += retainedSize[node];
  const big = [...sums.keys()].filter((number) => sums[number] >= least);
  const members = new Map(big.map((number): [number, Ordinal[]] => [number, []]));
  if (members.size > 0) for (const node of candidates(view, globals, least)) members.get(classOf[node])?.push(node);
  return [...members]
    .filter(([, nodes]) => nodes.length > 1)
    .sort(([a], [b]) => sums[b] - sums[a] || a - b)
    .map(([number, nodes]) => {
      const largest = nodes.sort((a, b) => retainedSize[b] - retainedSize[a] || a - b).slice(0, MOST_PATHS);
      return {
        ...{ className: classNames[number], count: nodes.length, retainedSize: sums[number], largest },
        accumulation: partingOf(largest.map((node) => pathTo(view, parentOf, node))) ?? view.root,
      };
    });
}

/** Objects too small to be big dominators by themselves. Functions have one class for all, and scopes are V8's. */
function* candidates(view: HeapView, globals: ReadonlySet<Ordinal>, less: Bytes): Generator<Ordinal> {
  const { treeOrder, retainedSize, nodeType, nodeName, nodeTypes, strings } = view;
  const { object, native } = nodeTypes;
  const scopes = new NamesWith(strings, CONTEXT);
  for (const position of belowRoots(view, globals, 0)) {
    const node = treeOrder[position];
    const type = nodeType[node];
    if (retainedSize[node] < less && (type === object || type === native) && !scopes.has(nodeName[node])) yield node;
  }
}

/** From the root to the node in front of this one; empty where it is too long to be compared. */
function pathTo({ root }: HeapView, parentOf: Uint32Array, node: Ordinal): Ordinal[] {
  const path: Ordinal[] = [];
  for (let above = parentOf[node]; above !== NO_PARENT && path.length <= LONGEST_COMMON; above = parentOf[above]) {
    path.push(above);
    if (above === root) return path.reverse();
  }
  return [];
}

/** The last node that most of the paths share. */
function partingOf(paths: readonly (readonly Ordinal[])[]): Ordinal | undefined {
  let together = paths;
  let last: Ordinal | undefined;
  for (let depth = 0; ; depth++) {
    const counts = new Map<Ordinal, number>();
    for (const path of together) if (depth < path.length) counts.set(path[depth], (counts.get(path[depth]) ?? 0) + 1);
    const [most] = [...counts].sort(([a, m], [b, n]) => n - m || a - b);
    if (most === undefined || most[1] < COMMON_SHARE * paths.length) return last;
    last = most[0];
    together = together.filter((path) => path[depth] === last);
  }
}
