import fc from 'fast-check';
import { checkBudgets, checkDiffBudgets } from 'heapsleuth';
import { describe, expect, test } from 'vitest';
import type { BudgetResult, Budgets } from '#src/base/gate-types.js';
import { matchesGlob } from '#src/gate/glob.js';
import { sampleDiff, sampleReport } from '../report/samples.js';
import { sampleAnalysis, sampleSuspect } from './analyses.js';

const check = (budgets: Budgets) => checkBudgets(sampleAnalysis(), budgets);
const told = ({ budget, actual, over, state }: BudgetResult) => [budget, actual, over, state];

describe('a budget', () => {
  test('of the heap: the largest snapshot, and the growth an interval; equal is not above', () => {
    const results = check({ heap: { size: 120_000, nodes: 1199, growth: 9_999 } });
    expect(results.map(told)).toEqual([
      ['heap.size', 120_000, 0, 'met'],
      ['heap.nodes', 1200, 1, 'exceeded'],
      ['heap.growth', 10_000, 1, 'exceeded'],
    ]);
    expect(results.map(({ snapshot }) => snapshot)).toEqual([
      'folder/s-4.heapsnapshot'.replace('4', '3'),
      'folder/s-3.heapsnapshot',
      undefined,
    ]);
  });

  test('of classes: each that the pattern names, in every snapshot', () => {
    const limits = { count: 139, selfSize: 1, retainedSize: 140_000, growth: 0, countGrowth: 0 };
    const results = check({ classes: { Session: limits } });
    expect(results.map(told)).toEqual([
      ['classes["Session"].count', 140, 1, 'exceeded'],
      ['classes["Session"].selfSize', 24 * 140, 24 * 140 - 1, 'exceeded'],
      ['classes["Session"].retainedSize', 140_000, 0, 'met'],
      ['classes["Session"].growth', 0, 0, 'met'],
      ['classes["Session"].countGrowth', 0, 0, 'met'],
    ]);
    expect(results[0].snapshot).toBe('folder/s-2.heapsnapshot');
    const [worst] = check({ classes: { '*': { countGrowth: 49.5 } } });
    expect(worst).toMatchObject({ actual: 50, over: 0.5, what: 'Leak', state: 'exceeded' });
    const [unchanged, none] = check({ classes: { Still: { count: 6 }, 'Detached *': { count: 0 } } });
    expect(unchanged).toMatchObject({ actual: 7, over: 1, what: 'Still' });
    expect(none).toMatchObject({ actual: 0, state: 'met' });
  });

  test('of suspects: those that count; a pattern nobody has seen growing does not, nor does what is suppressed', () => {
    const suspects = [
      sampleSuspect('one'),
      sampleSuspect('two', { confidence: 0.6, retainedSize: 1e6 }),
      sampleSuspect('known', { retainedSize: 9e9, suppressed: { reason: 'r', expires: '2027-01-01' } }),
      sampleSuspect('pattern', { retainedSize: 8e9, verdict: 'pattern', growth: null }),
    ];
    const limits = { count: 1, confidence: 0.9, retainedSize: 10, growth: 50_000, countGrowth: 10 };
    const results = checkBudgets(sampleAnalysis(suspects), { suspects: limits });
    expect(results.map(told)).toEqual([
      ['suspects.count', 2, 1, 'exceeded'],
      ['suspects.confidence', 0.9, 0, 'met'],
      ['suspects.retainedSize', 1e6, 1e6 - 10, 'exceeded'],
      ['suspects.growth', 50_000, 0, 'met'],
      ['suspects.countGrowth', 50, 40, 'exceeded'],
    ]);
    expect(results[2].what).toBe('two');
  });

  test('that nothing tells is unknown, and says why', () => {
    const [snapshot] = sampleAnalysis().snapshots;
    const alone = { schemaVersion: 1, snapshots: [snapshot] } as const;
    const budgets = {
      heap: { growth: 1 },
      classes: { Still: { growth: 1 } },
      suspects: { count: 0 },
      waste: { 'array-slack': 1 },
    };
    const results = checkBudgets(alone, budgets);
    expect(results.map(({ state, reason }) => [state, reason])).toEqual([
      ['unknown', 'one snapshot shows no growth'],
      ['unknown', 'one snapshot shows no growth'],
      ['unknown', 'no suspects were sought'],
      ['unknown', 'waste was not looked for'],
    ]);
    const nothing = checkBudgets(
      { schemaVersion: 1, snapshots: [] },
      { heap: { size: 1 }, classes: { A: { count: 1 } } },
    );
    expect(nothing.map(({ state }) => state)).toEqual(['unknown', 'unknown']);
  });

  test('of waste: by kind, of the last snapshot', () => {
    const kind = { kind: 'array-slack', reclaimable: 300, count: 3, itemCount: 0, items: [] } as const;
    const waste = { file: 'f', nodeCount: 1, totalSize: 1, kinds: [kind] };
    const [result] = checkBudgets(sampleAnalysis(), { waste: { 'array-slack': 200 } }, waste);
    expect(result).toMatchObject({ budget: 'waste["array-slack"]', actual: 300, over: 100, state: 'exceeded' });
    const picture = { waste, tree: {} } as never;
    const shown = { ...sampleReport('f', []), picture };
    const [again] = checkBudgets({ schemaVersion: 1, snapshots: [shown] }, { waste: { 'array-slack': 200 } });
    expect(again).toMatchObject({ actual: 300, over: 100 });
  });

  test('of a comparison: growth over its one interval; what it does not tell is unknown', () => {
    const diffs = [sampleDiff('A', 30, 10), sampleDiff('B', 1, 2)];
    const budgets = {
      heap: { growth: 455, size: 1 },
      classes: { '*': { growth: 19_999, countGrowth: 20, count: 5, retainedSize: 1 } },
      suspects: { count: 0 },
    };
    expect(checkDiffBudgets(diffs, budgets).map(told)).toEqual([
      ['heap.size', null, 0, 'unknown'],
      ['heap.growth', 456, 1, 'exceeded'],
      ['classes["*"].count', null, 0, 'unknown'],
      ['classes["*"].retainedSize', 120_000, 119_999, 'exceeded'],
      ['classes["*"].growth', 20_000, 1, 'exceeded'],
      ['classes["*"].countGrowth', 20, 0, 'met'],
      ['suspects.count', null, 0, 'unknown'],
    ]);
  });
});

describe('a pattern', () => {
  test.each([
    ['Session', 'Session', true],
    ['Session', 'Sessions', false],
    ['*Cache*', 'LRUCache2', true],
    ['*Cache', 'Caches', false],
    ['Detached *', 'Detached <div>', true],
    ['a.b', 'axb', false],
    ['*', '', true],
    ['', 'a', false],
    ['**', '*', true],
  ])('%s and %s', (pattern, text, expected) => {
    expect(matchesGlob(pattern, text)).toBe(expected);
  });

  test('means what an expression means', () => {
    const letters = fc.array(fc.constantFrom('a', 'b', '*'), { maxLength: 8 }).map((all) => all.join(''));
    const check = (pattern: string, text: string) => {
      const plain = new RegExp(`^${pattern.replaceAll('*', '.*')}$`);
      expect(matchesGlob(pattern, text.replaceAll('*', 'c'))).toBe(plain.test(text.replaceAll('*', 'c')));
    };
    fc.assert(fc.property(letters, letters, check), { seed: 6, numRuns: 5000 });
  });

  test('takes no time to speak of where an expression would take years', () => {
    const steps = matchesGlob(`${'*a'.repeat(2000)}b`, 'a'.repeat(4000));
    expect(steps).toBe(false);
  });
});
