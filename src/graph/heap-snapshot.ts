import type { ClassSummary, Edge, Ordinal, Statistics } from '../base/types.js';
import { UNREACHED } from '../base/types.js';
import { StringTable, type StringTableData } from '../read/string-table.js';
import { viewOf } from '../wasm/region.js';
import { EdgeList } from './edge-list.js';
import type { F64, I32, U32 } from './graph.js';
import { type NamedGraph, NodeNames } from './names.js';

/** What a worker hands over: shared memory and where the columns lie in it. Plain data; nothing is copied. */
export interface SnapshotHandover {
  readonly file: string;
  readonly buffer: SharedArrayBuffer;
  readonly graph: Omit<NamedGraph, 'strings'>;
  readonly strings: StringTableData;
  readonly id: F64;
  readonly selfSize: F64;
  readonly rawSelfSize: F64;
  readonly retainedSize: F64;
  readonly dominator: U32;
  readonly distance: I32;
  readonly classOf: U32;
  readonly treeOrder: U32;
  readonly treeSize: U32;
  /** Ordinal → position in the dominator tree's preorder. */
  readonly treePosition: U32;
  readonly firstRetainer: U32;
  /** Edge indexes by the node they point to. */
  readonly retainers: U32;
  readonly classNames: readonly string[];
  readonly classes: readonly ClassSummary[];
  readonly statistics: Statistics;
}

/** Columns by ordinal. They are the engine's own memory: read, never write. */
export interface Columns {
  readonly id: Float64Array;
  /** Index into `nodeTypes`. */
  readonly type: Uint8Array;
  /** After the shallow-size transfer, as DevTools shows it (S5). */
  readonly selfSize: Float64Array;
  /** As the file says. */
  readonly rawSelfSize: Float64Array;
  readonly retainedSize: Float64Array;
  /** Ordinal of the immediate dominator; the root is its own. */
  readonly dominator: Uint32Array;
  /** Edges from the nearest user root; -5 where unreached, from 100,000,000 where only the system reaches (S7). */
  readonly distance: Int32Array;
  /** 0 unknown, 1 attached, 2 detached (S10). */
  readonly detachedness: Uint8Array;
}

/**
 * One analysed snapshot. Everything heavy has been computed; methods walk a few columns. Strings are decoded when asked for.
 * Methods throw a RangeError for an ordinal outside the snapshot, and an Error after `close`.
 */
export class HeapSnapshot {
  readonly file: string;
  readonly nodeCount: number;
  readonly edgeCount: number;
  /** Retained size of the root plus the header's native bytes. */
  readonly totalSize: number;
  readonly root: Ordinal;
  readonly nodeTypes: readonly string[];
  #open: Opened | undefined;

  constructor(handover: SnapshotHandover) {
    const { header } = handover.graph;
    this.file = handover.file;
    this.nodeCount = header.nodeCount;
    this.edgeCount = header.edgeCount;
    this.totalSize = handover.statistics.total;
    this.root = header.root;
    this.nodeTypes = header.nodeTypes;
    this.#open = new Opened(handover);
  }

  get columns(): Columns {
    return this.#data.columns;
  }

  get #data(): Opened {
    if (this.#open === undefined) throw new Error('found a snapshot that was closed, expected an open one');
    return this.#open;
  }

  /** The node with this id, -1 if there is none. Cost: one pass over the ids. */
  ordinalOf(id: number): Ordinal {
    return this.columns.id.indexOf(id);
  }

