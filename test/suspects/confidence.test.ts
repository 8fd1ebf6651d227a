import { describe, expect, test } from 'vitest';
import type { SuspectTerms } from '#src/base/suspect-types.js';
import { artifactFactor } from '#src/suspects/artifacts.js';
import { boundedBy, capsFor, confidenceOf } from '#src/suspects/confidence.js';
import { agesOf, birthsOf, growthOf, plateauFactor, regularityOf } from '#src/suspects/growth-of.js';

const NOTHING: SuspectTerms = {
  ...{ growth: 0, ages: 0, share: 0, regularity: 0, detectors: 0 },
  ...{ artifact: 1, bounded: 1, plateau: 1 },
};
const EVERYTHING: SuspectTerms = { ...NOTHING, growth: 1, ages: 1, share: 1, regularity: 1, detectors: 1 };

describe('confidence', () => {
  test('is bounded by the least that a bound leaves', () => {
    expect(boundedBy([])).toBe(1);
    expect(boundedBy([{}, { bounded: 0.9 }, { bounded: 0.75 }])).toBe(0.75);
  });

  test.each([
    { snapshots: 1, verdict: 'pattern', most: 0.5, growth: 0 },
    { snapshots: 2, verdict: 'grew between snapshots', most: 0.7, growth: 0.3 },
    { snapshots: 3, verdict: 'grew between snapshots', most: 0.7, growth: 0.3 },
    { snapshots: 4, verdict: 'growing', most: 0.85, growth: 0.6 },
    { snapshots: 5, verdict: 'growing', most: 0.85, growth: 0.6 },
    { snapshots: 6, verdict: 'leak suspect', most: 0.958, growth: 0.6 },
    { snapshots: 7, verdict: 'leak suspect', most: 0.958, growth: 0.6 },
    { snapshots: 8, verdict: 'leak suspect', most: 0.958, growth: 0.6 },
  ])('$snapshots snapshots: $verdict, $most at most', ({ snapshots, verdict, most, growth }) => {
    expect(capsFor(snapshots).verdict).toBe(verdict);
    expect(confidenceOf(EVERYTHING, snapshots)).toBeCloseTo(most, 12);
    expect(confidenceOf({ ...NOTHING, growth: 1 }, snapshots)).toBeCloseTo(growth, 12);
    expect(confidenceOf(NOTHING, snapshots)).toBe(0);
  });

  test.each([
    ['growth', 0.6],
    ['ages', 0.4],
    ['share', 0.5],
    ['regularity', 0.3],
    ['detectors', 0.5],
  ] as const)('%s alone speaks for %d', (term, weight) => {
    expect(confidenceOf({ ...NOTHING, [term]: 1 }, 8)).toBeCloseTo(weight, 12);
    expect(confidenceOf({ ...NOTHING, [term]: 0.5 }, 8)).toBeCloseTo(weight / 2, 12);
  });

  test('terms leave less doubt together, and factors take away before the cap', () => {
    expect(confidenceOf({ ...NOTHING, growth: 1, ages: 1 }, 8)).toBeCloseTo(1 - 0.4 * 0.6, 12);
    expect(confidenceOf({ ...EVERYTHING, artifact: 0.3 }, 8)).toBeCloseTo(0.3 * 0.958, 12);
    expect(confidenceOf({ ...EVERYTHING, plateau: 0.2, bounded: 0.5 }, 8)).toBeCloseTo(0.1 * 0.958, 12);
    // Three snapshots: growth counts half, and 0.9 of what is left is still above the cap.
    expect(confidenceOf({ ...EVERYTHING, bounded: 0.9 }, 3)).toBe(0.7);
  });
});

describe('terms', () => {
  test('a plateau, a step and what has stopped growing count less', () => {
    expect(plateauFactor([10, 20, 30, 40, 50, 60, 70])).toBe(1);
    expect(plateauFactor([0, 50, 75, 88, 94, 97, 98, 99])).toBe(0.2);
    expect(plateauFactor([10, 10, 10, 90, 90, 90, 90])).toBe(0.2);
    expect(plateauFactor([10, 10, 10, 10, 10, 10])).toBe(0.5);
    expect(plateauFactor([10, 20, 30])).toBe(1);
  });

  test('regularity is the share of steps that are the usual one', () => {
    expect(regularityOf([0, 50, 100, 150, 200])).toBe(1);
    expect(regularityOf([0, 50, 100, 150, 203])).toBe(0.75);
    expect(regularityOf([5, 5, 5, 9])).toBe(0);
  });

  test('births by the largest id of each snapshot, and the share of intervals with a living one', () => {
    const births = birthsOf(Float64Array.of(1, 3, 101, 103, 201, 301, 303), [100, 200, 300, 400]);
    expect(births).toEqual([2, 2, 1, 2]);
    expect(agesOf(births)).toBe(1);
    expect(birthsOf(Float64Array.of(1, 301), [100, 200, 300, 400])).toEqual([1, 0, 0, 1]);
    expect(agesOf([1, 0, 0, 1])).toBeCloseTo(1 / 3, 12);
    expect(agesOf([7])).toBe(0);
    expect(birthsOf(Float64Array.of(), [100, 200])).toEqual([0, 0]);
  });

  test('growth is told by the median slope, tests and shape', () => {
    const seven = growthOf([10, 20, 30, 40, 50, 60, 70], [1000, 2000, 3000, 4000, 5000, 6000, 7000], 0.004, [10, 10]);
    expect(seven).toMatchObject({ countPerInterval: 10, bytesPerInterval: 1000, shape: 'linear', births: [10, 10] });
    expect(seven.pValue).toBeCloseTo(1 / 5040, 12);
    expect(seven.adjustedPValue).toBe(0.004);
    const three = growthOf([1, 2, 4], [10, 20, 40], 0.5, null);
    expect(three).toMatchObject({ adjustedPValue: null, shape: 'undetermined', births: null, countPerInterval: 1.5 });
    expect(three.pValue).toBeCloseTo(1 / 6, 12);
  });

  test('what V8 and Node keep for themselves is taken for a side effect', () => {
    const held = (kind: string) => ({ expression: 'x', kind });
    expect(artifactFactor('RequestContext', ['[] global', '.cache Map'], held('field'))).toBe(1);
    expect(artifactFactor('RequestContext', ['[] global', '.cache Map'], held('internal'))).toBe(0.3);
    for (const name of ['(compiled code)', '(system)', 'system / Map', 'FeedbackVector', 'Node / Environment']) {
      expect(artifactFactor(name, [], held('field')), name).toBe(0.3);
    }
    for (const name of ['FeedbackForm', 'Systematic', '(string)', 'Map']) {
      expect(artifactFactor(name, [], held('field')), name).toBe(1);
    }
    expect(artifactFactor('Foo', ['[] global', '(feedback_cell) system / FeedbackCell'], held('field'))).toBe(0.3);
    expect(artifactFactor('Foo', ['[] global', '(table) (array)'], held('field'))).toBe(1);
  });
});
