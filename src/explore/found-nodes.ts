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
  const eachNode = (visit: (node: number) => void) => {
    for (const name of names) for (let at = firstNode[name]; at < firstNode[name + 1]; at++) visit(nodes[at]);
  };
  const found = new Uint32Array(total);
  let count = 0;
  if (total * SHARE < order.length) {
    eachNode((node) => {
      found[count++] = rank[node];
    });
    return found.sort().map((place) => order[place]);
  }
  const isFound = new Uint8Array(order.length);
  eachNode((node) => {
    isFound[node] = 1;
  });
  for (let from = 0; from < order.length; from += PIECE) {
    await rest();
    const to = Math.min(order.length, from + PIECE);
    for (let place = from; place < to; place++) if (isFound[order[place]] === 1) found[count++] = order[place];
  }
  return found;
}
