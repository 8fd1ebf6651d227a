// The semi-external mode: node columns in memory, edges in files. The same passes with the same results as in src/analysis, in an
// order that lets columns go early.

import type { Classes } from '../analysis/classes.js';
import type { InterfaceDefinition } from '../analysis/interface-tree.js';
import { statisticsOf } from '../analysis/statistics.js';
import { tagStrings } from '../analysis/string-tags.js';
import { timed } from '../analysis/timed.js';
import type { ClassSummary, Stage, Statistics } from '../base/types.js';
import { resolveEdgeTypes, resolveNodeTypes } from '../graph/graph.js';
import type { EdgeFiles } from '../read/edge-window.js';
import type { RawSnapshot } from '../read/snapshot-columns.js';
import type { Arena } from '../wasm/arena.js';
import { assignClasses, summarize } from './classes.js';
import { computeDominators, computeRetainedSizes, orderDominators } from './dominators.js';
import { markEdges, markRootEdges, tagDescriptorLinks } from './edge-bits.js';
import { EdgeReader } from './edge-reader.js';
import { Shelf } from './shelf.js';
import { sumStatistics } from './statistics.js';
import { computeDetachedness, computeDistances, transferSelfSizes } from './walks.js';
import type { ExternalSizes, Workspace } from './workspace.js';

/** What is known of a snapshot in the end. Its columns by node are on the workspace's shelf. */
export interface ExternalSnapshot {
  readonly workspace: Workspace;
  readonly classes: Classes;
  readonly summaries: readonly ClassSummary[];
  readonly statistics: Statistics;
}

/** Takes a snapshot that has just been read, with its edges in files: node columns go to the shelf, the arena starts anew. */
export function openWorkspace(
  arena: Arena,
  raw: RawSnapshot,
  files: EdgeFiles,
  sizes: ExternalSizes,
  folder: string,
  {
    isOfSeries = false,
    keepsAll = false,
    stopwatch,
  }: Partial<Pick<Workspace, 'isOfSeries' | 'keepsAll' | 'stopwatch'>> = {},
): Workspace {
  const { columns, ...rest } = raw;
  const shelf = new Shelf(arena);
  shelf.put('nodeType', columns.nodeType);
  shelf.put('nodeName', columns.nodeName);
  shelf.put('nodeId', columns.nodeId.low);
  if (columns.nodeId.high) shelf.put('nodeIdHigh', columns.nodeId.high);
  shelf.put('selfSize', columns.rawSelfSize.low);
  if (columns.rawSelfSize.high) shelf.put('selfSizeHigh', columns.rawSelfSize.high);
  shelf.put('firstEdge', columns.firstEdge);
  if (columns.detachedness) shelf.put('detachedness', columns.detachedness);
  arena.reset();
  const graph = {
    ...rest,
    nodeTypes: resolveNodeTypes(raw.header.nodeTypes),
    edgeTypes: resolveEdgeTypes(raw.header.edgeTypes),
    ...timed(arena, stopwatch, 'tags', () => tagStrings(arena, raw.strings)),
    renamesDetached: columns.detachedness !== undefined,
  };
  const edges = new EdgeReader(files, sizes.windowRows);
  return { arena, shelf, edges, graph, sizes, folder, isOfSeries, keepsAll, stopwatch, caches: new Map() };
}

/** All passes. What no later one needs leaves the shelf. */
export function analyseExternally(workspace: Workspace, onStage: (stage: Stage) => void = () => {}): ExternalSnapshot {
  const { arena, shelf, graph, isOfSeries, keepsAll, stopwatch } = workspace;
  const pass = <T>(stage: string, work: (workspace: Workspace) => T) =>
    timed(arena, stopwatch, stage, () => work(workspace));
  onStage('graph');
  pass('edge bits', tagDescriptorLinks);
  pass('edge bits', markEdges);
  pass('edge bits', markRootEdges);
  onStage('dominators');
  computeDominators(workspace);
  pass('dominator tree', orderDominators);
  onStage('distances');
  pass('detachedness', computeDetachedness);
  shelf.drop('visible');
  pass('size transfer', transferSelfSizes);
  shelf.drop('firm');
  pass('distances', computeDistances);
  shelf.drop('open', 'pairEdges', 'pairNumbers', 'rootTargets', 'userRoots');
  onStage('classes');
  pass('retained sizes', computeRetainedSizes);
  const classes = pass('classes', () => assignClasses(workspace));
  const sums = pass('statistics', sumStatistics);
  if (!isOfSeries && !keepsAll) shelf.drop('nodeType', 'nodeName', 'firstEdge', 'detachedness');
  const summaries = pass('class sums', () => summarize(workspace, classes));
  const retainedOfRoot = shelf.view('retainedSize', 'f64')[graph.header.root];
  return { workspace, classes, summaries, statistics: statisticsOf(graph, sums, retainedOfRoot) };
}

/** The classes of a snapshot under the interfaces of another one of its series. */
export function classesUnder(
  { workspace }: ExternalSnapshot,
  interfaces: readonly InterfaceDefinition[],
): ClassSummary[] {
  return summarize(workspace, assignClasses(workspace, interfaces));
}
