import { expect, test } from 'vitest';
import { normalTail } from '#src/trend/normal-tail.js';

test.each([
  [0, 0.5],
  [0.5, 0.3085375387259869],
  [1, 0.15865525393145707],
  [1.959963984540054, 0.025],
  [2.4999, 0.006211418374944587],
  [2.5, 0.006209665325776132],
  [5, 2.866515718791933e-7],
  [10, 7.61985302416047e-24],
  [37, 5.7255712225239266e-300],
  [-3, 0.9986501019683699],
])('P(Z ≥ %d) to 12 digits', (z, expected) => {
  expect(Math.abs(normalTail(z) / expected - 1)).toBeLessThan(1e-12);
});

test('beyond what a double can say it is 0 or 1', () => {
  expect(normalTail(50)).toBe(0);
  expect(normalTail(-50)).toBe(1);
});

test('it falls without a break where the way of computing it changes', () => {
  let last = 1;
  for (let z = -6; z < 12; z += 0.01) {
    expect(normalTail(z)).toBeLessThan(last);
    last = normalTail(z);
  }
});
