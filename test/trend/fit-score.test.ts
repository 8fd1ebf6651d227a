import { describe, expect, test } from 'vitest';
import { aiccOf, noiseFloor, scoreOfFit } from '#src/trend/fit-score.js';

describe('AICc', () => {
  test('counts the variance among the parameters', () => {
    // 8 ln 1 + 2·3 + 2·3·4/(8 - 3 - 1)
    expect(aiccOf('linear', 1, 8)).toBe(12);
    expect(aiccOf('constant', Math.E, 5)).toBe(5 + 4 + 6);
    expect(aiccOf('step', 1, 6)).toBe(48);
  });

  test('does not exist where the correction would divide by nothing', () => {
    expect(aiccOf('saturating', 1, 5)).toBe(undefined);
    expect(aiccOf('linear', 1, 4)).toBe(undefined);
    expect(aiccOf('linear', 1, 5)).toBe(30);
  });
});

test('what decides charges each model the same for all n', () => {
  const models = ['constant', 'linear', 'saturating', 'step', 'linear behind the first'] as const;
  for (const n of [5, 8, 500]) expect(models.map((model) => scoreOfFit(model, 1, n))).toEqual([0, 6, 10, 12, 12]);
  expect(scoreOfFit('linear', Math.E, 7)).toBe(13);
});

describe('the floor of noise', () => {
  test('is the variance of rounding for counts', () => {
    expect(noiseFloor([0, 5, 1000])).toBe(1 / 12);
    expect(noiseFloor([7, 7])).toBe(1 / 12);
  });

  test('is a millionth of the range for other values', () => {
    expect(noiseFloor([0.5, 2.5])).toBeCloseTo(4e-12, 20);
    expect(noiseFloor([-2, 0.5])).toBeCloseTo(6.25e-12, 20);
  });

  test('is never 0, and never finer than the values are', () => {
    expect(noiseFloor([0.5, 0.5])).toBe(0.25e-24);
    expect(noiseFloor([2e15, 2e15 + 4])).toBeCloseTo(4e6, 6);
  });
});
