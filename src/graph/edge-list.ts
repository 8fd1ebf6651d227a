import type { Edge } from '../base/types.js';

/**
 * Edges of one node, made when they are looked at: a root may have millions.
 * `at` and iteration cost what naming one edge costs.
 */
export class EdgeList implements Iterable<Edge> {
  readonly length: number;
  readonly #edgeAt: (position: number) => Edge;

  constructor(length: number, edgeAt: (position: number) => Edge) {
    this.length = length;
    this.#edgeAt = edgeAt;
  }

  /** The edge at `position`, 0 … length - 1; throws a RangeError outside. */
  at(position: number): Edge {
    if (!Number.isInteger(position) || position < 0 || position >= this.length) {
      throw new RangeError(`found position ${position}, expected a whole number below ${this.length}`);
    }
    return this.#edgeAt(position);
  }

  *[Symbol.iterator](): Iterator<Edge> {
    for (let position = 0; position < this.length; position++) yield this.#edgeAt(position);
  }
}
