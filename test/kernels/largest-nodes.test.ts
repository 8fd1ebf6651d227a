import { expect, test } from 'vitest';
import { createRandom } from '../build/random.js';
import { testArena } from '../engine/engine.js';
import { randomTreeColumns } from '../picture/tree-columns.js';
import { junk, place } from './memory.js';

const ROUNDS = 500;

test('findLargest sees what is among the largest when the walk comes to it, and skips what hangs below the rest', async () => {
  const seen = { skipped: 0, pushedOut: 0, whole: 0 };
  for (let seed = 0; seed < ROUNDS; seed++) {
    const random = createRandom(seed);
    const arena = await testArena();
    const { treeOrder, treeSize, retainedSize } = randomTreeColumns(random, 1 + random.int(150));
    const nodes = treeOrder.length;
    const most = 1 + random.int(60);
    const heap = junk(arena, 'f64', most);
    const [positions, counts, open] = [0, 1, 2].map(() => junk(arena, 'u32', nodes));
    const count = arena.kernels.findLargest(
      ...([place(arena, treeOrder), place(arena, treeSize), place(arena, retainedSize), nodes, most] as const),
      ...([heap.offset, positions.offset, counts.offset, open.offset] as const),
    );
    const expected: number[] = [];
    let largest: number[] = [];
    for (let at = 0; at < nodes; ) {
      const size = retainedSize[treeOrder[at]];
      const isSeen = largest.length < most || size > Math.min(...largest);
      if (isSeen) {
        expected.push(at);
        largest = [...largest, size].sort((a, b) => b - a).slice(0, most);
      }
      at += isSeen ? 1 : treeSize[at];
    }
    expect([...arena.view(positions).subarray(0, count)], `seed ${seed}`).toEqual(expected);
    const sizes = [...arena.view(heap).subarray(0, largest.length)];
    expect(sizes.toSorted((a, b) => b - a)).toEqual(largest);
    expect(sizes[0]).toBe(largest.at(-1));
    const children = expected.map((at) => {
      let below = 0;
      for (let child = at + 1; child < at + treeSize[at]; child += treeSize[child]) below++;
      return below;
    });
    expect([...arena.view(counts).subarray(0, count)]).toEqual(children);
    seen.skipped += Number(count < nodes);
    seen.pushedOut += Number(count > most);
    seen.whole += Number(count === nodes);
  }
  for (const [what, rounds] of Object.entries(seen)) expect(rounds, what).toBeGreaterThan(ROUNDS / 20);
});
