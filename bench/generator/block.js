import { Random, seedOf } from './random.js';

const ID_GAP = 128;

/** Room for one block's columns; blocks take turns in it, since fresh memory would cost as much as filling it. */
export class BlockColumns {
  nodes = {
    type: new Uint8Array(4096),
    name: new Uint32Array(4096),
    selfSize: new Float64Array(4096),
    degree: new Uint32Array(4096),
  };
  edges = {
    from: new Uint32Array(16384),
    type: new Uint8Array(16384),
    name: new Uint32Array(16384),
    to: new Uint32Array(16384),
  };
}

/**
 * A run of consecutive nodes, built as columns and built again in every pass; only one is in memory at a time.
 * Edges may be added in any order; `edgeOrder()` gives them as the file wants them, by node.
 */
export class Block {
  nodeCount = 0;
  edgeCount = 0;
  #columns;

  /**
   * @param {{table: import('./strings.js').StringTable, columns: BlockColumns, seed: number, part: number, start: number,
   *   freshStart: number}} place
   */
  constructor({ table, columns, seed, part, start, freshStart }) {
    this.#columns = columns;
    this.table = table;
    this.part = part;
    this.start = start;
    this.freshStart = freshStart;
    this.random = new Random(seedOf(seed, part));
    /** One entry a fresh string: its text, or undefined where any will do. */
    this.freshTexts = [];
    /** Four numbers a location: ordinal, script id, line, column. */
    this.locations = [];
    /** Nodes that edges from other blocks may point to. */
    this.heads = [];
  }

  get nodes() {
    return this.#columns.nodes;
  }

  get edges() {
    return this.#columns.edges;
  }

  /** Ids are odd and ascend with gaps, as of objects that died. */
  idOf(ordinal) {
    return ordinal * 2 + 1 + this.part * ID_GAP;
  }

  /** @param {string | number} name a word, or a reference from the table. Returns the node's ordinal. */
  node(type, name, selfSize) {
    const local = this.nodeCount++;
    if (local === this.nodes.type.length) this.#columns.nodes = doubled(this.nodes);
    const { nodes } = this;
    nodes.type[local] = type;
    nodes.name[local] = this.#reference(name);
    nodes.selfSize[local] = selfSize;
    nodes.degree[local] = 0;
    return this.start + local;
  }

  /** @param {string | number} name a word, a reference from the table, or the number of an element or hidden edge */
  edge(from, type, name, to) {
    const place = this.edgeCount++;
    if (place === this.edges.type.length) this.#columns.edges = doubled(this.edges);
    const { edges } = this;
    edges.from[place] = from - this.start;
    edges.type[place] = type;
    edges.name[place] = this.#reference(name);
    edges.to[place] = to;
    this.nodes.degree[from - this.start]++;
  }

  setSelfSize(ordinal, selfSize) {
    this.nodes.selfSize[ordinal - this.start] = selfSize;
  }

  fresh(text) {
    return this.table.fresh(this.freshStart + this.freshTexts.push(text) - 1);
  }

  location(ordinal, scriptId, line, column) {
    this.locations.push(ordinal, scriptId, line, column);
  }

  /** Places of the edges, sorted by node; edges of one node stay in the order they were added. */
  edgeOrder() {
    const { degree } = this.nodes;
    const next = new Uint32Array(this.nodeCount);
    for (let local = 1; local < this.nodeCount; local++) next[local] = next[local - 1] + degree[local - 1];
    const order = new Uint32Array(this.edgeCount);
    const { from } = this.edges;
    for (let place = 0; place < this.edgeCount; place++) order[next[from[place]]++] = place;
    return order;
  }

  #reference(name) {
    return typeof name === 'string' ? this.table.fixed(name) : name;
  }
}

function doubled(columns) {
  return Object.fromEntries(
    Object.entries(columns).map(([name, column]) => {
      const longer = new column.constructor(column.length * 2);
      longer.set(column);
      return [name, longer];
    }),
  );
}
