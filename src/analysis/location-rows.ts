import type { Ordinal } from '../base/types.js';
import type { Locations } from '../read/locations.js';

/** 2 to this power nodes are neighbours: their rows are looked through. */
const NEIGHBOURS = 8;

/** Which row of `locations` a node has. */
export class LocationRows {
  readonly #locations: Locations;
  readonly #nodeCount: number;
  #index: GroupedRows | undefined;

  constructor(locations: Locations, nodeCount: number) {
    this.#locations = locations;
    this.#nodeCount = nodeCount;
  }

  /** Does what the first question would do. */
  prepare(): void {
    if (!this.#locations.isAscending) this.#index ??= new GroupedRows(this.#locations, this.#nodeCount);
  }

  /** -1 for a node without one. Cost: where rows do not ascend, the first question makes an index: 4 bytes a row. */
  of(node: Ordinal): number {
    this.prepare();
    return this.#index?.of(node) ?? searchRow(this.#locations, node);
  }
}

function searchRow({ count, list, width, node: field, nodeWidth }: Locations, node: Ordinal): number {
  const wanted = node * nodeWidth;
  let low = 0;
  let high = count;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (list[middle * width + field] < wanted) low = middle + 1;
    else high = middle;
  }
  return low < count && list[low * width + field] === wanted ? low : -1;
}

/** Rows by the neighbourhood of their nodes, in each in the order of the file. */
class GroupedRows {
  readonly #locations: Locations;
  /** By group: where its rows end. */
  readonly #ends: Uint32Array;
  readonly #rows: Uint32Array;

  constructor(locations: Locations, nodeCount: number) {
    this.#locations = locations;
    this.#ends = countRows(locations, new Uint32Array((nodeCount >>> NEIGHBOURS) + 1));
    let start = 0;
    for (let group = 0; group < this.#ends.length; group++) {
      const count = this.#ends[group];
      this.#ends[group] = start;
      start += count;
    }
    this.#rows = placeRows(locations, this.#ends, new Uint32Array(start));
  }

  /** A later row for the same node replaces an earlier one. */
  of(node: Ordinal): number {
    const { list, width, node: field, nodeWidth } = this.#locations;
    const group = node >>> NEIGHBOURS;
    const start = group === 0 ? 0 : this.#ends[group - 1];
    for (let at = this.#ends[group] - 1; at >= start; at--) {
      const row = this.#rows[at];
      if (list[row * width + field] === node * nodeWidth) return row;
    }
    return -1;
  }
}

function countRows({ count, list, width, node, nodeWidth }: Locations, counts: Uint32Array): Uint32Array {
  for (let at = node; at < count * width; at += width) counts[(list[at] / nodeWidth) >>> NEIGHBOURS]++;
  return counts;
}

/** `next`: where each group's next row goes, in the end where its rows end. */
function placeRows(
  { count, list, width, node, nodeWidth }: Locations,
  next: Uint32Array,
  rows: Uint32Array,
): Uint32Array {
  for (let row = 0; row < count; row++) rows[next[(list[row * width + node] / nodeWidth) >>> NEIGHBOURS]++] = row;
  return rows;
}
