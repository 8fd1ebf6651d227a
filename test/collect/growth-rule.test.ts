import { describe, expect, test } from 'vitest';
import { GrowthRule } from '#src/collect/growth-rule.js';

const MB = 1 << 20;

/** Samples a second, of which each snapshot taken is told. */
function dueAt(live: readonly (number | undefined)[], growth = 5 * MB, distance = 10_000): number[] {
  const rule = new GrowthRule(growth, distance);
  return live.flatMap((value, at) => {
    const sample = { ts: 1000 * at, live: value };
    if (!rule.isDue(sample)) return [];
    rule.taken(sample.ts, value ?? 50 * MB);
    return [at];
  });
}

describe('a snapshot is due', () => {
  test('when the program has warmed up, and then not before the heap has grown', () => {
    expect(dueAt(Array(100).fill(50 * MB))).toEqual([2]);
  });

  test('whenever what full collections leave has grown by so much, not more often than the distance allows', () => {
    const rising = (each: number) => Array.from({ length: 60 }, (_, at) => (50 + at * each) * MB);
    expect(dueAt(rising(1))).toEqual([2, 12, 22, 32, 42, 52]);
    expect(dueAt(rising(1 / 4))).toEqual([2, 22, 42]);
  });

  test('not for garbage that is counted with what lives, where a program could not be asked at once', () => {
    const rule = new GrowthRule(5 * MB, 10_000);
    const due: number[] = [];
    for (let at = 0; at < 300; at++) {
      // Up to 40 MB of it on 50 MB, and from sample 200 on 10 MB that stay.
      const live = ((at < 200 ? 50 : 60) + ((at * 7) % 10) * 4) * MB;
      const sample = { ts: 1000 * at, live, isLate: true };
      if (!rule.isDue(sample)) continue;
      rule.taken(sample.ts, (at < 200 ? 50 : 60) * MB);
      due.push(at);
    }
    expect(due[0]).toBe(2);
    expect(due).toHaveLength(2);
    expect(due[1]).toBeGreaterThanOrEqual(200);
    expect(due[1]).toBeLessThanOrEqual(211);
  });

  test('for the first time before any full collection, and then not without one', () => {
    expect(dueAt(Array(100).fill(undefined))).toEqual([2]);
    const late = [...Array(50).fill(undefined), ...Array(50).fill(56 * MB)];
    expect(dueAt(late)).toEqual([2, 50]);
  });
});
