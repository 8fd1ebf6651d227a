import { describe, expect, test } from 'vitest';
import { type Shape, shapeOf } from '#src/trend/shapes.js';
import { createRandom } from '../build/random.js';
import { noisySeries, rounds } from './random-series.js';

const near = (value: number) => expect.closeTo(value, 6);

describe('clear series', () => {
  test('a line', () => {
    const { fit } = shapeOf([0, 50, 100, 150, 200, 250]);
    expect(fit).toEqual({ shape: 'linear', slope: 50, intercept: near(0), offset: 0, stillRising: true });
    expect(shapeOf([0, 1, 2, 3, 4]).fit).toMatchObject({ shape: 'linear', slope: 1 });
    expect(shapeOf([0.1, 0.2, 0.3, 0.4, 0.5, 0.6]).fit).toMatchObject({ shape: 'linear', slope: near(0.1) });
    expect(shapeOf([9e9, 9e9 + 8, 9e9 + 16, 9e9 + 24, 9e9 + 32]).fit).toMatchObject({ shape: 'linear', slope: 8 });
  });

  test('a line of which one object in two rounds is seen', () => {
    expect(shapeOf([0, 0, 1, 1, 2, 2, 3, 3]).fit).toMatchObject({ shape: 'linear', stillRising: true });
  });

  test('a line that falls does not rise', () => {
    expect(shapeOf([250, 200, 150, 100, 50, 0]).fit).toMatchObject({ shape: 'linear', slope: -50, stillRising: false });
  });

  test('growth that gets faster is no step', () => {
    expect(shapeOf(rounds(8).map((round) => round ** 2)).fit).toMatchObject({ shape: 'linear', stillRising: true });
    expect(shapeOf(rounds(8).map((round) => 2 ** round)).fit).toMatchObject({ shape: 'linear', stillRising: true });
  });

  test.each([
    [[10, 10, 10, 200, 200, 200], { before: 10, after: 200, at: 3 }],
    [[0, 0, 0, 0, 0, 100], { before: 0, after: 100, at: 5 }],
    [[0, 100, 100, 100, 100, 100], { before: 0, after: 100, at: 1 }],
    [[90, 91, 89, 90, 20, 21, 20, 19], { before: 90, after: 20, at: 4 }],
  ])('a step: %j', (values, levels) => {
    expect(shapeOf(values).fit).toEqual({ shape: 'step', ...levels });
  });

  test('a cache that fills', () => {
    const { fit } = shapeOf([0, 60, 85, 95, 99, 100, 100, 100]);
    expect(fit).toMatchObject({ shape: 'saturating', tau: expect.closeTo(1.09, 2), rise: expect.closeTo(101, 0) });
    expect(shapeOf([0, 50, 100, 150, 200, 200, 200, 200]).fit.shape).toBe('saturating');
  });

  test.each([
    [[5, 5, 5, 5, 5]],
    [[0.1, 0.1, 0.1, 0.1, 0.1, 0.1]],
    [[0, 0, 0, 0, 0, 0, 0]],
    [[100, 103, 98, 101, 99, 102, 100, 97]],
    [[3, 3, 3, 4, 3, 3, 3]],
    [[0, 50, 100, 0, 50, 100, 0, 50]],
    [[0, 90, 0, 90, 0, 90]],
  ])('a constant: %j', (values) => {
    expect(shapeOf(values).fit.shape).toBe('constant');
  });
});

describe('a leak behind a first round of warm-up', () => {
  test('is linear, and the line is that of the leak', () => {
    const { fit } = shapeOf([0, 500, 550, 600, 650, 700, 750, 800]);
    expect(fit).toEqual({ shape: 'linear', slope: 50, intercept: 450, offset: 450, stillRising: true });
  });

  test('counts positions from anywhere', () => {
    const positions = [100, 110, 120, 130, 140, 150, 160];
    const { fit } = shapeOf([0, 500, 550, 600, 650, 700, 750], positions);
    expect(fit).toMatchObject({ shape: 'linear', slope: near(5), offset: near(450), intercept: near(-50) });
  });

  test('is not what a cache is that fills in the first round', () => {
    expect(shapeOf([0, 500, 501, 502, 501, 502, 500, 501]).fit.shape).not.toBe('linear');
  });
});

describe('short series', () => {
  test('of four values are undetermined', () => {
    for (let n = 0; n < 5; n++) {
      expect(shapeOf(rounds(n))).toEqual({ fit: { shape: 'undetermined' }, models: [] });
    }
  });

  test('of five are a constant or a line', () => {
    expect(shapeOf(rounds(5)).models.map(({ model }) => model)).toEqual(['constant', 'linear']);
    expect(shapeOf([10, 10, 10, 200, 200]).fit.shape).toMatch(/constant|linear/);
  });

  test('of five that level off are lines that rise no more', () => {
    expect(shapeOf([0, 60, 90, 95, 97]).fit).toMatchObject({ shape: 'linear', stillRising: false });
    expect(shapeOf([0, 30, 58, 92, 120]).fit).toMatchObject({ shape: 'linear', stillRising: true });
  });

  test('of six are compared with all models', () => {
    const { models } = shapeOf([3, 9, 11, 20, 22, 31]);
    expect(models.map(({ model }) => model)).toEqual([
      'constant',
      'linear',
      'saturating',
      'step',
      'linear behind the first',
    ]);
    for (const { score, aicc } of models) expect([Number.isFinite(score), Number.isFinite(aicc)]).toEqual([true, true]);
  });
});

