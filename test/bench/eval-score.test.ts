import { describe, expect, test } from 'vitest';
import { confidenceOf } from '#src/suspects/confidence.js';
// @ts-expect-error: the benchmarks are plain JavaScript
import { CHANGES, isDetectorsAlone } from '../../bench/eval/ablation.js';
// @ts-expect-error: see above
import { classLists } from '../../bench/eval/analyse.js';
// @ts-expect-error: see above
import { BASELINES, peerBaseline, scoreBaseline } from '../../bench/eval/baselines.js';
// @ts-expect-error: see above
import { metricsWithIntervals } from '../../bench/eval/bootstrap.js';
// @ts-expect-error: see above
import { halvesOf, readCorpus } from '../../bench/eval/corpus.js';
// @ts-expect-error: see above
import { calibrationOf, countsOf, judge, mentions, metricsOf, rankOf } from '../../bench/eval/score.js';

type Variant = 'leaky' | 'fixed' | 'innocent';
type Sample = { pattern: string; variant: Variant; half: string; label: { detector: string; holders: string[] } };

/** A run whose suspects have these holders, each with its confidence. */
function run(variant: Variant, found: [string, number][], pattern = 'p') {
  const suspects = found.map(([expression, confidence]) => ({ confidence, holder: { expression }, title: '' }));
  return {
    pattern,
    variant,
    half: 'A',
    node: '22',
    label: { detector: 'D1', holders: ['cache'], classes: ['Row'] },
    suspects,
  };
}

describe('a holder is named', () => {
  test.each([
    ['module-level cache in server.js', true],
    ['global.cache', true],
    ['cache', true],
    ['cached', false],
    ['$cache', false],
    ['cache_2', false],
    ['theCache', false],
  ])('in %s: %s', (text, expected) => {
    expect(mentions(text, ['nothing', 'cache'])).toBe(expected);
  });

  test('by words that are no words of a pattern', () => {
    expect(mentions('Journal.#entries', ['#entries'])).toBe(true);
    expect(mentions('keeps {a, b}', ['{a, b}'])).toBe(true);
    expect(mentions('aXb', ['a.b'])).toBe(false);
  });
});

describe('a run is judged', () => {
  test('by the first right suspect, and by what it reports', () => {
    const leaky = run('leaky', [
      ['other', 0.9],
      ['global.cache', 0.8],
      ['cache', 0.75],
      ['more', 0.74],
    ]);
    expect(judge(leaky)).toEqual({ pattern: 'p', variant: 'leaky', rank: 2, reported: 3, reportedRight: 2 });
  });

  test('with nothing right in a fixed program, whatever it names', () => {
    expect(judge(run('fixed', [['cache', 0.9]]))).toMatchObject({
      rank: Number.POSITIVE_INFINITY,
      reported: 1,
      reportedRight: 0,
    });
  });

  test('without suspects', () => {
    expect(judge(run('leaky', []))).toMatchObject({ rank: Number.POSITIVE_INFINITY, reported: 0 });
    expect(rankOf([false, false, true])).toBe(3);
  });
});

test('metrics are ratios of counts', () => {
  const judged = [
    run('leaky', [['cache', 0.9]]),
    run('leaky', [
      ['a', 0.9],
      ['cache', 0.5],
    ]),
    run('leaky', [
      ['a', 0.1],
      ['b', 0.1],
      ['c', 0.1],
      ['cache', 0.1],
    ]),
    run('leaky', []),
    run('fixed', [['a', 0.75]]),
    run('fixed', [['a', 0.7]]),
    run('innocent', []),
  ].map(judge);
  expect(metricsOf(countsOf(judged))).toEqual({
    recall1: 0.25,
    recall3: 0.5,
    recall10: 0.75,
    mrr: (1 + 1 / 2 + 1 / 4) / 4,
    reported: 0.25,
    precision: 1 / 2,
    precisionOfAll: 1 / 3,
    fixedAlarms: 0.5,
    innocentAlarms: 0,
  });
  expect(metricsOf(countsOf([]))).toMatchObject({ recall1: Number.NaN, innocentAlarms: Number.NaN });
});

