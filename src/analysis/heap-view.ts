import { columnsIn } from '../graph/column.js';
import type { EdgeTypes, NodeTypes } from '../graph/graph.js';
import { NodeNames } from '../graph/names.js';
import type { Header } from '../read/header.js';
import type { StringTable } from '../read/string-table.js';
import type { Arena } from '../wasm/arena.js';
import { viewOf, type WholeColumn } from '../wasm/region.js';
import { Fingerprints } from './fingerprints.js';
import type { AnalysedSnapshot } from './index.js';
import { edgeNamed } from './named-edges.js';
import { type StringIndexes, TextIndexes } from './text-indexes.js';

/** Nodes by which it is told how large pointers are. */
const POINTER_SAMPLE = 1 << 12;

/**
 * An analysed snapshot as rules look at it: plain typed arrays by ordinal or by edge, and the few questions that all of them ask.
 * Read, never write. It lies in the arena, so it is good until that is used for the next snapshot.
 */
export class HeapView {
  /** For passes over all nodes or edges, which kernels make. */
  readonly arena: Arena;
  readonly header: Header;
  readonly nodeCount: number;
  readonly root: number;
  readonly nodeTypes: NodeTypes;
  readonly edgeTypes: EdgeTypes;
  readonly strings: StringTable;
  readonly names: NodeNames;
  /** Codes as in `nodeTypes`. */
  readonly nodeType: Uint8Array;
  /** String indexes. */
  readonly nodeName: Uint32Array;
  /** One byte a string, as `TAG` says. */
  readonly tags: Uint8Array;
  readonly detachedness: Uint8Array;
  /** Edges of node n: firstEdge[n] … firstEdge[n + 1]. */
  readonly firstEdge: Uint32Array;
  /** Of its texts. */
  readonly fingerprints: Fingerprints;
  readonly edgeType: Uint8Array;
  /** String indexes; the number itself for `element` and `hidden` edges. */
  readonly edgeName: Uint32Array;
  readonly edgeTo: Uint32Array;
  readonly retainedSize: Float64Array;
  /** The root is its own. */
  readonly dominator: Uint32Array;
  /** -5 where nothing reaches the node, from 100,000,000 on where only the system does. */
  readonly distance: Int32Array;
  /** Preorder of the dominator tree → ordinal, and → nodes in the subtree. */
  readonly treeOrder: Uint32Array;
  readonly treeSize: Uint32Array;
  /** What `rawSelfSize` reads, for loops over all nodes. */
  readonly rawSelfSizes: Halves;
  /** Into `classNames`. */
  readonly classOf: Uint32Array;
  readonly classNames: readonly string[];
  readonly snapshot: AnalysedSnapshot;
  readonly #buffer: ArrayBufferLike;
  #pointerSize: 4 | 8 | undefined;
  readonly #texts: TextIndexes;
  readonly #id: Halves;
  readonly #selfSize: Halves;

  constructor(arena: Arena, snapshot: AnalysedSnapshot) {
    const { graph } = snapshot;
    const { columns, header } = graph;
    this.arena = arena;
    this.#buffer = arena.memory.buffer;
    this.snapshot = snapshot;
    this.header = header;
    this.nodeCount = header.nodeCount;
    this.root = header.root;
    this.nodeTypes = graph.nodeTypes;
    this.edgeTypes = graph.edgeTypes;
    this.strings = graph.strings;
    this.#texts = new TextIndexes(graph.strings);
    this.names = new NodeNames(graph, columnsIn(this.#buffer));
    this.nodeType = arena.view(columns.nodeType);
    this.nodeName = arena.view(columns.nodeName);
    this.tags = arena.view(graph.tags);
    this.detachedness = arena.view(graph.detachedness);
    this.firstEdge = arena.view(columns.firstEdge);
    this.fingerprints = new Fingerprints(this);
    this.edgeType = arena.view(columns.edgeType);
    this.edgeName = arena.view(columns.edgeName);
    this.edgeTo = arena.view(columns.edgeTo);
    this.retainedSize = arena.view(snapshot.retainedSize);
    this.dominator = arena.view(snapshot.dominator);
    this.distance = arena.view(snapshot.distance);
    this.treeOrder = arena.view(snapshot.treeOrder);
    this.treeSize = arena.view(snapshot.treeSize);
    this.classOf = arena.view(snapshot.classOf);
    this.classNames = snapshot.classes.registry.names;
    this.#id = this.#halves(columns.nodeId);
    this.#selfSize = this.#halves(snapshot.selfSize);
    this.rawSelfSizes = this.#halves(columns.rawSelfSize);
  }

  /** Bytes of a pointer of the heap: 8, or 4 where V8 compresses them. */
  get pointerSize(): 4 | 8 {
    this.#pointerSize ??= this.#guessPointerSize();
    return this.#pointerSize;
  }

  id(node: number): number {
    return at(this.#id, node);
  }

  /** As DevTools shows it (S5). */
  selfSize(node: number): number {
    return at(this.#selfSize, node);
  }

  /** As the file has it: what capacities are computed from. The analysis must have kept raw sizes. */
  rawSelfSize(node: number): number {
    return at(this.rawSelfSizes, node);
  }

  typeName(node: number): string {
    return this.header.nodeTypes[this.nodeType[node]];
  }

  edgeTypeName(edge: number): string {
    return this.header.edgeTypes[this.edgeType[edge]];
  }

  /** The name as the file has it. */
  name(node: number): string {
    return this.strings.text(this.nodeName[node]);
  }

  className(node: number): string {
    return this.classNames[this.classOf[node]];
  }

  /** Where these texts are in the file's strings. Cost: one pass over their lengths, for all texts not asked for before. */
  indexesOf(texts: Iterable<string>): StringIndexes {
    return this.#texts.of(texts);
  }

  /** One flag a string: whether it is one of these texts. */
  flagsOf(texts: Iterable<string>): Uint8Array {
    const flags = new Uint8Array(this.strings.count);
    for (const indexes of this.indexesOf(texts).values()) for (const index of indexes) flags[index] = 1;
    return flags;
  }

  /** The first edge of that type with one of these names, -1 if there is none. Cost: the node's edges. */
  edgeNamed(node: number, type: number, names: readonly number[]): number {
    return edgeNamed(this, node, type, names);
  }

  /** Where that edge leads, -1 if there is none. */
  targetNamed(node: number, type: number, names: readonly number[]): number {
    const edge = this.edgeNamed(node, type, names);
    return edge < 0 ? -1 : this.edgeTo[edge];
  }

  #halves({ low, high }: WholeColumn): Halves {
    return { low: viewOf(this.#buffer, low), high: high && viewOf(this.#buffer, high) };
  }

  /** Objects of a heap with compressed pointers have sizes that 8 does not divide: so many that a sample has one. */
  #guessPointerSize(): 4 | 8 {
    const { nodeCount, nodeType, nodeTypes } = this;
    const { object, closure } = nodeTypes;
    const { low } = this.rawSelfSizes;
    const step = Math.max(1, Math.floor(nodeCount / POINTER_SAMPLE));
    for (let node = 0; node < nodeCount; node += step) {
      const type = nodeType[node];
      if ((type === object || type === closure) && low[node] % 8 !== 0) return 4;
    }
    return 8;
  }
}

/** Whole numbers, by their low and high 32 bits; without high ones where all are small. */
export interface Halves {
  readonly low: Uint32Array;
  readonly high: Uint32Array | undefined;
}

function at({ low, high }: Halves, index: number): number {
  return high === undefined ? low[index] : low[index] + high[index] * 2 ** 32;
}
