import type { ClassSummary, Stage, Statistics } from '../base/types.js';
import { type F64, type Graph, type I32, resolveEdgeTypes, resolveNodeTypes, type U32 } from '../graph/graph.js';
import type { RawSnapshot } from '../read/snapshot-columns.js';
import type { Arena } from '../wasm/arena.js';
import { assignClasses, type Classes, sumClasses } from './classes.js';
import { computeDetachedness } from './detachedness.js';
import { computeDistances } from './distances.js';
import { computeDominators, orderDominators } from './dominators.js';
import type { InterfaceDefinition } from './interface-tree.js';
import { computeRetainedSizes, transferSelfSizes } from './sizes.js';
import { computeStatistics } from './statistics.js';
import { tagDescriptorLinks, tagStrings } from './string-tags.js';

/** Everything computed from one snapshot. Columns are regions of the arena, by ordinal unless said otherwise. */
export interface AnalysedSnapshot {
  readonly graph: Graph;
  readonly selfSize: F64;
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
}

export interface AnalysisOptions {
  /** Called before each stage; may throw to end the work. */
  readonly onStage?: (stage: Stage) => void;
  /** Leaves `rawSelfSize` as it is, for 8 bytes a node; otherwise its column becomes `selfSize`. */
  readonly keepRawSizes?: boolean;
}

/**
 * All passes in the order that devtools-semantics S1 prescribes. Cost: about 66 bytes a node and 9 to 13 an edge at the
 * worst moment, reading included.
 */
export function analyseSnapshot(arena: Arena, raw: RawSnapshot, options: AnalysisOptions = {}): AnalysedSnapshot {
  const { onStage = () => {} } = options;
  const nodes = raw.header.nodeCount;
  onStage('graph');
  const graph = buildGraph(arena, raw);
  onStage('dominators');
  // What outlives the search comes before its scratch, all other results after it, in pages it has touched already.
  const tree = { order: arena.allocate('u32', nodes), idom: arena.allocate('u32', nodes) };
  computeDominators(arena, graph, tree);
  const { dominator, treeOrder, treeSize } = orderDominators(arena, nodes, tree);
  const selfSize = options.keepRawSizes ? copyOf(arena, raw.columns.rawSelfSize) : raw.columns.rawSelfSize;
  transferSelfSizes(arena, graph, selfSize);
  const retainedSize = arena.allocate('f64', nodes);
  computeRetainedSizes(arena, graph, tree.order, dominator, selfSize, retainedSize);
  onStage('distances');
  const distance = arena.allocate('i32', nodes);
  computeDistances(arena, graph, distance);
  onStage('classes');
  const classOf = arena.allocate('u32', nodes);
  const classes = assignClasses(arena, graph, classOf);
  const figures = { selfSize, retainedSize, distance, treeOrder, treeSize };
  const summaries = sumClasses(arena, graph, classes, classOf, figures);
  const statistics = computeStatistics(arena, graph, selfSize, arena.view(retainedSize)[graph.header.root]);
  return { graph, ...figures, dominator, classOf, classes, summaries, statistics };
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
    return sumClasses(arena, snapshot.graph, classes, classOf, snapshot);
  });
}

function copyOf(arena: Arena, column: F64): F64 {
  const copy = arena.allocate('f64', column.length);
  arena.view(copy).set(arena.view(column));
  return copy;
}

function buildGraph(arena: Arena, raw: RawSnapshot): Graph {
  const { header, columns, strings } = raw;
  const nodeTypes = resolveNodeTypes(header.nodeTypes);
  const edgeTypes = resolveEdgeTypes(header.edgeTypes);
  const { tags, ephemerons } = tagStrings(arena, strings);
  tagDescriptorLinks(arena, raw, tags, nodeTypes.array);
  const detachedness = arena.allocate('u8', header.nodeCount);
  computeDetachedness(arena, raw, nodeTypes, edgeTypes, tags, detachedness);
  const renamesDetached = columns.detachedness !== undefined;
  return { ...raw, nodeTypes, edgeTypes, tags, ephemerons, detachedness, renamesDetached };
}