  nodeType(ordinal: Ordinal): string {
    return this.nodeTypes[this.columns.type[this.#checked(ordinal)]];
  }

  /** The name as DevTools shows it: joined for concatenated strings, `{a, b}` for plain objects (S8). */
  nodeName(ordinal: Ordinal): string {
    return this.#data.names.display(this.#checked(ordinal));
  }

  className(ordinal: Ordinal): string {
    const { handover, classOf } = this.#data;
    return handover.classNames[classOf[this.#checked(ordinal)]];
  }

  /**
   * Nodes of a class that have a self size, as `classes()` counts them; of all classes with this name where several share
   * it. Cost: one pass over the nodes.
   */
  members(className: string): Uint32Array {
    const { handover, classOf, columns } = this.#data;
    const wanted = Uint8Array.from(handover.classNames, (name) => Number(name === className));
    return new Uint32Array(classOf.keys()).filter(
      (ordinal) => wanted[classOf[ordinal]] === 1 && columns.selfSize[ordinal] > 0,
    );
  }

  /** Edges in the file's order. */
  edges(ordinal: Ordinal): EdgeList {
    const data = this.#data;
    const first = data.firstEdge[this.#checked(ordinal)];
    const count = data.firstEdge[ordinal + 1] - first;
    return new EdgeList(count, (position) => data.edge(first + position, ordinal));
  }

  /** Edges that point to the node, in the file's order. */
  retainers(ordinal: Ordinal): EdgeList {
    const data = this.#data;
    const first = data.firstRetainer[this.#checked(ordinal)];
    const count = data.firstRetainer[ordinal + 1] - first;
    return new EdgeList(count, (position) => {
      const edge = data.retainerEdges[first + position];
      return data.edge(edge, data.sourceOf(edge));
    });
  }

  /**
   * A shortest path by distance: [0] is the edge into the node, the last one starts at the root. Empty for the root and for
   * nodes that no search reaches. Cost: the retainers of the nodes on the path.
   */
  pathToRoot(ordinal: Ordinal): Edge[] {
    const path: Edge[] = [];
    let node = this.#checked(ordinal);
    if (this.columns.distance[node] === UNREACHED) return path;
    while (node !== this.root) {
      const edge = this.#data.nearestRetainer(node, this.root);
      if (edge === undefined) break;
      path.push(edge);
      node = edge.from;
    }
    return path;
  }

  /** Nodes whose immediate dominator is this one. */
  dominated(ordinal: Ordinal): Uint32Array {
    const { treeOrder, treeSize, treePosition } = this.#data;
    const position = treePosition[this.#checked(ordinal)];
    const end = position + treeSize[position];
    let count = 0;
    for (let child = position + 1; child < end; child += treeSize[child]) count++;
    const children = new Uint32Array(count);
    let next = 0;
    for (let child = position + 1; child < end; child += treeSize[child]) children[next++] = treeOrder[child];
    return children;
  }

  /** Every class with a member that has a self size, largest retained size first (S9). */
  classes(): ClassSummary[] {
    return [...this.#data.handover.classes];
  }

  statistics(): Statistics {
    return this.#data.handover.statistics;
  }

  /** Lets go of the snapshot's memory. Columns taken before stay readable and keep it alive. */
  close(): void {
    this.#open = undefined;
  }

  #checked(ordinal: Ordinal): Ordinal {
    if (Number.isInteger(ordinal) && ordinal >= 0 && ordinal < this.nodeCount) return ordinal;
    throw new RangeError(`found ordinal ${ordinal}, expected a whole number below ${this.nodeCount}`);
  }
}

/** Views over the handed-over memory. */
class Opened {
  readonly handover: SnapshotHandover;
  readonly columns: Columns;
  readonly names: NodeNames;
  readonly classOf: Uint32Array;
  readonly firstEdge: Uint32Array;
  readonly firstRetainer: Uint32Array;
  readonly retainerEdges: Uint32Array;
  readonly treeOrder: Uint32Array;
  readonly treeSize: Uint32Array;
  readonly treePosition: Uint32Array;
  readonly #edgeType: Uint8Array;
  readonly #edgeTo: Uint32Array;

  constructor(handover: SnapshotHandover) {
    const { buffer, graph } = handover;
    this.handover = handover;
    this.columns = Object.freeze({
      id: viewOf(buffer, handover.id),
      type: viewOf(buffer, graph.columns.nodeType),
      selfSize: viewOf(buffer, handover.selfSize),
      rawSelfSize: viewOf(buffer, handover.rawSelfSize),
      retainedSize: viewOf(buffer, handover.retainedSize),
      dominator: viewOf(buffer, handover.dominator),
      distance: viewOf(buffer, handover.distance),
      detachedness: viewOf(buffer, graph.detachedness),
    });
    this.names = new NodeNames({ ...graph, strings: new StringTable(handover.strings) }, buffer);
    this.classOf = viewOf(buffer, handover.classOf);
    this.firstEdge = viewOf(buffer, graph.columns.firstEdge);
    this.firstRetainer = viewOf(buffer, handover.firstRetainer);
    this.retainerEdges = viewOf(buffer, handover.retainers);
    this.treeOrder = viewOf(buffer, handover.treeOrder);
    this.treeSize = viewOf(buffer, handover.treeSize);
    this.treePosition = viewOf(buffer, handover.treePosition);
    this.#edgeType = viewOf(buffer, graph.columns.edgeType);
    this.#edgeTo = viewOf(buffer, graph.columns.edgeTo);
  }

  edge(index: number, from: Ordinal): Edge {
    const type = this.handover.graph.header.edgeTypes[this.#edgeType[index]];
    return { index, type, name: this.names.edge(index), from, to: this.#edgeTo[index] };
  }

  /** The node that edge `index` belongs to: the last one whose first edge is not behind it. */
  sourceOf(index: number): Ordinal {
    let low = 0;
    let high = this.firstEdge.length - 1;
    while (low + 1 < high) {
      const middle = (low + high) >>> 1;
      if (this.firstEdge[middle] <= index) low = middle;
      else high = middle;
    }
    return low;
  }

  /**
   * The retainer to follow towards the root: the root itself for a user root, otherwise the nearest one. It is always nearer
   * than the node, so a path ends. Weak edges hold nothing and are passed over.
   */
  nearestRetainer(node: Ordinal, root: Ordinal): Edge | undefined {
    const { distance } = this.columns;
    const { weak } = this.handover.graph.edgeTypes;
    let best: number | undefined;
    let bestSource = -1;
    for (let slot = this.firstRetainer[node]; slot < this.firstRetainer[node + 1]; slot++) {
      const edge = this.retainerEdges[slot];
      const source = this.sourceOf(edge);
      if (source === root && distance[node] === 1) {
        // Any edge from the root makes a user root, a weak one too (S7); one that holds says more.
        if (this.#edgeType[edge] !== weak) return this.edge(edge, source);
        best ??= edge;
        bestSource = source;
      }
      if (this.#edgeType[edge] === weak || bestSource === root) continue;
      if (distance[source] === UNREACHED || distance[source] >= distance[node]) continue;
      if (best === undefined || distance[source] < distance[bestSource]) {
        best = edge;
        bestSource = source;
      }
    }
    return best === undefined ? undefined : this.edge(best, bestSource);
  }
}
