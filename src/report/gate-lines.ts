import { basename } from 'node:path';
import type { BudgetResult, SuppressionResult } from '../base/gate-types.js';
import { budgetFigures } from './gate-figures.js';

// Sentences that several forms have. Names in them are as the heap has them: each form has its own escapes.

/** `heap.size: 52.0 MB of 50.0 MB, 2.0 MB too much`. */
export function budgetLine(result: BudgetResult): string {
  const { budget, actual, state, reason, what, snapshot } = result;
  if (actual === null) return `${budget}: not checked, ${reason}`;
  const figures = budgetFigures(result);
  const each = figures.isGrowth ? ' an interval' : '';
  const much = state === 'exceeded' ? `, ${figures.over} too much` : '';
  const where = [...(what === undefined ? [] : [what]), ...(snapshot === undefined ? [] : [basename(snapshot)])];
  return `${budget}: ${figures.actual} of ${figures.limit}${each}${much}${where.length > 0 ? ` (${where.join(', ')})` : ''}`;
}

/** `suppressed until 2027-01-31: being mended`. */
export function suppressedLine({ reason, expires }: { readonly reason: string; readonly expires: string }): string {
  return `suppressed until ${expires}: ${reason}`;
}

/** What has become of a suppression that does nothing; undefined where it does. */
export function idleLine({ signature, reason, expires, state }: SuppressionResult): string | undefined {
  if (state === 'expired') return `expired on ${expires}: ${reason} (${signature})`;
  return state === 'unmatched' ? `matches no suspect: ${reason} (${signature})` : undefined;
}
