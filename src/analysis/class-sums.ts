import type { F64, I32, U32 } from '../graph/graph.js';
import type { Arena } from '../wasm/arena.js';
import type { Kernels } from '../wasm/kernels.js';
import type { WholeColumn } from '../wasm/region.js';

/** What the sums are made from, besides each node's class. */
export interface NodeFigures {
  readonly selfSize: WholeColumn;
  readonly retainedSize: F64;
  readonly distance: I32;
  readonly treeOrder: U32;
  readonly treeSize: U32;
}

/** Sums per class number (S9), over members with a self size. */
export interface ClassSums {
  readonly count: Uint32Array;
  readonly selfSize: Float64Array;
  /** The smallest; the largest i32 where there is no member. */
  readonly distance: Int32Array;
  /** What the class retains as a whole: what lies below another member of it is not counted. */
  readonly retainedSize: Float64Array;
}

/** Whose members are summed up. */
export interface ClassesOfNodes {
  readonly nodes: number;
  /** Class numbers are below this. */
  readonly classes: number;
  readonly classOf: U32;
}

/** Half of the sums, or all: what they read and where they go, as addresses, for any thread. */
export interface SumSpan {
  /** Nodes by ordinal, and positions in the dominator tree's preorder. */
  readonly from: number;
  readonly to: number;
  readonly classOf: number;
  readonly selfSize: number;
  /** 0 where all fit the low halves. */
  readonly selfSizeHigh: number;
  readonly distance: number;
  readonly retainedSize: number;
  readonly treeOrder: number;
  readonly treeSize: number;
  readonly counts: number;
  readonly selfSizes: number;
  readonly least: number;
  readonly covered: number;
  readonly retained: number;
}

/** All of them here. Scratch: 28 bytes a class. */
export function sumClasses(arena: Arena, members: ClassesOfNodes, figures: NodeFigures): ClassSums {
  return arena.scratch(() => {
    const { span, read } = planSpan(arena, members, figures, 0, members.nodes);
    sumSpan(arena.kernels, span);
    return read();
  });
}

/** The same on two threads: `sumElsewhere` has another one take the second half. Scratch: 56 bytes a class, not handed back. */
export async function sumClassesByHalves(
  arena: Arena,
  members: ClassesOfNodes,
  figures: NodeFigures,
  sumElsewhere: (span: SumSpan) => Promise<void>,
): Promise<ClassSums> {
  const { nodes } = members;
  const middle = Math.floor(nodes / 2);
  const first = planSpan(arena, members, figures, 0, middle);
  const second = planSpan(arena, members, figures, middle, nodes);
  const elsewhere = sumElsewhere(second.span);
  // A failure is met below, and must not count as unhandled until then.
  elsewhere.catch(() => {});
  sumSpan(arena.kernels, first.span);
  await elsewhere;
  return merge(first.read(), second.read());
}

function planSpan(
  arena: Arena,
  { classes, classOf }: ClassesOfNodes,
  { selfSize, retainedSize, distance, treeOrder, treeSize }: NodeFigures,
  from: number,
  to: number,
): { readonly span: SumSpan; readonly read: () => ClassSums } {
  const counts = arena.zeroed('u32', classes);
  const selfSizes = arena.zeroed('f64', classes);
  const least = arena.allocate('i32', classes);
  arena.view(least).fill(0x7fff_ffff);
  const covered = arena.zeroed('u32', classes);
  const retained = arena.zeroed('f64', classes);
  const span = {
    ...{ from, to, classOf: classOf.offset, selfSize: selfSize.low.offset, selfSizeHigh: selfSize.high?.offset ?? 0 },
    ...{ distance: distance.offset, retainedSize: retainedSize.offset },
    ...{ treeOrder: treeOrder.offset, treeSize: treeSize.offset },
    ...{ counts: counts.offset, selfSizes: selfSizes.offset, least: least.offset },
    ...{ covered: covered.offset, retained: retained.offset },
  };
  const read = () => ({
    count: Uint32Array.from(arena.view(counts)),
    selfSize: Float64Array.from(arena.view(selfSizes)),
    distance: Int32Array.from(arena.view(least)),
    retainedSize: Float64Array.from(arena.view(retained)),
  });
  return { span, read };
}

/** Adds up a span. One that begins further on first goes over the subtrees before it, in steps as large as these are. */
export function sumSpan(kernels: Kernels, span: SumSpan): void {
  const { from, to, classOf, selfSize, selfSizeHigh, distance, retainedSize, treeOrder, treeSize } = span;
  const { counts, selfSizes, least, covered, retained } = span;
  kernels.countClasses(from, to, classOf, selfSize, selfSizeHigh, distance, counts, selfSizes, least);
  kernels.coverAncestors(treeOrder, treeSize, from, classOf, selfSize, selfSizeHigh, covered);
  kernels.sumRetained(treeOrder, treeSize, from, to, classOf, selfSize, selfSizeHigh, retainedSize, covered, retained);
}

/** Whole numbers below 2^53: in which order they are added makes no difference. */
function merge(one: ClassSums, other: ClassSums): ClassSums {
  return {
    count: one.count.map((count, number) => count + other.count[number]),
    selfSize: one.selfSize.map((size, number) => size + other.selfSize[number]),
    distance: one.distance.map((distance, number) => Math.min(distance, other.distance[number])),
    retainedSize: one.retainedSize.map((size, number) => size + other.retainedSize[number]),
  };
}
