import type { BaselineComparison, BudgetResult, GateReport, SuspectChange } from '../../base/gate-types.js';
import { counted } from '../../report/units.js';

/** How something is painted besides what it says in words. */
export type Tone = 'bad' | 'warn' | 'good' | 'plain';

export function gateSentence({ failures }: GateReport): string {
  return failures.length === 0 ? 'Nothing fails.' : `Fails for ${counted(failures.length, 'reason')}.`;
}

/** `1 of 3 exceeded, 1 not checked`. */
export function budgetsNote(budgets: readonly BudgetResult[]): string {
  const of = (wanted: BudgetResult['state']) => budgets.filter(({ state }) => state === wanted).length;
  const [exceeded, unknown] = [of('exceeded'), of('unknown')];
  if (exceeded + unknown === 0) return budgets.length === 1 ? 'the only one is met' : `all ${budgets.length} are met`;
  return `${exceeded} of ${budgets.length} exceeded${unknown > 0 ? `, ${unknown} not checked` : ''}`;
}

export function comparisonTitle({ isWorse }: BaselineComparison): string {
  return isWorse ? 'Worse than the baseline' : 'Not worse than the baseline';
}

const CHANGED: readonly SuspectChange['state'][] = ['new', 'faster', 'slower', 'gone'];

/** `1 suspect new, 2 gone; 10 figures worse, 3 better.` */
export function comparisonSentence({ suspects, heap, classes }: BaselineComparison): string {
  const states = CHANGED.flatMap((wanted) => {
    const found = suspects.filter(({ state }) => state === wanted).length;
    return found > 0 ? [`${found} ${wanted}`] : [];
  });
  const figures = [...heap, ...classes];
  const worse = figures.filter(({ isWorse }) => isWorse).length;
  const better = figures.length - worse;
  const parts = [
    ...(states.length > 0 ? [`suspects: ${states.join(', ')}`] : []),
    ...(worse > 0 ? [`${counted(worse, 'figure')} worse`] : []),
    ...(better > 0 ? [`${counted(better, 'figure')} better`] : []),
  ];
  if (parts.length === 0) return 'Nothing has changed.';
  const text = parts.join('; ');
  return `${text[0].toUpperCase()}${text.slice(1)}.`;
}
