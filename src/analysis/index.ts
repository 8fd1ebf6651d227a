import type { ClassSummary, Stage, Statistics } from '../base/types.js';
import { type F64, type Graph, type I32, resolveEdgeTypes, resolveNodeTypes, type U32 } from '../graph/graph.js';
import type { RawSnapshot } from '../read/snapshot-columns.js';
import type { Arena } from '../wasm/arena.js';
import { assignClasses, type Classes, sumClasses } from './classes.js';
import { computeDetachedness } from './detachedness.js';
import { computeDistances } from './distances.js';
import { computeDominators } from './dominators.js';
import type { InterfaceDefinition } from './interface-tree.js';
import { computeRetainedSizes, computeSelfSizes } from './sizes.js';
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

export type OnStage = (stage: Stage) => void;

/**
 * All passes in the order that devtools-semantics S1 prescribes. `onStage` is called before each stage and may throw to
 * end the work. Cost: about 70 bytes a node and 13 an edge at the worst moment.
 */
export function analyseSnapshot(arena: Arena, raw: RawSnapshot, onStage: OnStage = () => {}): AnalysedSnapshot {
  const nodes = raw.header.nodeCount;
  onStage('graph');
  const graph = buildGraph(arena, raw);
  const dominator = arena.allocate('u32', nodes);
  const treeOrder = arena.allocate('u32', nodes);
  const treeSize = arena.allocate('u32', nodes);
  // `order` lies where `treeOrder` and `treeSize` cannot: the retained sizes still need it after those are filled.
  const selfSize = arena.allocate('f64', nodes);
  const retainedSize = arena.allocate('f64', nodes);
  onStage('dominators');
  arena.scratch(() => {
    const tree = { order: arena.allocate('u32', nodes), idom: arena.allocate('u32', nodes) };
    computeDominators(arena, graph, tree);
    arena.kernels.dominatorsByOrdinal(tree.order.offset, tree.idom.offset, nodes, dominator.offset);
    computeSelfSizes(arena, graph, selfSize);
    computeRetainedSizes(arena, graph, tree.order, dominator, selfSize, retainedSize);
    arena.scratch(() => {
      const [size, next] = [arena.allocate('u32', nodes), arena.allocate('u32', nodes)];
      arena.kernels.orderTree(
        tree.order.offset,
        tree.idom.offset,
        nodes,
        size.offset,
        next.offset,
        treeOrder.offset,
        treeSize.offset,
      );
    });
  });
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
