import type { Bytes } from '../base/types.js';
import type { ExploredGraph } from './explored-graph.js';

/** What a filter keeps of one class, as S9 has it: nodes with a self size. */
export interface FilteredClass {
  readonly number: number;
  readonly count: number;
  readonly selfSize: Bytes;
  /** Members below another one that is kept count once. */
  readonly retainedSize: Bytes;
  /** The smallest of a member. */
  readonly distance: number;
}

/** Classes of what has `bit` set and a self size, by class number. Cost: one pass over the nodes in preorder. */
export function sumFiltered(graph: ExploredGraph, bits: Uint8Array, bit: number): FilteredClass[] {
  const { classCount, classOf, selfSizes, retainedSize, distance, treeOrder, treeSize } = graph;
  const count = new Uint32Array(classCount);
  const self = new Float64Array(classCount);
  const retained = new Float64Array(classCount);
  const nearest = new Int32Array(classCount).fill(2 ** 31 - 1);
  /** Where the subtree of the member ends that is open last, in preorder. */
  const openTo = new Uint32Array(classCount);
  for (let place = 0; place < treeOrder.length; place++) {
    const node = treeOrder[place];
    if ((bits[node] & bit) === 0) continue;
    const number = classOf[node];
    count[number]++;
    self[number] += selfSizes[node];
    if (distance[node] < nearest[number]) nearest[number] = distance[node];
    if (place < openTo[number]) continue;
    retained[number] += retainedSize[node];
    openTo[number] = place + treeSize[place];
  }
  const classes: FilteredClass[] = [];
  for (let number = 0; number < classCount; number++) {
    if (count[number] === 0) continue;
    const sums = { selfSize: self[number], retainedSize: retained[number], distance: nearest[number] };
    classes.push({ number, count: count[number], ...sums });
  }
  return classes;
}