test('positions stretch slopes and τ, and change no shape', () => {
  const random = createRandom(91);
  const forms = [(at: number) => at / 7, (at: number) => 1 - Math.exp(-at / 2), () => 0];
  const seen = new Set<string>();
  for (let round = 0; round < 100; round++) {
    const values = noisySeries(random, 8, 0.05, random.pick(forms));
    const plain = shapeOf(values).fit;
    const stretched = shapeOf(
      values,
      values.map((_, at) => 60 * at),
    ).fit;
    seen.add(plain.shape);
    expect(stretched.shape).toBe(plain.shape);
    if (plain.shape === 'linear') expect(stretched).toMatchObject({ slope: near(plain.slope / 60) });
    if (plain.shape === 'saturating') expect(stretched).toMatchObject({ tau: expect.closeTo(60 * plain.tau, 1) });
  }
  expect(seen.size).toBeGreaterThanOrEqual(3);
});

test('what is no series is refused', () => {
  expect(() => shapeOf([1, 2, 3, 4, Number.POSITIVE_INFINITY])).toThrow('series: found Infinity at 4');
  expect(() => shapeOf([1, 2, 3, 4, 5], [1, 2])).toThrow('positions: found 2, expected 5');
});

/**
 * How many of 500 noisy series get each shape. The bounds below are what 2,000 other series had (the table of
 * `shapeOf`), less or more three standard deviations of a share of 500.
 */
function shapesOf(n: number, noise: number, shape: (round: number) => number, seed: number) {
  const random = createRandom(seed);
  const counts: Record<Shape['shape'] | 'rising', number> = {
    undetermined: 0,
    constant: 0,
    linear: 0,
    saturating: 0,
    step: 0,
    rising: 0,
  };
  for (let round = 0; round < 500; round++) {
    const { fit } = shapeOf(noisySeries(random, n, noise, shape));
    counts[fit.shape]++;
    if (fit.shape === 'linear' && fit.stillRising) counts.rising++;
  }
  return counts;
}

describe('noise around a constant', () => {
  test('of eight values is called linear in 4.1 % of series at most, and seldom a line that rises', () => {
    // A line wins if 8 ln(ratio of squares) > 6, F(1, 6) > 6.70, which noise does with probability 0.041: 20.6 of
    // 500, standard deviation 4.4; fewer where another model wins. A rising one half of them at most.
    const { linear, rising, constant } = shapesOf(8, 0.1, () => 0, 101);
    expect(linear).toBeLessThan(34);
    expect(rising).toBeLessThan(21);
    expect(linear).toBeGreaterThan(3);
    expect(constant).toBeGreaterThan(450);
  });

  test.each([
    // P(F(1, n - 2) > (n - 2)(e^(6/n) - 1)): 0.078, 0.059, 0.029; three standard deviations more.
    [5, 57],
    [6, 46],
    [12, 26],
  ])('of %d values is called linear in fewer than %d of 500', (n, most) => {
    const { linear, constant } = shapesOf(n, 0.1, () => 0, 110 + n);
    expect(linear).toBeLessThan(most);
    expect(constant).toBeGreaterThan(427);
  });
});

describe('of 500 series with noise of 5 and 10 % of the rise', () => {
  test.each([
    [5, 0.05, 497],
    [5, 0.1, 490],
    [6, 0.05, 495],
    [6, 0.1, 470],
    [8, 0.05, 495],
    [8, 0.1, 473],
    [12, 0.1, 483],
  ])('lines of %d values, noise %d, are linear in more than %d', (n, noise, least) => {
    const { linear, rising } = shapesOf(n, noise, (round) => round / (n - 1), 200 + n);
    expect(linear).toBeGreaterThan(least);
    expect(rising).toBeGreaterThan(0.88 * linear);
  });

  test.each([
    [6, 1, 0.05, 465],
    [6, 2, 0.05, 440],
    [8, 1, 0.1, 440],
    [8, 2, 0.1, 415],
    [8, 3, 0.05, 465],
    [12, 3, 0.1, 465],
    [12, 4, 0.05, 485],
  ])('caches of %d values with τ = %d, noise %d, are saturating in more than %d', (n, tau, noise, least) => {
    const { saturating } = shapesOf(n, noise, (round) => 1 - Math.exp(-round / tau), 300 + n);
    expect(saturating).toBeGreaterThan(least);
  });

  test.each([
    [6, 0.05, 420],
    [8, 0.1, 415],
    [12, 0.1, 445],
  ])('steps of %d values, noise %d, are steps in more than %d', (n, noise, least) => {
    const { step } = shapesOf(n, noise, (round) => (round < n / 2 ? 0 : 1), 400 + n);
    expect(step).toBeGreaterThan(least);
  });

  test.each([5, 6, 8, 12])('sawteeth of %d values are never lines that rise', (n) => {
    const { rising, constant } = shapesOf(n, 0.1, (round) => (round % 3) / 2, 500 + n);
    expect(rising).toBe(0);
    expect(constant).toBeGreaterThan(490);
  });

  test('caches of five values with τ = 1 are seldom lines that rise', () => {
    const { rising } = shapesOf(5, 0.05, (round) => 1 - Math.exp(-round), 600);
    expect(rising).toBeLessThan(35);
  });

  test('lines behind a first round that makes half of the rise are linear', () => {
    const { linear } = shapesOf(8, 0.05, (round) => (round === 0 ? -0.5 : round / 7), 700);
    expect(linear).toBeGreaterThan(485);
  });
});
