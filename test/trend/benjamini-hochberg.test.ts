import { expect, test } from 'vitest';
import { benjaminiHochberg } from '#src/trend/benjamini-hochberg.js';
import { createRandom } from '../build/random.js';

/** The procedure as published: the largest i with p(i) ≤ i·q/m, and all up to it are rejected. */
function rejected(p: readonly number[], q: number): boolean[] {
  const sorted = p.toSorted((a, b) => a - b);
  const last = sorted.findLastIndex((value, index) => value * p.length <= (index + 1) * q);
  return p.map((value) => last >= 0 && value <= sorted[last]);
}

test('an example by hand', () => {
  const adjusted = benjaminiHochberg([0.04, 0.01, 0.03, 0.02, 0.9]);
  for (const [at, value] of [0.05, 0.05, 0.05, 0.05, 0.9].entries()) expect(adjusted[at]).toBeCloseTo(value, 14);
});

test('an adjusted value of at most q is what the step-up procedure rejects at q', () => {
  const random = createRandom(41);
  let [some, all] = [0, 0];
  for (let round = 0; round < 300; round++) {
    // In sixty-fourths, so that ties occur and no product is rounded.
    const p = Array.from({ length: 1 + random.int(32) }, () => random.int(65) / 64 / random.pick([1, 8]));
    const adjusted = benjaminiHochberg(p);
    for (const q of [0.051, 0.21, 0.507]) {
      const found = adjusted.map((value) => value <= q);
      expect(found, `${p} ${q}`).toEqual(rejected(p, q));
      all++;
      if (found.includes(true) && found.includes(false)) some++;
    }
  }
  expect(all).toBe(900);
  expect(some).toBeGreaterThan(100);
});

test('order and ties of the values are kept, none falls, none exceeds 1', () => {
  const random = createRandom(42);
  for (let round = 0; round < 200; round++) {
    const p = Array.from({ length: 1 + random.int(40) }, () => random.int(30) / 29);
    const adjusted = benjaminiHochberg(p);
    for (const [a, value] of p.entries()) {
      expect(adjusted[a]).toBeGreaterThanOrEqual(value);
      expect(adjusted[a]).toBeLessThanOrEqual(1);
      for (const [b, other] of p.entries()) {
        if (value === other) expect(adjusted[a]).toBe(adjusted[b]);
        if (value < other) expect(adjusted[a]).toBeLessThanOrEqual(adjusted[b]);
      }
    }
  }
});

test('one test is not adjusted, and none gives none', () => {
  expect(benjaminiHochberg([0.1])).toEqual([0.1]);
  expect(benjaminiHochberg([])).toEqual([]);
  expect(benjaminiHochberg([0.1, 0.1, 0.1])).toEqual([0.1, 0.1, 0.1]);
});

test.each([-0.1, 1.1, Number.NaN])('%d is no p-value', (value) => {
  expect(() => benjaminiHochberg([0.5, value])).toThrow(
    new RangeError(`p-values: found ${value} at 1, expected 0 to 1`),
  );
});
