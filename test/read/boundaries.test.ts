import { describe, expect, test } from 'vitest';
import { randomGraph } from '../build/random-graph.js';
import { randomJsonOptions } from '../build/random-text.js';
import { toJson } from '../build/snapshot-builder.js';
import { readBytes } from '../engine/engine.js';
import { copyColumns } from './columns.js';

async function columnsOf(bytes: Uint8Array, pieces?: readonly number[]) {
  const { arena, raw } = await readBytes(bytes, pieces);
  return copyColumns(arena, raw);
}

describe('where the bytes are split makes no difference', () => {
  test.each([3, 11])('seed %i, split at every byte', async (seed) => {
    const bytes = toJson(randomGraph(seed, 12), randomJsonOptions(seed));
    const whole = await columnsOf(bytes);
    expect(whole.id.length).toBeGreaterThan(5);
    for (let split = 1; split < bytes.length; split++) {
      expect(await columnsOf(bytes, [split, bytes.length]), `split at ${split}`).toEqual(whole);
    }
  });

  test.each([1, 2, 3, 5, 7, 13, 64, 1000])('pieces of %i bytes', async (size) => {
    for (let seed = 0; seed < 20; seed++) {
      const bytes = toJson(randomGraph(seed), randomJsonOptions(seed));
      expect(await columnsOf(bytes, [size]), `seed ${seed}`).toEqual(await columnsOf(bytes));
    }
  });

  test('windows end inside numbers, strings and white space of a file larger than one', async () => {
    const plain = randomGraph(5, 60);
    plain.nodes[3].name = '\\"é\ud800'.repeat(400_000);
    for (const style of ['v8', 'compact', 'pretty'] as const) {
      const bytes = toJson(plain, { style, strings: 'escaped' });
      expect(bytes.length).toBeGreaterThan(3 << 20);
      const whole = await columnsOf(bytes);
      expect(whole.strings).toContain(plain.nodes[3].name);
      expect(await columnsOf(bytes, [999_983])).toEqual(whole);
    }
  });
});
