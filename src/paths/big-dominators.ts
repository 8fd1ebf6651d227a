import type { HeapView } from '../analysis/heap-view.js';
import type { Bytes, Ordinal } from '../base/types.js';

/** Share of the heap from which on one object is worth a look (Eclipse MAT's leak suspects). */
export const BIG_SHARE = 0.1;
/** The largest dominated child holds less than this share of its parent: here the memory has been accumulated (MAT). */
const ACCUMULATED_SHARE = 0.7;
/** Sums of one class that stay together: the class under the accumulation point has to hold so much of it to be named. */
const CLASS_SHARE = 0.5;

/** An object that a large part of the heap hangs on. */
export interface BigDominator {
  readonly node: Ordinal;
  readonly retainedSize: Bytes;
  /** Where that memory comes together. */
  readonly accumulation: Ordinal;
  readonly accumulatedSize: Bytes;
  /** The class that most of what lies directly under the accumulation point has; undefined where no class has half of it. */
  readonly members:
    | { readonly className: string; readonly count: number; readonly retainedSize: Bytes; readonly first: Ordinal }
    | undefined;
}

/** Position in the dominator tree's preorder. */
export type Position = number;

/**
 * The topmost objects that retain more than a tenth of the heap, largest first. What stands for roots, V8's own and global
 * objects is gone through: everything hangs on those. Cost: the
 * children of each node on the way down.
 */
export function bigDominators(view: HeapView, globals: ReadonlySet<Ordinal>): BigDominator[] {
  const { retainedSize } = view;
  const least = BIG_SHARE * retainedSize[view.root];
  const found: BigDominator[] = [];
  for (const position of belowRoots(view, globals, least)) found.push(describe(view, position));
  return found.sort((a, b) => b.retainedSize - a.retainedSize || a.node - b.node);
}

/**
 * Positions of the nodes that nothing dominates but what is gone through, as far as they retain so much. What is V8's own is gone through where
 * something under it retains so much, and is told itself where nothing does.
 */
export function* belowRoots(view: HeapView, globals: ReadonlySet<Ordinal>, least: Bytes): Generator<Position> {
  const { treeOrder, retainedSize, nodeType, nodeTypes } = view;
  const isRoot = (node: Ordinal) => nodeType[node] === nodeTypes.synthetic || globals.has(node);
  const open: Position[] = [0];
  for (let position = open.pop(); position !== undefined; position = open.pop()) {
    let isAlone = !isRoot(treeOrder[position]);
    for (const child of childrenOf(view, position)) {
      const node = treeOrder[child];
      if (retainedSize[node] < least) continue;
      isAlone = false;
      if (isRoot(node) || nodeType[node] === nodeTypes.hidden) open.push(child);
      else yield child;
    }
    if (isAlone) yield position;
  }
}

function describe(view: HeapView, position: Position): BigDominator {
  const { treeOrder, retainedSize } = view;
  let accumulation = position;
  for (let next = heaviestOf(view, accumulation); next !== undefined; next = heaviestOf(view, accumulation))
    accumulation = next;
  const node = treeOrder[position];
  const accumulated = treeOrder[accumulation];
  return {
    node,
    retainedSize: retainedSize[node],
    accumulation: accumulated,
    accumulatedSize: retainedSize[accumulated],
    members: membersOf(view, accumulation, retainedSize[accumulated]),
  };
}

/** The child that has nearly all of it; undefined at an accumulation point, and at the head of a list, whose rest has nearly all, too. */
function heaviestOf(view: HeapView, position: Position): Position | undefined {
  const { treeOrder, retainedSize, classOf } = view;
  let heaviest: Position | undefined;
  for (const child of childrenOf(view, position)) {
    if (heaviest === undefined || retainedSize[treeOrder[child]] > retainedSize[treeOrder[heaviest]]) heaviest = child;
  }
  if (heaviest === undefined) return undefined;
  const [above, below] = [treeOrder[position], treeOrder[heaviest]];
  if (classOf[above] === classOf[below]) return undefined;
  return retainedSize[below] < ACCUMULATED_SHARE * retainedSize[above] ? undefined : heaviest;
}

function membersOf(view: HeapView, position: Position, whole: Bytes): BigDominator['members'] {
  const sums = new Map<number, { count: number; retainedSize: number; first: Ordinal }>();
  for (const child of childrenOf(view, position)) {
    const node = view.treeOrder[child];
    const sum = sums.get(view.classOf[node]) ?? { count: 0, retainedSize: 0, first: node };
    sum.count++;
    sum.retainedSize += view.retainedSize[node];
    sums.set(view.classOf[node], sum);
  }
  const [largest] = [...sums].sort(([, a], [, b]) => b.retainedSize - a.retainedSize || a.first - b.first);
  if (largest === undefined || largest[1].count < 2 || largest[1].retainedSize < CLASS_SHARE * whole) return undefined;
  return { className: view.classNames[largest[0]], ...largest[1] };
}

/** What a node dominates immediately: in preorder, each begins where the one before it ends. */
function* childrenOf({ treeSize }: HeapView, position: Position): Generator<Position> {
  const end = position + treeSize[position];
  for (let child = position + 1; child < end; child += treeSize[child]) yield child;
}