test('calibration counts every suspect in its tenth, and those without a leak as wrong', () => {
  const bins = calibrationOf([
    run('leaky', [
      ['cache', 0.7],
      ['cache', 0.75],
      ['other', 0.79],
      ['cache', 1],
    ]),
    run('fixed', [['cache', 0.72]]),
  ]);
  expect(bins.map(({ count }: { count: number }) => count)).toEqual([0, 0, 0, 0, 0, 0, 0, 4, 0, 1]);
  expect(bins[7]).toMatchObject({ from: 0.7, right: 2, share: 0.5 });
  expect(bins[7].meanConfidence).toBeCloseTo(0.74);
  expect(bins[9]).toMatchObject({ right: 1, share: 1, meanConfidence: 1 });
});

describe('halves', () => {
  test('alternate in alphabetical order', () => {
    expect([...halvesOf(['d', 'a', 'c', 'b', 'e'])]).toEqual([
      ['a', 'A'],
      ['b', 'B'],
      ['c', 'A'],
      ['d', 'B'],
      ['e', 'A'],
    ]);
  });

  test('of the corpus are as large, keep twins together, and every leak has a holder', () => {
    const samples: Sample[] = readCorpus();
    const patterns = (variant: Variant, half: string) =>
      samples.filter((sample) => sample.variant === variant && sample.half === half).map(({ pattern }) => pattern);
    expect(patterns('leaky', 'A').length).toBeGreaterThan(10);
    for (const variant of ['leaky', 'innocent'] as const) {
      expect(patterns(variant, 'A').length - patterns(variant, 'B').length).toBeOneOf([0, 1]);
    }
    for (const half of ['A', 'B']) expect(patterns('fixed', half)).toEqual(patterns('leaky', half));
    const leaky = samples.filter(({ variant }) => variant === 'leaky');
    expect(leaky.filter(({ label }) => label.holders.length === 0)).toEqual([]);
  });
});

describe('intervals', () => {
  const right = (pattern: string) => judge(run('leaky', [['cache', 0.9]], pattern));
  const wrong = (pattern: string) => judge(run('leaky', [], pattern));

  test('are the same in every run, and hold the figure', () => {
    const judged = [...'abcdefgh'].map(right).concat([...'ijkl'].map(wrong));
    const { recall1, intervals, patterns } = metricsWithIntervals(judged);
    expect([recall1, patterns]).toEqual([2 / 3, [12, 0]]);
    expect(intervals.recall1.low).toBeGreaterThan(0.3);
    expect(intervals.recall1.low).toBeLessThan(0.5);
    expect(intervals.recall1.high).toBeGreaterThan(0.8);
    expect(intervals.recall1.high).toBeLessThan(1);
    expect(metricsWithIntervals(judged).intervals).toEqual(intervals);
  });

  test('do not shrink when a pattern ran more often', () => {
    const once = [right('a'), right('b'), wrong('c'), wrong('d')];
    const often = [1, 2, 3, 4, 5].flatMap(() => once);
    expect(metricsWithIntervals(often).intervals.recall1).toEqual(metricsWithIntervals(once).intervals.recall1);
  });

  test('need two patterns', () => {
    expect(metricsWithIntervals([right('a'), wrong('a')])).toMatchObject({
      recall1: 0.5,
      intervals: { recall1: null },
    });
  });
});

