import type { Ordinal } from './graph.js';
import { dominatorsAbove } from './retained.js';

export interface PlainAggregate {
  /** `,name`, or `scriptId,line,column,name`. */
  key: string;
  name: string;
  count: number;
  selfSize: number;
  /** Retained by the class: members below another counted member are not added again. */
  retainedSize: number;
  /** The smallest of the members; -5 when one of them is unreached. */
  distance: number;
}

export interface AggregateInput {
  classKey: readonly string[];
  className: readonly string[];
  /** After the shallow-size transfer. */
  selfSize: Float64Array;
  retainedSize: Float64Array;
  dominator: Uint32Array;
  distance: Int32Array;
}

function isBelowItsClass(input: AggregateInput, node: Ordinal): boolean {
  for (const above of dominatorsAbove(input.dominator, node)) {
    if (input.selfSize[above] > 0 && input.classKey[above] === input.classKey[node]) return true;
  }
  return false;
}

/** Sums per class over the nodes with a self size, sorted by key. Rule: devtools-semantics S9. */
export function plainAggregates(input: AggregateInput): PlainAggregate[] {
  const byKey = new Map<string, PlainAggregate>();
  for (const [node, key] of input.classKey.entries()) {
    if (input.selfSize[node] === 0) continue;
    let aggregate = byKey.get(key);
    if (!aggregate) {
      aggregate = { key, name: input.className[node], count: 0, selfSize: 0, retainedSize: 0, distance: Infinity };
      byKey.set(key, aggregate);
    }
    aggregate.count++;
    aggregate.selfSize += input.selfSize[node];
    aggregate.distance = Math.min(aggregate.distance, input.distance[node]);
    if (!isBelowItsClass(input, node)) aggregate.retainedSize += input.retainedSize[node];
  }
  return [...byKey.values()].sort((a, b) => (a.key < b.key ? -1 : 1));
}
