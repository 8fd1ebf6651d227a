import { SnapshotError } from '../base/errors.js';
import type { Stopwatch } from '../base/stopwatch.js';
import type { ClassSummary, Stage, Statistics } from '../base/types.js';
import { type F64, type Graph, type I32, resolveEdgeTypes, resolveNodeTypes, type U32 } from '../graph/graph.js';
import type { Header } from '../read/header.js';
import type { RawSnapshot } from '../read/snapshot-columns.js';
import type { StringTable } from '../read/string-table.js';
import type { Arena, ArenaSpan } from '../wasm/arena.js';
import { type OpenTask, openTask, takeTask } from '../wasm/open-task.js';
import type { WholeColumn } from '../wasm/region.js';
import { type ClassesOfNodes, type ClassSums, type NodeFigures, sumClasses } from './class-sums.js';
import { assignClasses, type Classes, summariesOf, summarizeClasses } from './classes.js';
import { computeDetachedness } from './detachedness.js';
import { computeDistances } from './distances.js';
import {
  computeDominators,
  type DominatorColumns,
  type DominatorTree,
  orderTree,
  placeTree,
  planOrdering,
  TOUCHED_AHEAD,
  type TreeOrdering,
} from './dominators.js';
import type { InterfaceDefinition } from './interface-tree.js';
import { computeRetainedSizes, transferSelfSizes } from './sizes.js';
import { type StatisticSums, statisticsOf, sumStatistics } from './statistics.js';
import { tagDescriptorLinks, tagStrings } from './string-tags.js';
import { timed } from './timed.js';

/** Everything computed from one snapshot. Columns are regions of the arena, by ordinal unless said otherwise. */
export interface AnalysedSnapshot {
  readonly graph: Graph;
  readonly selfSize: WholeColumn;
  readonly retainedSize: F64;
  /** Ordinals; the root is its own. */
  readonly dominator: U32;
  readonly distance: I32;
  /** Class numbers, into `classes.registry`. */
  readonly classOf: U32;
  /** Preorder position in the dominator tree → ordinal, and → nodes in the subtree. */
  readonly treeOrder: U32;
  readonly treeSize: U32;
  readonly classes: Classes;
  readonly summaries: readonly ClassSummary[];
  readonly statistics: Statistics;
  /** 8 bytes a node that the passes have touched and nobody needs any more. */
  readonly spare: F64;
}

export interface AnalysisOptions {
  /** Called before each stage; may throw to end the work. */
  readonly onStage?: (stage: Stage) => void;
  /** Leaves `rawSelfSize` as it is, for 4 bytes a node or 8; otherwise its column becomes `selfSize`. */
  readonly keepRawSizes?: boolean;
  /** Allows the column of node ids to be written over once no pass needs it: 4 bytes a node less. */
  readonly spendIds?: boolean;
  /** Nothing is going to be computed in the arena afterwards, so that the passes may share all it has. */
  readonly isLast?: boolean;
  /** Where the time and memory of each pass are noted. */
  readonly stopwatch?: Stopwatch;
}

/** What is known as soon as the columns are there. */
export interface SnapshotCounts {
  readonly header: Header;
  readonly strings: Pick<StringTable, 'count'>;
}

/** What does not need dominators, and can be computed beside them. */
export interface Beside {
  readonly distance: I32;
  readonly classOf: U32;
  readonly classes: Classes;
  /** Undefined where the other thread has taken them on. */
  readonly sums?: StatisticSums;
}

export interface BesideOptions {
  /** Bytes that the passes here may take meanwhile; undefined where something is to be computed in the arena afterwards, too. */
  readonly ownBytes?: number;
  /** The statistics' place among what either thread can do; else they are computed here. */
  readonly statistics?: OpenTask;
  readonly stopwatch?: Stopwatch;
}

/** What strings' tags and the search for dominators will fill first, for another thread to touch ahead of it. */
export function touchedFirst(arena: Arena, { header, strings }: SnapshotCounts): ArenaSpan {
  return arena.ahead(TOUCHED_AHEAD * header.nodeCount + strings.count);
}

/**
 * All passes, one after the other, in the order that devtools-semantics S1 prescribes. Cost: about 66 bytes a node and 9 to
 * 13 an edge at the worst moment, reading included.
 */
export function analyseSnapshot(arena: Arena, raw: RawSnapshot, options: AnalysisOptions = {}): AnalysedSnapshot {
  const { onStage = () => {}, stopwatch } = options;
  onStage('graph');
  const graph = timed(arena, stopwatch, 'tags', () => buildGraph(arena, raw));
  onStage('dominators');
  const tree = computeTree(arena, graph, options);
  timed(arena, stopwatch, 'dominator tree', () =>
    arena.scratch(() => orderTree(arena.kernels, orderingOf(arena, graph, tree, options))),
  );
  const selfSize = startSizes(arena, graph, options);
  onStage('distances');
  const beside = computeBeside(arena, graph, selfSize, { stopwatch }, () => onStage('classes'));
  const retainedSize = arena.allocate('f64', graph.header.nodeCount);
  retain(arena, graph, tree, selfSize, retainedSize, stopwatch);
  const figures = figuresOf(tree, selfSize, retainedSize, beside);
  const sums = timed(arena, stopwatch, 'class sums', () => sumClasses(arena, membersOf(graph, beside), figures));
  return combine(arena, graph, tree, figures, beside, sums);
}

/** Room for the part beside: its results, and the scratch of its hungriest pass with every node a plain object. */
export function besideBytes({ header, strings }: SnapshotCounts): number {
  return 48 * header.nodeCount + 16 * strings.count + 4 * header.edgeCount + (1 << 20);
}

