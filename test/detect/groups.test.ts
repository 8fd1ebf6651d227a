import { expect, test } from 'vitest';
import type { HeapView } from '#src/analysis/heap-view.js';
import { Groups } from '#src/detect/groups.js';
import { newestOf } from '#src/detect/newest.js';
import { strengthBetween } from '#src/detect/strength.js';
import { retainedTogether } from '#src/detect/topmost.js';
import { createRandom, type Random } from '../build/random.js';

const NODES = 200;

/** A dominator tree with node 0 as its root; every node retains itself and what is below it. */
function randomTree(random: Random): HeapView {
  const dominator = Uint32Array.from({ length: NODES }, (_, node) => (node === 0 ? 0 : random.int(node)));
  const retainedSize = new Float64Array(NODES).fill(1);
  for (let node = NODES - 1; node > 0; node--) retainedSize[dominator[node]] += retainedSize[node];
  return { nodeCount: NODES, root: 0, dominator, retainedSize, id: (node: number) => node } as unknown as HeapView;
}

/** Nodes that are members or have one above them: each retains 1. */
function countBelow({ dominator }: HeapView, members: ReadonlySet<number>): number {
  let count = 0;
  for (let node = 0; node < NODES; node++) {
    let at = node;
    while (!members.has(at) && at !== 0) at = dominator[at];
    if (members.has(at)) count++;
  }
  return count;
}

test('members retain together what lies below any of them, however often they are listed', () => {
  const random = createRandom(7);
  const view = randomTree(random);
  for (let round = 0; round < 300; round++) {
    const members = Array.from({ length: 1 + random.int(20) }, () => random.int(NODES));
    expect(retainedTogether(view, members)).toBe(countBelow(view, new Set(members)));
  }
});

test('nothing retains nothing, and the root all', () => {
  const view = randomTree(createRandom(8));
  expect(retainedTogether(view, [])).toBe(0);
  expect(retainedTogether(view, [5, 0, 9])).toBe(NODES);
});

test('the newest three are found in any order, once each', () => {
  const view = randomTree(createRandom(9));
  expect(newestOf(view, [4, 90, 7, 90, 12, 3, 55])).toEqual([90, 55, 12]);
  expect(newestOf(view, [6, 6])).toEqual([6]);
});

test('groups are found again, and only the largest are kept', () => {
  const groups = new Groups<string>();
  for (const [name, count] of [
    ['a', 3],
    ['b', 1],
    ['c', 5],
  ] as const) {
    for (let member = 0; member < count; member++) groups.of('kind', name, () => name).members.push(member);
  }
  expect(groups.largest({ least: 2, most: 10 }).map(({ key }) => key)).toEqual(['kind c', 'kind a']);
  expect(groups.largest({ least: 1, most: 1 }).map(({ facts }) => facts)).toEqual(['c']);
});

test('strength grows by factors and stays within its bounds', () => {
  const at = (count: number) => strengthBetween(count, [10, 0.2], [1000, 0.8]);
  expect([0, 1, 10, 100, 1000, 1e6].map(at)).toEqual([0.2, 0.2, 0.2, 0.5, 0.8, 0.8]);
});
