import type { Ordinal } from '../base/types.js';
import type { Column } from '../graph/column.js';
import type { HeapSnapshot } from '../graph/heap-snapshot.js';
import type { Opened } from '../graph/opened.js';
import { chooseNodes, type ExcerptNodes } from './excerpt-nodes.js';
import { type ByteSink, Output } from './output.js';
import { TABLE_PROPERTIES } from './vocabulary.js';

/** Part of a snapshot as a snapshot of its own. */
export interface Excerpt {
  readonly bytes: Uint8Array;
  readonly nodes: ExcerptNodes;
  readonly nodeCount: number;
  readonly edgeCount: number;
  readonly edgesCut: number;
  /** A bit for each node that has more properties in the whole snapshot than names of code would be. */
  readonly tables: Uint32Array;
}

const COMMA = 0x2c;
const EMPTY_SECTIONS = ',\n"trace_function_infos":[],"trace_tree":[],"samples":[],"locations":[]';
const META = {
  trace_function_info_fields: ['function_id', 'name', 'script_name', 'script_id', 'line', 'column'],
  trace_node_fields: ['id', 'function_info_index', 'count', 'size', 'children'],
  sample_fields: ['timestamp_us', 'last_assigned_id'],
  location_fields: ['object_index', 'script_id', 'line', 'column'],
};

/**
 * The node, what it dominates and the path to it, with all edges between them. Ids and self sizes are those of the file. Memory: all of the
 * excerpt, about 200 bytes a node.
 */
export function excerptOf(snapshot: HeapSnapshot, opened: Opened, node: Ordinal, limit: number): Excerpt {
  const nodes = chooseNodes(snapshot, opened, node, limit);
  return { nodes, ...new ExcerptWriter(opened, nodes).write() };
}

/** Collects what is written. */
class MemorySink implements ByteSink {
  readonly pieces: Uint8Array[] = [];

  write(bytes: Uint8Array): void {
    this.pieces.push(Buffer.from(bytes));
  }

  async drain(): Promise<void> {}

  async end(): Promise<void> {}
}

/** Numbers those strings of a table that are used. */
class UsedStrings {
  /** Their indexes in the table. */
  readonly indexes: number[] = [];
  readonly #numbers = new Map<number, number>();

  numberOf(index: number): number {
    const known = this.#numbers.get(index);
    if (known !== undefined) return known;
    this.#numbers.set(index, this.indexes.length);
    return this.indexes.push(index) - 1;
  }
}

class ExcerptWriter {
  readonly #opened: Opened;
  readonly #nodes: ExcerptNodes;
  /** Ascending, so that a root at the front stays there. */
  readonly #ordinals: Uint32Array;
  readonly #strings = new UsedStrings();
  readonly #sink = new MemorySink();
  readonly #output = new Output(this.#sink);
  readonly #hasStates: boolean;
  readonly #nodeName: Column;
  readonly #edgeName: Column;
  readonly #edgeType: Column;
  readonly #edgeTo: Column;
  #edgeCount = 0;
  #edgesCut = 0;

  constructor(opened: Opened, nodes: ExcerptNodes) {
    this.#opened = opened;
    this.#nodes = nodes;
    this.#ordinals = Uint32Array.from([...nodes.path, ...nodes.below]).sort();
    const { memory, layout } = opened;
    const { header, columns } = layout.graph;
    this.#hasStates = header.nodeFields.includes('detachedness');
    this.#nodeName = memory.column(columns.nodeName);
    this.#edgeName = memory.column(columns.edgeName);
    this.#edgeType = memory.column(columns.edgeType);
    this.#edgeTo = memory.column(columns.edgeTo);
  }

