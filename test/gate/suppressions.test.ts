import { suppress } from 'heapsleuth';
import { expect, test } from 'vitest';
import { judgeAnalysis } from '#src/gate/judge.js';
import { SIGNATURE, sampleAnalysis, sampleSuspect } from './analyses.js';

const OTHER = 'b'.repeat(40);
const rule = (signature: string, expires: string) => ({ signature, reason: `because of ${expires}`, expires });
const items = [{ signature: SIGNATURE }, { signature: OTHER }];

test('a suppression holds through its last day, and no longer', () => {
  const on = (today: string) => suppress(items, [rule(SIGNATURE, '2027-01-31')], today);
  expect(on('2027-01-31').items).toEqual([
    { signature: SIGNATURE, suppressed: { reason: 'because of 2027-01-31', expires: '2027-01-31' } },
    { signature: OTHER },
  ]);
  expect(on('2027-02-01').items).toEqual(items);
  expect(on('2027-02-01').results).toEqual([{ ...rule(SIGNATURE, '2027-01-31'), state: 'expired' }]);
});

test('one that nothing matches is told, and of two the longer one is the one', () => {
  const rules = [rule('c'.repeat(40), '2030-01-01'), rule(SIGNATURE, '2027-06-01'), rule(SIGNATURE, '2028-01-01')];
  const { items: marked, results } = suppress(items, rules, '2027-01-01');
  expect(results.map(({ state }) => state)).toEqual(['unmatched', 'applied', 'applied']);
  expect(marked[0]).toMatchObject({ suppressed: { expires: '2028-01-01' } });
});

test('what is suppressed fails nothing, and stays where it was', () => {
  const suspects = [sampleSuspect('one'), sampleSuspect('two', { signature: OTHER, confidence: 0.6 })];
  const judged = (today: string, failOn: 'high' | 'medium' | 'budget') => {
    const suppressions = [rule(SIGNATURE, '2027-01-31')];
    return judgeAnalysis(sampleAnalysis(suspects), {
      failOn,
      suppressions,
      today,
      budgets: { suspects: { count: 1 } },
    });
  };
  expect(judged('2027-01-01', 'high')).toMatchObject({ fails: false, report: { failures: [] } });
  expect(judged('2027-01-01', 'high').result.suspects?.map(({ title }) => title)).toEqual(['one', 'two']);
  expect(judged('2027-01-01', 'medium').report.failures).toEqual(['1 likely suspect']);
  expect(judged('2027-02-01', 'high').report.failures).toEqual(['1 leak suspect', 'budget suspects.count exceeded']);
  expect(judged('2027-02-01', 'budget').report.failures).toEqual(['budget suspects.count exceeded']);
});

test('never means never', () => {
  const plan = { failOn: 'never', today: '2027-01-01', budgets: { suspects: { count: 0 } } } as const;
  const { fails, report } = judgeAnalysis(sampleAnalysis(), plan);
  expect(fails).toBe(false);
  expect(report.budgets?.[0].state).toBe('exceeded');
});
