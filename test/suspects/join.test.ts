import { expect, test } from 'vitest';
import { NOT_LISTED } from '#src/suspects/evidence.js';
import { joinGroups } from '#src/suspects/join.js';
import { createRandom, type Random } from '../build/random.js';
import { type GroupRow, tableOf } from './evidence-builder.js';

const SERIES = 200;

/** Keys that differ in one half only, and keys whose halves are swapped: an index by hash must not be content with a part. */
function randomKeys(random: Random): bigint[] {
  const halves = Array.from({ length: 12 }, () => BigInt(random.int(2 ** 32)));
  const pairs = halves.flatMap((low) => halves.map((high) => (high << 32n) | low));
  return random.shuffle([...new Set([...pairs, 0n])]);
}

function randomTable(random: Random, keys: readonly bigint[]): GroupRow[] {
  const rows = random.shuffle(keys.slice(0, random.int(keys.length + 1)));
  return rows.map((key) => ({
    key,
    ...(random.chance(0.7) && { parent: random.pick(keys) }),
    members: 1 + random.int(1000),
    degrees: random.int(5000),
    selfSize: random.int(2 ** 40),
    retainedSize: random.int(2 ** 45),
  }));
}

test('joinGroups gives every group of the last table its figures in all tables, 0 where it is not listed', () => {
  const seen = { found: 0, missing: 0, parents: 0, empty: 0 };
  for (let seed = 0; seed < SERIES; seed++) {
    const random = createRandom(seed);
    const keys = randomKeys(random).slice(0, 1 + random.int(140));
    const series = Array.from({ length: 1 + random.int(5) }, () => randomTable(random, keys));
    const joined = joinGroups(series.map(tableOf));
    const last = series[series.length - 1];
    const maps = series.map((rows) => new Map(rows.map((row) => [row.key, row])));
    expect(joined).toMatchObject({ snapshots: series.length, size: last.length });
    for (const [group, { key, parent }] of last.entries()) {
      const rows = maps.map((map) => map.get(key));
      expect(joined.members(group), `series ${seed}`).toEqual(rows.map((row) => row?.members ?? 0));
      expect(joined.degrees(group)).toEqual(rows.map((row) => row?.degrees ?? 0));
      expect(joined.selfSize(group)).toEqual(rows.map((row) => row?.selfSize ?? 0));
      expect(joined.retainedSize(group)).toEqual(rows.map((row) => row?.retainedSize ?? 0));
      const before = last.findIndex((row) => row.key === parent);
      expect(joined.parents[group]).toBe(before < 0 ? NOT_LISTED : before);
      seen.parents += before < 0 ? 0 : 1;
      for (const row of rows) seen[row ? 'found' : 'missing']++;
    }
    seen.empty += last.length === 0 ? 1 : 0;
  }
  expect(seen.found).toBeGreaterThan(10_000);
  expect(seen.missing).toBeGreaterThan(1000);
  expect(seen.parents).toBeGreaterThan(1000);
  expect(seen.empty).toBeGreaterThan(0);
});
