import { expect, test } from 'vitest';
import { createRandom } from '../build/random.js';
import { testArena } from '../engine/engine.js';
import { place } from './memory.js';

const ROUNDS = 1000;
const [INTERNAL, HIDDEN, NATIVE] = [1, 5, 6];
/** Strings that are numbers below this, and some that are none. */
const NUMBERS = 40;
const STRINGS = 50;

test('countEntries counts entries that show a part, and deleted ones', async () => {
  const seen = { shown: 0, deleted: 0, twice: 0, outside: 0, stopped: 0 };
  for (let seed = 0; seed < ROUNDS; seed++) {
    const random = createRandom(seed);
    const arena = await testArena();
    const nodes = 12;
    const types = Uint8Array.from({ length: nodes }, () => random.pick([0, 1, HIDDEN, NATIVE]));
    const names = Uint32Array.from(types, () => random.int(STRINGS));
    const isHole = Uint8Array.from({ length: STRINGS }, () => Number(random.chance(0.4)));
    const numbers = Uint32Array.from({ length: STRINGS }, (_, name) => (name < NUMBERS ? name + 1 : 0));
    // In the order of their names, as V8 writes them.
    const parts = [...Array(STRINGS).keys()].filter(() => random.chance(0.6));
    const edges = parts.map((name) => ({ name, type: random.pick([INTERNAL, INTERNAL, 3]), to: random.int(nodes) }));
    const table = random.int(nodes);
    const firstEdge = Uint32Array.from({ length: nodes + 1 }, (_, node) => (node > table ? edges.length : 0));
    const [first, words, capacity] = [random.int(12), random.pick([2, 3]), random.int(14)];
    const enough = random.pick([capacity, random.int(5)]);
    const deleted = arena.allocate('u32', 1);
    const column = (values: readonly number[]) => place(arena, Uint32Array.from(values));
    const shown = arena.kernels.countEntries(
      ...([
        table,
        place(arena, firstEdge),
        place(
          arena,
          Uint8Array.from(edges, ({ type }) => type),
        ),
      ] as const),
      ...([column(edges.map(({ name }) => name)), column(edges.map(({ to }) => to))] as const),
      ...([place(arena, types), place(arena, names), INTERNAL, HIDDEN, NATIVE] as const),
      ...([place(arena, numbers), place(arena, isHole), first, words, capacity, enough, deleted.offset] as const),
    );
    const expected = { shown: 0, deleted: 0 };
    let last = -1;
    for (const { name, type, to } of edges) {
      if (expected.shown > enough) {
        seen.stopped++;
        break;
      }
      const entry = name < NUMBERS ? Math.floor((name - first) / words) : -1;
      seen.outside += Number(type === INTERNAL && (entry < 0 || entry >= capacity));
      if (type !== INTERNAL || entry < 0 || entry >= capacity) continue;
      seen.twice += Number(entry === last);
      if (entry === last) continue;
      last = entry;
      const isDeleted = (types[to] === HIDDEN || types[to] === NATIVE) && isHole[names[to]] === 1;
      expected[isDeleted ? 'deleted' : 'shown']++;
    }
    expect({ shown, deleted: arena.view(deleted)[0] }, `seed ${seed}`).toEqual(expected);
    seen.shown += shown;
    seen.deleted += expected.deleted;
  }
  for (const [what, times] of Object.entries(seen)) expect(times, what).toBeGreaterThan(ROUNDS / 10);
});
