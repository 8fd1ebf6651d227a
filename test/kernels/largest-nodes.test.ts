import { expect, test } from 'vitest';
import { createRandom } from '../build/random.js';
import { testArena } from '../engine/engine.js';
import { randomTreeColumns } from '../picture/tree-columns.js';
import { junk, place } from './memory.js';

const ROUNDS = 500;

test('findLargest finds the largest nodes, of equal ones the first, and counts what they dominate', async () => {
  const seen = { cut: 0, whole: 0, equal: 0 };
  for (let seed = 0; seed < ROUNDS; seed++) {
    const random = createRandom(seed);
    const arena = await testArena();
    const { treeOrder, treeSize, retainedSize } = randomTreeColumns(random, 1 + random.int(150));
    const nodes = treeOrder.length;
    const most = 1 + random.int(100);
    const heap = junk(arena, 'f64', most);
    const [positions, counts, open] = [0, 1, 2].map(() => junk(arena, 'u32', nodes));
    const count = arena.kernels.findLargest(
      ...([place(arena, treeOrder), place(arena, treeSize), place(arena, retainedSize), nodes, most] as const),
      ...([heap.offset, positions.offset, counts.offset, open.offset] as const),
    );
    const sizeAt = (at: number) => retainedSize[treeOrder[at]];
    const order = Array.from(treeOrder.keys()).sort((a, b) => sizeAt(b) - sizeAt(a) || a - b);
    const expected = order.slice(0, most).sort((a, b) => a - b);
    expect([...arena.view(positions).subarray(0, count)], `seed ${seed}`).toEqual(expected);
    expect(arena.view(heap)[0]).toBe(Math.min(...expected.map(sizeAt)));
    const children = expected.map((at) => {
      let below = 0;
      for (let child = at + 1; child < at + treeSize[at]; child += treeSize[child]) below++;
      return below;
    });
    expect([...arena.view(counts).subarray(0, count)]).toEqual(children);
    seen.cut += Number(count < nodes);
    seen.whole += Number(count === nodes);
    seen.equal += Number(order.length > most && sizeAt(order[most]) === sizeAt(order[most - 1]));
  }
  for (const [what, rounds] of Object.entries(seen)) expect(rounds, what).toBeGreaterThan(ROUNDS / 10);
});
