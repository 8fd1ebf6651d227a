/** What edges are found by, by ordinal or by edge. */
export interface NamedEdges {
  readonly firstEdge: Uint32Array;
  readonly edgeType: Uint8Array;
  /** String indexes; the number itself for `element` and `hidden` edges. */
  readonly edgeName: Uint32Array;
}

/** The first edge of a node that has the type and one of these names, -1 if there is none. Cost: the node's edges. */
export function edgeNamed(
  { firstEdge, edgeType, edgeName }: NamedEdges,
  node: number,
  type: number,
  names: readonly number[],
): number {
  const end = firstEdge[node + 1];
  // As a rule a file has a text once, and then a comparison does.
  const only = names.length === 1 ? names[0] : -1;
  for (let edge = firstEdge[node]; edge < end; edge++) {
    if (edgeType[edge] !== type) continue;
    if (edgeName[edge] === only || (only < 0 && names.includes(edgeName[edge]))) return edge;
  }
  return -1;
}
