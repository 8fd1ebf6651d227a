/** How S4 reaches a node: over edges, from the root since no edge that holds leads there, or not at all. */
export const PLACE = { held: 0, orphan: 1, alone: 2 } as const;

/** What keeps what: the same as for dominators, so that what goes with one node is what that node retains. */
export interface Holding {
  /** One bit an edge: whether it holds (S3). */
  readonly edges: Uint32Array;
  /** By ordinal, a `PLACE`. */
  readonly place: Uint8Array;
}

/** Whether an edge holds. */
export function holds(edges: Uint32Array, edge: number): boolean {
  return ((edges[edge >>> 5] >>> (edge & 31)) & 1) === 1;
}

/** Has an edge hold no more. */
export function release(edges: Uint32Array, edge: number): void {
  edges[edge >>> 5] &= ~(1 << (edge & 31));
}
