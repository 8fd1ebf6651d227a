/** Feature of a node that isolates no further. */
const EXTERNAL = -1;
const EULER_MASCHERONI = 0.5772156649015329;

/**
 * c(n): edges that a search for what is not there takes in a binary search tree of n values, on average: 2·H(n - 1) - 2·(n - 1)/n, with
 * H(i) ≈ ln i + γ as in the paper. That is a bad approximation for two values, which always take one edge.
 */
export function averagePathLength(size: number): number {
  if (size <= 1) return 0;
  if (size === 2) return 1;
  return 2 * (Math.log(size - 1) + EULER_MASCHERONI) - (2 * (size - 1)) / size;
}

/**
 * One tree of an isolation forest: splits at random what it has of the rows until each is alone. Nodes are columns, and the two children of one
 * lie side by side. It is grown again for the next sample of rows, so that a forest takes the memory of a tree: 28 bytes a node, 2ψ - 1 nodes.
 */
export class IsolationTree {
  readonly #columns: readonly Float64Array[];
  /** Edges from the root at most, ⌈log₂ ψ⌉: what lies deeper than the average is no anomaly, and need not be told apart. */
  readonly #limit: number;
  readonly #feature: Int32Array;
  /** Of a node that splits: smaller values go to the first child. Of an external one: the length of a path that ends here. */
  readonly #value: Float64Array;
  readonly #firstChild: Uint32Array;
  /** Where a node's rows begin and end among those of the sample. */
  readonly #from: Uint32Array;
  readonly #to: Uint32Array;
  readonly #depth: Uint32Array;
  #count = 0;

  /** `size`: ψ, rows a sample has, at least one. */
  constructor(columns: readonly Float64Array[], size: number) {
    const nodes = 2 * size - 1;
    this.#columns = columns;
    this.#limit = heightOf(size);
    this.#feature = new Int32Array(nodes);
    this.#value = new Float64Array(nodes);
    this.#firstChild = new Uint32Array(nodes);
    this.#from = new Uint32Array(nodes);
    this.#to = new Uint32Array(nodes);
    this.#depth = new Uint32Array(nodes);
  }

  /** Grows the tree anew from ψ rows, which are put in the order of its leaves. Cost: O(features · ψ · log ψ), for every level reads each row. */
  grow(rows: Uint32Array, next: () => number): void {
    this.#count = 0;
    const open = [this.#add(0, rows.length, 0)];
    for (let node = open.pop(); node !== undefined; node = open.pop()) {
      if (!this.#choose(node, rows, next)) this.#close(node);
      // The first child is taken up first, and so draws its numbers first.
      else open.push(...this.#split(node, rows));
    }
  }

  /** Edges from the root to where a row of the columns ends, and as many as it would take to isolate it there. */
  pathLength(row: number): number {
    let node = 0;
    for (let feature = this.#feature[0]; feature !== EXTERNAL; feature = this.#feature[node]) {
      node = this.#firstChild[node] + (this.#columns[feature][row] < this.#value[node] ? 0 : 1);
    }
    return this.#value[node];
  }

  #add(from: number, to: number, depth: number): number {
    const node = this.#count++;
    [this.#from[node], this.#to[node], this.#depth[node]] = [from, to, depth];
    return node;
  }

  #close(node: number): void {
    this.#feature[node] = EXTERNAL;
    this.#value[node] = this.#depth[node] + averagePathLength(this.#to[node] - this.#from[node]);
  }

  /**
   * Feature and value to split at; false where nothing is left to isolate. Only features in which the node's rows differ are drawn from: one
   * that is constant would split off nothing, again and again.
   */
  #choose(node: number, rows: Uint32Array, next: () => number): boolean {
    if (this.#depth[node] >= this.#limit || this.#to[node] - this.#from[node] < 2) return false;
    const members = rows.subarray(this.#from[node], this.#to[node]);
    const ranges = this.#columns.map((column) => rangeOf(column, members));
    const varying = [...ranges.keys()].filter((feature) => ranges[feature].low < ranges[feature].high);
    if (varying.length === 0) return false;
    const feature = varying[Math.floor(next() * varying.length)];
    const { low, high } = ranges[feature];
    const value = high - next() * (high - low);
    this.#feature[node] = feature;
    // Above the lowest, so that neither side is empty; rounding may say otherwise of neighbouring numbers.
    this.#value[node] = value > low ? value : high;
    return true;
  }

  /** The children, last one first. */
  #split(node: number, rows: Uint32Array): [number, number] {
    const [from, to, depth] = [this.#from[node], this.#to[node], this.#depth[node] + 1];
    const column = this.#columns[this.#feature[node]];
    const middle = from + partition(rows.subarray(from, to), column, this.#value[node]);
    this.#firstChild[node] = this.#add(from, middle, depth);
    return [this.#add(middle, to, depth), this.#firstChild[node]];
  }
}

/** ⌈log₂ size⌉, in whole numbers: a logarithm that is a little too large would add a level. */
function heightOf(size: number): number {
  return 32 - Math.clz32(size - 1);
}

function rangeOf(column: Float64Array, rows: Uint32Array): { low: number; high: number } {
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const row of rows) {
    const value = column[row];
    if (value < low) low = value;
    if (value > high) high = value;
  }
  return { low, high };
}

/** Puts the rows with smaller values in front, and says how many there are. */
function partition(rows: Uint32Array, column: Float64Array, value: number): number {
  let smaller = 0;
  for (let at = 0; at < rows.length; at++) {
    const row = rows[at];
    if (column[row] >= value) continue;
    rows[at] = rows[smaller];
    rows[smaller++] = row;
  }
  return smaller;
}
