import type { ClassSummary, Edge, Ordinal, Statistics } from '../base/types.js';
import { UNREACHED } from '../base/types.js';
import { EdgeList } from './edge-list.js';
import { type Columns, type FigureName, Opened } from './opened.js';
import { memoryOf, type SnapshotHandover, type SnapshotLayout, type SnapshotMemory } from './snapshot-memory.js';

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

  constructor(file: string, layout: SnapshotLayout, memory: SnapshotMemory) {
    const { header } = layout.graph;
    this.file = file;
    this.nodeCount = header.nodeCount;
    this.edgeCount = header.edgeCount;
    this.totalSize = layout.statistics.total;
    this.root = header.root;
    this.nodeTypes = header.nodeTypes;
    this.#open = new Opened(layout, memory);
  }

  static of(file: string, handover: SnapshotHandover): HeapSnapshot {
    return new HeapSnapshot(file, handover, memoryOf(handover));
  }

  /** Cost where the snapshot comes from a cache: each column is read when it is first taken from here. */
  get columns(): Columns {
    return this.#data.columns;
  }

  /** `columns[column][ordinal]`, without reading the whole column where the snapshot comes from a cache. */
  figure(column: FigureName, ordinal: Ordinal): number {
    return this.#data.figures[column].at(this.#checked(ordinal));
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
    return this.nodeTypes[this.figure('type', ordinal)];
  }

  /** The name as DevTools shows it: joined for concatenated strings, `{a, b}` for plain objects (S8). */
  nodeName(ordinal: Ordinal): string {
    return this.#data.names.display(this.#checked(ordinal));
  }

  className(ordinal: Ordinal): string {
    const { memory, classOf } = this.#data;
    return memory.classNames[classOf.at(this.#checked(ordinal))];
  }

  /**
   * Nodes of a class that have a self size, as `classes()` counts them; of all classes with this name where several share
   * it. Cost: one pass over the nodes.
   */
  members(className: string): Uint32Array {
    const { memory, columns } = this.#data;
    const classOf = this.#data.classOf.array;
    const { selfSize } = columns;
    const wanted = Uint8Array.from(memory.classNames, (name) => Number(name === className));
    const members: Ordinal[] = [];
    for (let ordinal = 0; ordinal < classOf.length; ordinal++) {
      if (wanted[classOf[ordinal]] === 1 && selfSize[ordinal] > 0) members.push(ordinal);
    }
    return Uint32Array.from(members);
  }

  /** Edges in the file's order. */
  edges(ordinal: Ordinal): EdgeList {
    const data = this.#data;
    const first = data.firstEdge.at(this.#checked(ordinal));
    const count = data.firstEdge.at(ordinal + 1) - first;
    return new EdgeList(count, (position) => data.edge(first + position, ordinal));
  }

  /** Edges that point to the node, in the file's order. */
  retainers(ordinal: Ordinal): EdgeList {
    const data = this.#data;
    const first = data.firstRetainer.at(this.#checked(ordinal));
    const count = data.firstRetainer.at(ordinal + 1) - first;
    return new EdgeList(count, (position) => {
      const edge = data.retainerEdges.at(first + position);
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
    if (this.#data.distance.at(node) === UNREACHED) return path;
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
    const position = treePosition.at(this.#checked(ordinal));
    const end = position + treeSize.at(position);
    let count = 0;
    for (let child = position + 1; child < end; child += treeSize.at(child)) count++;
    const children = new Uint32Array(count);
    let next = 0;
    for (let child = position + 1; child < end; child += treeSize.at(child)) children[next++] = treeOrder.at(child);
    return children;
  }

  /** Every class with a member that has a self size, largest retained size first (S9). */
  classes(): ClassSummary[] {
    return [...this.#data.memory.classes];
  }

  statistics(): Statistics {
    return this.#data.layout.statistics;
  }

  /** Lets go of the snapshot's memory. Columns taken before stay readable and keep it alive. */
  close(): void {
    this.#open?.memory.close();
    this.#open = undefined;
  }

  #checked(ordinal: Ordinal): Ordinal {
    if (Number.isInteger(ordinal) && ordinal >= 0 && ordinal < this.nodeCount) return ordinal;
    throw new RangeError(`found ordinal ${ordinal}, expected a whole number below ${this.nodeCount}`);
  }
}