/** Detachedness, shallow-size transfer, distances, classes, statistics. */
export function computeBeside(
  arena: Arena,
  graph: Graph,
  selfSize: WholeColumn,
  { statistics, stopwatch }: BesideOptions = {},
  onClasses: () => void = () => {},
): Beside {
  const { nodeCount } = graph.header;
  const pass = <T>(stage: string, work: () => T) => timed(arena, stopwatch, stage, work);
  const distance = arena.allocate('i32', nodeCount);
  const classOf = arena.allocate('u32', nodeCount);
  pass('detachedness', () => computeDetachedness(arena, graph));
  pass('size transfer', () => transferSelfSizes(arena, graph, selfSize));
  if (statistics) openTask(arena.memory, statistics);
  pass('distances', () => {
    tagDescriptorLinks(arena, graph);
    computeDistances(arena, graph, distance);
  });
  onClasses();
  const classes = pass('classes', () => assignClasses(arena, graph, classOf));
  const result = { distance, classOf, classes };
  if (statistics && !takeTask(arena.memory, statistics)) return result;
  return { ...result, sums: pass('statistics', () => sumStatistics(arena, graph, selfSize)) };
}

/** The dominator tree, in the order of the search and by node. */
export interface Tree extends DominatorTree, DominatorColumns {}

export function computeTree(arena: Arena, graph: Graph, options: AnalysisOptions): Tree {
  const { spendIds, stopwatch } = options;
  const { nodeCount } = graph.header;
  // What outlives the search comes before its scratch, all other results after it, in pages it has touched already.
  const tree = { order: arena.allocate('u32', nodeCount), idom: arena.allocate('u32', nodeCount) };
  computeDominators(arena, graph, tree, { spare: spendIds ? graph.columns.nodeId.low : undefined, stopwatch });
  return { ...tree, ...timed(arena, stopwatch, 'dominators by node', () => placeTree(arena, nodeCount, tree)) };
}

export function orderingOf(
  arena: Arena,
  { header, columns }: Graph,
  tree: Tree,
  { spendIds }: AnalysisOptions,
): TreeOrdering {
  return planOrdering(arena, header.nodeCount, tree, spendIds ? columns.nodeId.low : undefined);
}

/** Needs the sizes that the part beside has transferred. */
export function retain(
  arena: Arena,
  graph: Graph,
  { order, dominator }: Tree,
  selfSize: WholeColumn,
  retainedSize: F64,
  stopwatch?: Stopwatch,
): void {
  timed(arena, stopwatch, 'retained sizes', () =>
    computeRetainedSizes(arena, graph, order, dominator, selfSize, retainedSize),
  );
}

export function startSizes(arena: Arena, { header, columns }: Graph, { keepRawSizes }: AnalysisOptions): WholeColumn {
  if (!keepRawSizes) return columns.rawSelfSize;
  const copyOf = (half: U32) => {
    const copy = arena.allocate('u32', header.nodeCount);
    arena.view(copy).set(arena.view(half));
    return copy;
  };
  const { low, high } = columns.rawSelfSize;
  return { low: copyOf(low), high: high && copyOf(high) };
}

export function figuresOf(
  { treeOrder, treeSize }: Tree,
  selfSize: WholeColumn,
  retainedSize: F64,
  { distance }: Beside,
): NodeFigures {
  return { selfSize, retainedSize, distance, treeOrder, treeSize };
}

export function membersOf({ header }: Graph, { classOf, classes }: Beside): ClassesOfNodes {
  return { nodes: header.nodeCount, classes: classes.registry.size, classOf };
}

export function combine(
  arena: Arena,
  graph: Graph,
  { order, dominator }: Tree,
  figures: NodeFigures,
  { classOf, classes, sums }: Beside,
  classSums: ClassSums,
): AnalysedSnapshot {
  if (sums === undefined)
    throw new SnapshotError('INTERNAL', 'found statistics that no thread has computed, expected one to');
  const statistics = statisticsOf(graph, sums, arena.view(figures.retainedSize)[graph.header.root]);
  const summaries = summariesOf(classes.registry, classSums);
  // The search's order, and behind it what it has found in that order: by ordinal there is all of it, too.
  const spare: F64 = { kind: 'f64', offset: order.offset, length: graph.header.nodeCount };
  return { graph, ...figures, dominator, classOf, classes, summaries, statistics, spare };
}

/** The classes of a snapshot under the interfaces of another one of its series. */
export function classesUnder(
  arena: Arena,
  snapshot: AnalysedSnapshot,
  interfaces: readonly InterfaceDefinition[],
): ClassSummary[] {
  return arena.scratch(() => {
    const classOf = arena.allocate('u32', snapshot.graph.header.nodeCount);
    const classes = assignClasses(arena, snapshot.graph, classOf, interfaces);
    return summarizeClasses(arena, snapshot.graph, classes, classOf, snapshot);
  });
}

export function buildGraph(arena: Arena, raw: RawSnapshot): Graph {
  const { header, columns, strings } = raw;
  const nodeTypes = resolveNodeTypes(header.nodeTypes);
  const edgeTypes = resolveEdgeTypes(header.edgeTypes);
  const { tags, ephemerons } = tagStrings(arena, strings);
  // The states are worked out in place.
  const detachedness = columns.detachedness ?? arena.allocate('u8', header.nodeCount);
  const renamesDetached = columns.detachedness !== undefined;
  return { ...raw, nodeTypes, edgeTypes, tags, ephemerons, detachedness, renamesDetached };
}
