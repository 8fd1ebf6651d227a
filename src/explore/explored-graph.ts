import { Fingerprints } from '../analysis/fingerprints.js';
import { type StringIndexes, TextIndexes } from '../analysis/text-indexes.js';
import type { Ordinal } from '../base/types.js';
import type { EdgeTypes, NodeTypes } from '../graph/graph.js';
import { NodeNames } from '../graph/names.js';
import type { Header } from '../read/header.js';
import { StringTable } from '../read/string-table.js';
import { columnsOf, type SharedSnapshot } from './shared-columns.js';

/** A shared snapshot as plain typed arrays by ordinal or by edge. Read, never write. */
export class ExploredGraph {
  readonly header: Header;
  readonly nodeCount: number;
  readonly edgeCount: number;
  readonly root: Ordinal;
  readonly nodeTypes: NodeTypes;
  readonly edgeTypes: EdgeTypes;
  readonly strings: StringTable;
  readonly names: NodeNames;
  readonly classCount: number;
  /** Codes as in `nodeTypes`. */
  readonly nodeType: Uint8Array;
  /** String indexes. */
  readonly nodeName: Uint32Array;
  /** One byte a string; bits as `TAG` says. */
  readonly tags: Uint8Array;
  /** Edges of node n: firstEdge[n] … firstEdge[n + 1]. */
  readonly firstEdge: Uint32Array;
  /** Of its texts. */
  readonly fingerprints: Fingerprints;
  readonly edgeType: Uint8Array;
  readonly edgeName: Uint32Array;
  readonly edgeTo: Uint32Array;
  /** Edges into node n, ascending: retainers[firstRetainer[n]] … */
  readonly firstRetainer: Uint32Array;
  readonly retainers: Uint32Array;
  readonly id: Float64Array;
  readonly selfSizes: Float64Array;
  readonly retainedSize: Float64Array;
  readonly dominator: Uint32Array;
  readonly distance: Int32Array;
  readonly detachedness: Uint8Array;
  readonly classOf: Uint32Array;
  /** Preorder of the dominator tree → ordinal, → nodes in the subtree; ordinal → place in it. */
  readonly treeOrder: Uint32Array;
  readonly treeSize: Uint32Array;
  readonly treePosition: Uint32Array;
  readonly #texts: TextIndexes;
  readonly #renamesDetached: boolean;

  constructor(shared: SharedSnapshot) {
    const { layout, strings } = shared;
    const { graph } = layout;
    const memory = columnsOf(shared);
    this.header = graph.header;
    this.nodeCount = graph.header.nodeCount;
    this.edgeCount = graph.header.edgeCount;
    this.root = graph.header.root;
    this.nodeTypes = graph.nodeTypes;
    this.edgeTypes = graph.edgeTypes;
    this.classCount = shared.classCount;
    this.strings = new StringTable(strings);
    this.names = new NodeNames({ ...graph, strings: this.strings }, memory);
    this.nodeType = memory.column(graph.columns.nodeType).array;
    this.nodeName = memory.column(graph.columns.nodeName).array;
    this.tags = memory.column(graph.tags).array;
    this.firstEdge = memory.column(graph.columns.firstEdge).array;
    this.fingerprints = new Fingerprints(this);
    this.edgeType = memory.column(graph.columns.edgeType).array;
    this.edgeName = memory.column(graph.columns.edgeName).array;
    this.edgeTo = memory.column(graph.columns.edgeTo).array;
    this.firstRetainer = memory.column(layout.firstRetainer).array;
    this.retainers = memory.column(layout.retainers).array;
    this.id = memory.column(layout.id).array;
    this.selfSizes = memory.column(layout.selfSize).array;
    this.retainedSize = memory.column(layout.retainedSize).array;
    this.dominator = memory.column(layout.dominator).array;
    this.distance = memory.column(layout.distance).array;
    this.detachedness = memory.column(graph.detachedness).array;
    this.classOf = memory.column(layout.classOf).array;
    this.treeOrder = memory.column(layout.treeOrder).array;
    this.treeSize = memory.column(layout.treeSize).array;
    this.treePosition = memory.column(layout.treePosition).array;
    this.#texts = new TextIndexes(this.strings);
    this.#renamesDetached = graph.renamesDetached;
  }

  selfSize(node: Ordinal): number {
    return this.selfSizes[node];
  }

  /** Whether S10 has put a word in front of the node's name. */
  isRenamed(node: Ordinal): boolean {
    return this.#renamesDetached && this.nodeType[node] === this.nodeTypes.native && this.detachedness[node] === 2;
  }

  /** Where these texts are in the file's strings. Cost: one pass over their lengths, for all texts not asked for before. */
  indexesOf(texts: Iterable<string>): StringIndexes {
    return this.#texts.of(texts);
  }
}