describe('a part of the confidence switched off', () => {
  const terms = {
    growth: 0.9,
    ages: 1,
    share: 0.5,
    regularity: 1,
    detectors: 0.8,
    artifact: 1,
    bounded: 1,
    plateau: 0.2,
  };
  const suspect = (signature: string, own: object, bytesPerInterval: number, births: number[] | null = [1]) => {
    const all = { ...terms, ...own };
    const growth = { count: [1, 2, 3, 4, 5, 6, 7], bytesPerInterval, births };
    return {
      signature,
      terms: all,
      growth,
      confidence: confidenceOf(all, 7),
      retainedSize: 1,
      seedScore: null,
      detectors: ['d'],
    };
  };
  const changed = (name: string, suspects: object[]) => {
    const change = CHANGES.find((each: { name: string }) => each.name === name);
    return change.apply(suspects, 'ids') as ReturnType<typeof suspect>[];
  };
  const two = [suspect('a', { plateau: 1 }, 100), suspect('b', {}, 200)];

  test('changes nothing where none is', () => {
    expect(changed('as it is', two)).toEqual(two);
  });

  test('counts a factor as 1 and a term as 0', () => {
    const without = changed('without plateau', two);
    expect(without.map(({ signature }) => signature)).toEqual(['b', 'a']);
    expect(without[0].confidence).toBeCloseTo(5 * two[1].confidence);
    expect(changed('without ages', two)[0].confidence).toBe(confidenceOf({ ...terms, ages: 0, plateau: 1 }, 7));
  });

  test('leaves out what only a detector sees', () => {
    const alone = suspect('c', {}, 999, null);
    expect([isDetectorsAlone(alone, 'ids'), isDetectorsAlone(alone, 'structure')]).toEqual([true, false]);
    expect(changed('no detector, from terms', [alone, ...two]).map(({ signature }) => signature)).toEqual(['a', 'b']);
  });

  test('orders by one figure', () => {
    expect(changed('order: bytes an interval', two).map(({ signature }) => signature)).toEqual(['b', 'a']);
    expect(changed('order: seedScore', two).map(({ signature }) => signature)).toEqual(['a', 'b']);
  });
});

describe('baselines', () => {
  const growth = (name: string, countDeltas: number[], selfSizeDeltas: number[]) => {
    const sum = (values: number[]) => values.reduce((total, value) => total + value, 0);
    const risingSteps = countDeltas.filter((delta) => delta > 0).length;
    const totals = { totalCountDelta: sum(countDeltas), totalSelfSizeDelta: sum(selfSizeDeltas) };
    return { name, countDeltas, selfSizeDeltas, risingSteps, ...totals };
  };
  const lists = classLists([
    growth('Row', [1, 1], [10, 10]),
    growth('(string)', [9, 0], [5, 5]),
    growth('Gone', [-1, 0], [-8, 0]),
  ]);

  test('list classes by what was added, or by what was added each time', () => {
    expect(lists).toEqual({
      'DevTools, count': ['(string)', 'Row'],
      'DevTools, size': ['Row', '(string)'],
      'DevTools, count each step': ['Row'],
      'DevTools, size each step': ['Row', '(string)'],
      'class growth table': ['Row', '(string)', 'Gone'],
    });
  });

  test('are right about a class at most', () => {
    const byCount = BASELINES.find(({ name }: { name: string }) => name === 'DevTools, count');
    const runs = [
      { ...run('leaky', []), lists },
      { ...run('fixed', []), lists },
    ];
    expect(scoreBaseline(byCount, runs)).toMatchObject({
      leakyRuns: 1,
      otherRuns: 1,
      holder10: 0,
      class1: 0,
      class3: 1,
      alarms: 1,
    });
  });

  test('of a peer count where it ran', () => {
    const ran = (...answers: string[]) => ({ ...run('leaky', []), peers: { peer: { answers } } });
    const runs = [ran('--cache--> [Map]'), ran('[Row]'), ran(), { ...run('leaky', []), peers: {} }];
    expect(scoreBaseline(peerBaseline('peer'), runs)).toMatchObject({
      leakyRuns: 3,
      holder1: 1 / 3,
      class1: 2 / 3,
      silent: 1 / 3,
    });
  });
});
