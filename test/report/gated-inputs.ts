import { baselineOf } from '#src/gate/baseline.js';
import { judgeAnalysis } from '#src/gate/judge.js';
import type { AnalysisInput } from '#src/report/reporter.js';

/** The demo held against budgets and a baseline that has half of its growth, and no suspect; or one that is suppressed. */
export function gated(input: AnalysisInput, isSuppressed: boolean): AnalysisInput {
  const { analysis } = input;
  const [{ signature }] = analysis.suspects ?? [];
  const budgets = {
    heap: { size: 9_000_000 },
    classes: { RequestContext: { countGrowth: 60 } },
    waste: { 'array-slack': 0 },
  };
  const whole = baselineOf(analysis);
  const classes = whole.classes.map((row) => ({ ...row, growth: Math.round((row.growth ?? 0) / 2) }));
  const suppressions = [
    { signature: isSuppressed ? signature : 'b'.repeat(40), reason: 'mended in 2.0', expires: '2027-01-31' },
  ];
  const plan = { failOn: 'worse', today: '2026-12-01', budgets, suppressions } as const;
  const baseline = { ...whole, classes, suspects: [] };
  const { result, report } = judgeAnalysis(analysis, { ...plan, baseline });
  return { ...input, analysis: result, gate: report };
}
