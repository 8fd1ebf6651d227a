import { type Edge, type Ordinal, UNREACHED } from '../base/types.js';
import type { Column } from './column.js';
import { NodeNames } from './names.js';
import type { SnapshotLayout, SnapshotMemory } from './snapshot-memory.js';

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

export type FigureName = keyof Columns;

/** The columns of an open snapshot, and what several of its methods need. */
export class Opened {
  readonly layout: SnapshotLayout;
  readonly memory: SnapshotMemory;
  readonly figures: Figures;
  readonly columns: Columns;
  readonly names: NodeNames;
  readonly distance: Column<'i32'>;
  readonly classOf: Column<'u32'>;
  readonly firstEdge: Column<'u32'>;
  readonly firstRetainer: Column<'u32'>;
  readonly retainerEdges: Column<'u32'>;
  readonly treeOrder: Column<'u32'>;
  readonly treeSize: Column<'u32'>;
  readonly treePosition: Column<'u32'>;
  readonly #edgeType: Column<'u8'>;
  readonly #edgeTo: Column<'u32'>;

  constructor(layout: SnapshotLayout, memory: SnapshotMemory) {
    const { graph } = layout;
    this.layout = layout;
    this.memory = memory;
    this.figures = figuresOf(layout, memory);
    this.columns = publicColumns(this.figures);
    this.names = new NodeNames({ ...graph, strings: memory.strings }, memory);
    this.distance = memory.column(layout.distance);
    this.classOf = memory.column(layout.classOf);
    this.firstEdge = memory.column(graph.columns.firstEdge);
    this.firstRetainer = memory.column(layout.firstRetainer);
    this.retainerEdges = memory.column(layout.retainers);
    this.treeOrder = memory.column(layout.treeOrder);
    this.treeSize = memory.column(layout.treeSize);
    this.treePosition = memory.column(layout.treePosition);
    this.#edgeType = memory.column(graph.columns.edgeType);
    this.#edgeTo = memory.column(graph.columns.edgeTo);
  }

  edge(index: number, from: Ordinal): Edge {
    const type = this.layout.graph.header.edgeTypes[this.#edgeType.at(index)];
    return { index, type, name: this.names.edge(index), from, to: this.#edgeTo.at(index) };
  }

  /** The node that edge `index` belongs to: the last one whose first edge is not behind it. */
  sourceOf(index: number): Ordinal {
    let low = 0;
    let high = this.firstEdge.length - 1;
    while (low + 1 < high) {
      const middle = (low + high) >>> 1;
      if (this.firstEdge.at(middle) <= index) low = middle;
      else high = middle;
    }
    return low;
  }

  /**
   * The retainer to follow towards the root: the root itself for a user root, otherwise the nearest one. It is always nearer
   * than the node, so a path ends. Weak edges hold nothing and are passed over.
   */
  nearestRetainer(node: Ordinal, root: Ordinal): Edge | undefined {
    const { distance } = this;
    const { weak } = this.layout.graph.edgeTypes;
    let best: number | undefined;
    let bestSource = -1;
    for (let slot = this.firstRetainer.at(node); slot < this.firstRetainer.at(node + 1); slot++) {
      const edge = this.retainerEdges.at(slot);
      const source = this.sourceOf(edge);
      if (source === root && distance.at(node) === 1) {
        // Any edge from the root makes a user root, a weak one too (S7); one that holds says more.
        if (this.#edgeType.at(edge) !== weak) return this.edge(edge, source);
        best ??= edge;
        bestSource = source;
      }
      if (this.#edgeType.at(edge) === weak || bestSource === root) continue;
      if (distance.at(source) === UNREACHED || distance.at(source) >= distance.at(node)) continue;
      if (best === undefined || distance.at(source) < distance.at(bestSource)) {
        best = edge;
        bestSource = source;
      }
    }
    return best === undefined ? undefined : this.edge(best, bestSource);
  }
}

type Figures = { readonly [Name in FigureName]: Column };

function figuresOf({ graph, ...results }: SnapshotLayout, memory: SnapshotMemory): Figures {
  return {
    id: memory.column(results.id),
    type: memory.column(graph.columns.nodeType),
    selfSize: memory.column(results.selfSize),
    rawSelfSize: memory.column(results.rawSelfSize),
    retainedSize: memory.column(results.retainedSize),
    dominator: memory.column(results.dominator),
    distance: memory.column(results.distance),
    detachedness: memory.column(graph.detachedness),
  };
}

/** Columns as users get them: one that is not in memory yet is read when it is first taken. */
function publicColumns(figures: Figures): Columns {
  const columns = {};
  for (const [name, column] of Object.entries<Column>(figures)) {
    Object.defineProperty(columns, name, { enumerable: true, get: () => column.array });
  }
  return Object.freeze(columns) as Columns;
}
