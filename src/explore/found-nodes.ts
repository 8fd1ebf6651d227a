import type { RetainedOrder } from './class-members.js';
import type { NameList } from './name-list.js';

/** Nodes of this share of all are picked out of the order of all; fewer are sorted. */
const SHARE = 16;
const PIECE = 1 << 19;

/** The nodes that have one of these names, largest retained size first. `rest` is waited for between pieces. */
export async function nodesNamed(
  { firstNode, nodes }: NameList,
  names: Uint32Array,
  { order, rank }: RetainedOrder,
  rest: () => Promise<unknown>,
): Promise<Uint32Array> {
  let total = 0;
  for (const name of names) total += firstNode[name + 1] - firstNode[name];
  if (total * SHARE < order.length) return sorted(gather(firstNode, nodes, names, total), { order, rank });
  const isFound = new Uint8Array(order.length);
  for (const node of gather(firstNode, nodes, names, total)) isFound[node] = 1;
  const found = new Uint32Array(total);
  for (let from = 0, count = 0; from < order.length; from += PIECE) {
    await rest();
    count = pick(order.subarray(from, from + PIECE), isFound, found, count);
  }
  return found;
}

function gather(firstNode: Uint32Array, nodes: Uint32Array, names: Uint32Array, total: number): Uint32Array {
  const found = new Uint32Array(total);
  let count = 0;
  for (const name of names) for (let at = firstNode[name]; at < firstNode[name + 1]; at++) found[count++] = nodes[at];
  return found;
}

function sorted(nodes: Uint32Array, { order, rank }: RetainedOrder): Uint32Array {
  for (let at = 0; at < nodes.length; at++) nodes[at] = rank[nodes[at]];
  nodes.sort();
  for (let at = 0; at < nodes.length; at++) nodes[at] = order[nodes[at]];
  return nodes;
}

function pick(order: Uint32Array, isFound: Uint8Array, found: Uint32Array, before: number): number {
  let count = before;
  for (const node of order) if (isFound[node] === 1) found[count++] = node;
  return count;
}