  write(): Omit<Excerpt, 'nodes'> {
    const counts = this.#countEdges();
    const output = this.#output;
    output.text(`{"snapshot":${JSON.stringify(this.#header())},\n"nodes":[`);
    for (const [index, ordinal] of this.#ordinals.entries()) this.#node(ordinal, index, counts[index]);
    output.text('],\n"edges":[');
    this.#edges();
    output.text(`]${EMPTY_SECTIONS},\n"strings":[`);
    for (const [number, index] of this.#strings.indexes.entries()) {
      // Not as they are shown: DevTools renames nodes itself.
      const text = JSON.stringify(this.#opened.memory.strings.text(index));
      output.text(number === 0 ? text : `,\n${text}`);
    }
    output.text(']}\n');
    output.flush();
    const counted = { nodeCount: this.#ordinals.length, edgeCount: this.#edgeCount, edgesCut: this.#edgesCut };
    return { bytes: Buffer.concat(this.#sink.pieces), tables: this.#tables(), ...counted };
  }

  #header() {
    const { nodeTypes, edgeTypes } = this.#opened.layout.graph.header;
    const states = this.#hasStates ? ['detachedness'] : [];
    const node_fields = ['type', 'name', 'id', 'self_size', 'edge_count', ...states];
    const root = this.#indexOf(this.#nodes.path[0]);
    return {
      meta: {
        node_fields,
        node_types: [nodeTypes, 'string', ...node_fields.slice(2).map(() => 'number')],
        edge_fields: ['type', 'name_or_index', 'to_node'],
        edge_types: [edgeTypes, 'string_or_number', 'node'],
        ...META,
      },
      node_count: this.#ordinals.length,
      edge_count: this.#edgeCount,
      trace_function_count: 0,
      ...(root > 0 && { root_index: root * node_fields.length }),
    };
  }

  /** How many edges each node has here, by its position in the excerpt. */
  #countEdges(): Uint32Array {
    const counts = new Uint32Array(this.#ordinals.length);
    const outside = new Set(this.#nodes.path.slice(0, -1));
    for (const [index, ordinal] of this.#ordinals.entries()) {
      const [first, end] = this.#edgesOf(ordinal);
      for (let edge = first; edge < end; edge++) if (this.#target(edge) >= 0) counts[index]++;
      this.#edgeCount += counts[index];
      if (!outside.has(ordinal)) this.#edgesCut += end - first - counts[index];
    }
    return counts;
  }

  #tables(): Uint32Array {
    const property = this.#opened.layout.graph.edgeTypes.property;
    const tables = new Uint32Array(Math.ceil(this.#ordinals.length / 32));
    for (const [index, ordinal] of this.#ordinals.entries()) {
      let properties = 0;
      const [first, end] = this.#edgesOf(ordinal);
      for (let edge = first; edge < end; edge++) if (this.#edgeType.at(edge) === property) properties++;
      if (properties >= TABLE_PROPERTIES) tables[index >>> 5] |= 1 << (index & 31);
    }
    return tables;
  }

  #node(ordinal: Ordinal, index: number, edges: number): void {
    const { figures } = this.#opened;
    const name = this.#strings.numberOf(this.#nodeName.at(ordinal));
    const row = [figures.type.at(ordinal), name, figures.id.at(ordinal)];
    row.push(figures.rawSelfSize.at(ordinal), edges);
    if (this.#hasStates) row.push(figures.detachedness.at(ordinal));
    this.#row(row, index === 0);
  }

  #edges(): void {
    const { element, hidden } = this.#opened.layout.graph.edgeTypes;
    const width = this.#hasStates ? 6 : 5;
    let isFirst = true;
    for (const ordinal of this.#ordinals) {
      const [first, end] = this.#edgesOf(ordinal);
      for (let edge = first; edge < end; edge++) {
        const to = this.#target(edge);
        if (to < 0) continue;
        const [type, name] = [this.#edgeType.at(edge), this.#edgeName.at(edge)];
        const isNumber = type === element || type === hidden;
        this.#row([type, isNumber ? name : this.#strings.numberOf(name), to * width], isFirst);
        isFirst = false;
      }
    }
  }

  #row(numbers: readonly number[], isFirst: boolean): void {
    for (const [field, number] of numbers.entries()) {
      if (field > 0 || !isFirst) this.#output.byte(COMMA);
      this.#output.number(number);
    }
  }

  #edgesOf(ordinal: Ordinal): [number, number] {
    const { firstEdge } = this.#opened;
    return [firstEdge.at(ordinal), firstEdge.at(ordinal + 1)];
  }

  /** Position of an edge's target in the excerpt; -1 outside. */
  #target(edge: number): number {
    return this.#indexOf(this.#edgeTo.at(edge));
  }

  #indexOf(ordinal: Ordinal): number {
    const ordinals = this.#ordinals;
    let [low, high] = [0, ordinals.length - 1];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (ordinals[middle] < ordinal) low = middle + 1;
      else high = middle;
    }
    return ordinals[low] === ordinal ? low : -1;
  }
}
