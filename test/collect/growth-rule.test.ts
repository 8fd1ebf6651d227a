import { describe, expect, test } from 'vitest';
import { GrowthRule } from '#src/collect/growth-rule.js';

const MB = 1 << 20;

/** Samples a second, of which each snapshot taken is told. */
function dueAt(
  used: readonly number[],
  live: (at: number) => number | undefined,
  growth = 5 * MB,
  distance = 10_000,
): number[] {
  const rule = new GrowthRule(growth, distance);
  return used.flatMap((value, at) => {
    const sample = { ts: 1000 * at, used: value, live: live(at) };
    if (!rule.isDue(sample)) return [];
    rule.taken(sample.ts, live(at) ?? value);
    return [at];
  });
}

describe('a snapshot is due', () => {
  test('when the program has warmed up, and then not before the heap has grown', () => {
    expect(dueAt(Array(100).fill(50 * MB), () => 50 * MB)).toEqual([2]);
  });

  test('whenever what full collections leave has grown by so much, not more often than the distance allows', () => {
    const used = Array.from({ length: 60 }, (_, at) => (50 + at) * MB);
    expect(dueAt(used, (at) => (50 + at) * MB)).toEqual([2, 12, 22, 32, 42, 52]);
    expect(dueAt(used, (at) => (50 + at / 4) * MB)).toEqual([2, 22, 42]);
  });

  test('not because the heap swings, whether or not there are full collections', () => {
    const saw = Array.from({ length: 200 }, (_, at) => (50 + 3 * (at % 10)) * MB);
    expect(dueAt(saw, () => undefined)).toEqual([2]);
    expect(dueAt(saw, () => 50 * MB)).toEqual([2]);
  });

  test('by the least of the latest samples where there has been no full collection', () => {
    const rising = Array.from({ length: 60 }, (_, at) => (50 + at / 2 + 3 * (at % 4)) * MB);
    const due = dueAt(rising, () => undefined);
    expect(due[0]).toBe(2);
    expect(due.length).toBeGreaterThan(2);
  });
});
