import type { Random } from '../build/random.js';

/** A tree with few different sizes; ordinals are not positions. */
export function randomTreeColumns(random: Random, nodes: number) {
  const parents = Array.from({ length: nodes }, (_, at) => (at === 0 ? -1 : random.int(at)));
  const children = parents.map((): number[] => []);
  for (const [node, parent] of parents.entries()) if (parent >= 0) children[parent].push(node);
  const own = parents.map(() => random.int(3));
  const retainedSize = Float64Array.from(own);
  for (let node = nodes - 1; node > 0; node--) retainedSize[parents[node]] += retainedSize[node];
  const order: number[] = [];
  const sizes: number[] = [];
  const visit = (node: number): number => {
    const at = order.push(node) - 1;
    sizes[at] = 1 + children[node].reduce((sum, child) => sum + visit(child), 0);
    return sizes[at];
  };
  visit(0);
  return { treeOrder: Uint32Array.from(order), treeSize: Uint32Array.from(sizes), retainedSize };
}
