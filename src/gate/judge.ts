import type {
  Baseline,
  BudgetResult,
  Budgets,
  ComparisonOptions,
  GateReport,
  Suppression,
  SuppressionResult,
} from '../base/gate-types.js';
import type { Suspect } from '../base/suspect-types.js';
import type { Analysis } from '../base/types.js';
import type { WasteReport } from '../base/waste-types.js';
import { checkBudgets } from './budgets.js';
import { compareBaseline, markBySignature } from './compare-baseline.js';
import { isLikely, isSure } from './likely.js';
import { suppress } from './suppressions.js';

/**
 * What a command is to fail on besides a budget that is exceeded. `high`: suspects that are reported as leaks. `medium`: those of a confidence of 0.5
 * as well. `new`: these, where a baseline does not have them. `worse`: all that a comparison with a baseline finds worse. `budget`: budgets
 * alone. `never`: nothing, not even those.
 */
export type FailOn = 'high' | 'medium' | 'new' | 'worse' | 'budget' | 'never';

/** What a result is held against. */
export interface GatePlan extends ComparisonOptions {
  readonly failOn: FailOn;
  readonly budgets?: Budgets;
  readonly suppressions?: readonly Suppression[];
  /** The day that suppressions are looked at for: `2026-11-28`. */
  readonly today: string;
  readonly baseline?: Baseline;
  /** Of the last snapshot, where budgets ask for it. */
  readonly waste?: WasteReport;
}

/** A result that has been held against something. */
export interface Judged<Result> {
  /** Its suspects or findings are marked. */
  readonly result: Result;
  readonly report: GateReport;
  readonly fails: boolean;
}

export function judgeAnalysis(analysis: Analysis, plan: GatePlan): Judged<Analysis> {
  const { budgets, suppressions, baseline, today, waste, failOn } = plan;
  const suppressing = suppress(analysis.suspects ?? [], suppressions ?? [], today);
  const marked = baseline === undefined ? suppressing.items : markBySignature(suppressing.items, baseline);
  const result = analysis.suspects === undefined ? analysis : { ...analysis, suspects: marked };
  const checked = budgets && checkBudgets(result, budgets, waste);
  const comparison = baseline && compareBaseline(result, baseline, plan);
  const failures = [
    ...suspectFailures(marked, failOn),
    ...(failOn === 'worse' && comparison?.isWorse ? ['worse than the baseline'] : []),
    ...budgetFailures(checked),
  ];
  const report = {
    ...(checked && { budgets: checked }),
    ...(suppressions && { suppressions: suppressing.results }),
    ...(comparison && { comparison }),
    failures: failOn === 'never' ? [] : failures,
  };
  return { result, report, fails: report.failures.length > 0 };
}

function suspectFailures(suspects: readonly Suspect[], failOn: FailOn): string[] {
  const fails: Partial<Record<FailOn, (suspect: Suspect) => boolean>> = {
    high: isSure,
    medium: isLikely,
    new: (suspect) => suspect.baseline === 'new' && isLikely(suspect),
  };
  const found = suspects.filter(fails[failOn] ?? (() => false)).length;
  const what = failOn === 'high' ? 'leak suspect' : failOn === 'new' ? 'new suspect' : 'likely suspect';
  return found === 0 ? [] : [`${found} ${found === 1 ? what : `${what}s`}`];
}

/** A sentence for each budget that is exceeded. */
export function budgetFailures(budgets: readonly BudgetResult[] = []): string[] {
  return budgets.filter(({ state }) => state === 'exceeded').map(({ budget }) => `budget ${budget} exceeded`);
}

/** What users should be told of suppressions: those that hold no more, and those that nothing has matched. */
export function suppressionNotes(results: readonly SuppressionResult[] = []): string[] {
  return results.flatMap(({ signature, reason, expires, state }) => {
    if (state === 'expired') return [`the suppression of ${signature} (${reason}) has expired on ${expires}`];
    return state === 'unmatched' ? [`the suppression of ${signature} (${reason}) matches no suspect`] : [];
  });
}
