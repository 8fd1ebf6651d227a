import type { Random } from '../build/random.js';

/** A preorder of a dominator tree, children in random order, and the number of nodes in each subtree by position. */
export function treePreorder(random: Random, dominator: Uint32Array): { order: Uint32Array; size: Uint32Array } {
  const children: number[][] = Array.from(dominator, () => []);
  const pending: number[] = [];
  for (const [node, above] of dominator.entries()) (node === above ? pending : children[above]).push(node);
  const order: number[] = [];
  for (let node = pending.pop(); node !== undefined; node = pending.pop()) {
    order.push(node);
    pending.push(...random.shuffle(children[node]));
  }
  const position = new Uint32Array(dominator.length);
  for (const [at, node] of order.entries()) position[node] = at;
  const size = new Uint32Array(dominator.length).fill(1);
  for (let at = order.length - 1; at > 0; at--) size[position[dominator[order[at]]]] += size[at];
  return { order: Uint32Array.from(order), size };
}
