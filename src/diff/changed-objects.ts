import type { ClassDiff, Ordinal } from '../base/types.js';

/** Objects by class, of the classes of a comparison in its order: those of class c are nodes[starts[c]] … nodes[starts[c + 1] - 1]. */
export interface ObjectsByClass {
  readonly starts: Uint32Array;
  /** By ordinal within a class. */
  readonly nodes: Uint32Array;
}

/** Two snapshots of one process, object by object (S13). */
export interface ObjectDiff {
  readonly diffs: readonly ClassDiff[];
  /** Objects of the current snapshot that the base does not have. */
  readonly created: ObjectsByClass;
  /** Objects of the base that the current snapshot does not have. */
  readonly deleted: ObjectsByClass;
}

/** Nodes with the numbers of their classes, as they come. */
export class NumberedNodes {
  count = 0;
  nodes = new Uint32Array(1024);
  numbers = new Uint32Array(1024);

  add(node: Ordinal, number: number): void {
    if (this.count === this.nodes.length) {
      this.nodes = doubled(this.nodes);
      this.numbers = doubled(this.numbers);
    }
    this.nodes[this.count] = node;
    this.numbers[this.count++] = number;
  }
}

function doubled(array: Uint32Array<ArrayBuffer>): Uint32Array<ArrayBuffer> {
  const larger = new Uint32Array(2 * array.length);
  larger.set(array);
  return larger;
}

/** `order`: the numbers of the classes listed, which are those of all the nodes. */
export function listByClass(order: readonly number[], { count, nodes, numbers }: NumberedNodes): ObjectsByClass {
  const starts = new Uint32Array(order.length + 1);
  const placeOf = new Uint32Array(order.reduce((most, number) => Math.max(most, number + 1), 0));
  for (const [place, number] of order.entries()) placeOf[number] = place;
  for (let at = 0; at < count; at++) starts[placeOf[numbers[at]] + 1]++;
  for (let place = 0; place < order.length; place++) starts[place + 1] += starts[place];
  const next = starts.slice();
  const sorted = new Uint32Array(count);
  for (let at = 0; at < count; at++) sorted[next[placeOf[numbers[at]]]++] = nodes[at];
  return { starts, nodes: sorted };
}
