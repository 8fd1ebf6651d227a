import { type Stopwatch, timedAsync } from '../base/stopwatch.js';
import type { F64, Graph } from '../graph/graph.js';
import type { RawSnapshot } from '../read/snapshot-columns.js';
import type { Arena } from '../wasm/arena.js';
import { type OpenTask, openTask, takeTask, wasOpened } from '../wasm/open-task.js';
import type { WholeColumn } from '../wasm/region.js';
import { type SumSpan, sumClasses, sumClassesByHalves } from './class-sums.js';
import { dominatorBytes, orderTree, type TreeOrdering } from './dominators.js';
import {
  type AnalysedSnapshot,
  type AnalysisOptions,
  type Beside,
  type BesideOptions,
  buildGraph,
  combine,
  computeTree,
  figuresOf,
  membersOf,
  orderingOf,
  retain,
  startSizes,
  type Tree,
} from './index.js';
import { sumStatistics } from './statistics.js';
import { timed } from './timed.js';

/** Computes the part beside: here and now, or in another thread. `selfSize` holds the file's sizes, to be transferred. */
type RunBeside = (graph: Graph, selfSize: WholeColumn, options: BesideOptions) => Promise<Beside>;

/** Another thread that takes parts of an analysis. It does one after the other. */
export interface Companion {
  readonly beside: RunBeside;
  /** Orders the dominator tree, unless the task is taken by then. */
  readonly order: (ordering: TreeOrdering, task: OpenTask, stopwatch?: Stopwatch) => Promise<void>;
  /** Whether it has something else to do once the part beside and the order are done. */
  readonly isBusy: () => boolean;
  /** Adds up a part of the sums per class. */
  readonly sumSpan: (span: SumSpan, stopwatch?: Stopwatch) => Promise<void>;
}

/** All passes as `analyseSnapshot` makes them, with the part beside in another thread. */
export async function analyseOnTwoThreads(
  arena: Arena,
  raw: RawSnapshot,
  companion: Companion,
  options: AnalysisOptions = {},
): Promise<AnalysedSnapshot> {
  const { onStage = () => {}, stopwatch } = options;
  onStage('graph');
  const graph = timed(arena, stopwatch, 'tags', () => buildGraph(arena, raw));
  const selfSize = startSizes(arena, graph, options);
  const statistics = arena.zeroed('u32', 1);
  const running = companion.beside(graph, selfSize, { ownBytes: ownBytes(graph, options), statistics, stopwatch });
  // A failure of the other thread is met below, and must not count as unhandled until then.
  running.catch(() => {});
  onStage('dominators');
  const tree = computeTree(arena, graph, options);
  const retainedSize = arena.allocate('f64', graph.header.nodeCount);
  const order = arena.zeroed('u32', 1);
  const shared = { graph, tree, selfSize, retainedSize, statistics, order, running };
  const share = () => shareTheRest(arena, shared, companion, options);
  // What follows finds the memory of this touched already. Where nothing does, the part beside may have had what was left of the arena, and
  // be computed again here, behind the order's scratch: then nothing is given back.
  const { beside, sums } = await (options.isLast ? share() : arena.scratchAsync(share));
  const figures = figuresOf(tree, selfSize, retainedSize, beside);
  const members = membersOf(graph, beside);
  const sumAll = async () =>
    companion.isBusy()
      ? sumClasses(arena, members, figures)
      : sumClassesByHalves(arena, members, figures, (span) => companion.sumSpan(span, stopwatch));
  const classSums = await timedAsync(stopwatch, 'class sums', 'memory', sumAll);
  return combine(arena, graph, tree, figures, { ...beside, sums: beside.sums ?? sums }, classSums);
}

/** What either of two threads can do once the dominators are known. */
interface SharedRest {
  readonly graph: Graph;
  readonly tree: Tree;
  readonly selfSize: WholeColumn;
  readonly retainedSize: F64;
  readonly statistics: OpenTask;
  /** Looked at by the other thread at any time, so not among the scratch. */
  readonly order: OpenTask;
  /** The part beside, at which the other thread is. */
  readonly running: Promise<Beside>;
}

/** The tree's order, retained sizes and statistics: what is left goes to whoever has time. Scratch: that of the order. */
async function shareTheRest(
  arena: Arena,
  { graph, tree, selfSize, retainedSize, statistics, order, running }: SharedRest,
  companion: Companion,
  options: AnalysisOptions,
): Promise<Pick<Beside, 'sums'> & { readonly beside: Beside }> {
  const { onStage = () => {}, stopwatch } = options;
  const plan = orderingOf(arena, graph, tree, options);
  openTask(arena.memory, order);
  const ordering = companion.order(plan, order, stopwatch);
  const settled = ordering.catch(() => {});
  let ordersHere = false;
  try {
    // The other thread has been at both.
    onStage('distances');
    onStage('classes');
    // The other thread begins with the statistics, this one ends with them.
    const retainsEarly = wasOpened(arena.memory, statistics);
    if (retainsEarly) retain(arena, graph, tree, selfSize, retainedSize, stopwatch);
    ordersHere = takeTask(arena.memory, order);
    if (ordersHere) timed(arena, stopwatch, 'dominator tree', () => orderTree(arena.kernels, plan));
    const sums = takeTask(arena.memory, statistics)
      ? timed(arena, stopwatch, 'statistics', () => sumStatistics(arena, graph, selfSize))
      : undefined;
    const beside = await timedAsync(stopwatch, 'wait', 'memory', () => running);
    if (!retainsEarly) retain(arena, graph, tree, selfSize, retainedSize, stopwatch);
    if (!ordersHere) await ordering;
    return { beside, sums };
  } finally {
    // Until then the other thread is at this memory, whatever has failed here.
    if (!ordersHere && !takeTask(arena.memory, order)) await settled;
  }
}

/** No snapshot seen has a tenth of it. One that has more and fills the arena is refused as too large, and done with edges in files. */
const MANY_CLASSES = 1 << 20;

/** The most that the passes take here while the other thread is at the part beside, and up to the end. */
function ownBytes({ header, strings }: Graph, { isLast, spendIds }: AnalysisOptions): number | undefined {
  if (!isLast) return undefined;
  const { nodeCount } = header;
  const search = dominatorBytes(header) - (spendIds ? 4 * nodeCount : 0);
  // The tree, the scratch of its order, retained sizes and the statistics' scratch; sums per class.
  const end = 36.5 * nodeCount + 16 * Math.min(strings.count, MANY_CLASSES);
  return Math.max(8 * nodeCount + search, end) + (1 << 20);
}
