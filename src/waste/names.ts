import type { HeapView } from '../analysis/heap-view.js';
import { edgeNamed } from '../analysis/named-edges.js';
import type { StringIndexes } from '../analysis/text-indexes.js';

/** Every text that a kind of waste goes by: looked up together, since each look goes over all strings. */
export const WASTE_TEXTS = [
  ...(['Array', 'Map', 'Object', 'Set', '(object elements)', 'system / Hole', 'system / DescriptorArray'] as const),
  ...(['__proto__', 'back_pointer', 'descriptors', 'elements', 'map', 'properties', 'prototype', 'table'] as const),
  ...(['bool', 'first', 'hash', 'int', 'length', 'parent', 'second', 'scope_id', 'truncated', 'value'] as const),
  ...(['context', 'function_name', 'name_or_scope_info', 'outer_scope_info', 'previous', 'scope_info'] as const),
  ...(['script', 'shared', 'source_url', 'system / ScopeInfo'] as const),
] as const;

/** What of a snapshot it takes to go by names. */
export type NamedView = Pick<HeapView, 'edgeTypes' | 'firstEdge' | 'edgeType' | 'edgeName' | 'edgeTo' | 'indexesOf'>;

/** And what to tell the texts of strings apart. */
export type TextView = NamedView &
  Pick<HeapView, 'strings' | 'nodeCount' | 'nodeType' | 'nodeName' | 'nodeTypes' | 'names' | 'selfSize'>;

export type Name = (typeof WASTE_TEXTS)[number];

/** Where names are in the strings of a file. */
export class Names {
  readonly #view: NamedView;
  readonly #indexes: StringIndexes;

  constructor(view: NamedView) {
    this.#view = view;
    this.#indexes = view.indexesOf(WASTE_TEXTS);
  }

  /** As a rule one, or none; a file may list a text twice. */
  indexes(name: Name): readonly number[] {
    return this.#indexes.get(name) ?? [];
  }

  /** Where the first internal edge of that name leads, -1 without one. Cost: the node's edges. */
  target(node: number, name: Name): number {
    const edge = edgeNamed(this.#view, node, this.#view.edgeTypes.internal, this.indexes(name));
    return edge < 0 ? -1 : this.#view.edgeTo[edge];
  }

  /**
   * Finds the same for many nodes, and for each by its last edge of that name: as `map` does, some come behind all elements. Cost: the edges
   * behind that one.
   */
  lastTargets(name: Name): (node: number) => number {
    const { firstEdge, edgeType, edgeName, edgeTo, edgeTypes } = this.#view;
    const indexes = this.indexes(name);
    const only = indexes.length === 1 ? indexes[0] : -1;
    const { internal } = edgeTypes;
    return (node) => {
      const first = firstEdge[node];
      for (let edge = firstEdge[node + 1] - 1; edge >= first; edge--) {
        if (edgeType[edge] !== internal) continue;
        if (edgeName[edge] === only || (only < 0 && indexes.includes(edgeName[edge]))) return edgeTo[edge];
      }
      return -1;
    };
  }
}
