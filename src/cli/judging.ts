import type { GateReport } from '../base/gate-types.js';
import type { Analysis, Outcome } from '../base/types.js';
import { DEFAULT_TOP } from '../batch/analysed-file.js';
import { type GatePlan, judgeAnalysis, suppressionNotes } from '../gate/judge.js';
import { gateJson } from '../report/gate-json.js';
import { gateText } from '../report/gate-text.js';
import type { Screen } from '../report/screen.js';
import type { GateOptions } from './options.js';

/** An analysis as it is shown, and what it was held against. */
export interface JudgedAnalysis {
  readonly analysis: Analysis;
  readonly notes: readonly string[];
  readonly fails: boolean;
  readonly gate?: GateReport;
  /** What a document has of it, and what text for people begins with. */
  readonly document?: object;
  readonly text?: (screen: Screen) => string;
}

/** Holds an analysis against what there is, lists as many classes as were asked for, and hides what is to be hidden. */
export async function judgedAnalysis(
  found: Analysis,
  { gate: plan, redaction, top }: Pick<GateOptions, 'gate' | 'redaction'> & { readonly top?: number },
  signal: AbortSignal,
): Promise<JudgedAnalysis> {
  const judged = plan && judgeAnalysis(found, { ...plan, waste: await wasteOf(found, plan, signal) });
  const cut = withTop(judged?.result ?? found, top ?? DEFAULT_TOP);
  const analysis = redaction?.analysis(cut) ?? cut;
  if (plan === undefined || judged === undefined) return { analysis, notes: [], fails: false };
  const gate = redaction?.gate(judged.report) ?? judged.report;
  return {
    ...{ analysis, gate, fails: judged.fails, notes: [...gateNotes(gate), ...unsoughtNotes(found, plan)] },
    document: gateJson(gate),
    text: (screen) => `${gateText(gate, analysis.suspects ?? [], screen)}\n`,
  };
}

/** Where nobody has looked for suspects, nothing fails on them: that must not pass for a clean result. */
function unsoughtNotes({ suspects, snapshots }: Analysis, { failOn }: GatePlan): string[] {
  const isAskedFor = failOn === 'high' || failOn === 'medium' || failOn === 'new';
  if (suspects !== undefined || !isAskedFor || snapshots.every(({ ok }) => !ok)) return [];
  return [`no suspects were sought, so nothing can fail on them as --fail-on ${failOn} asks for`];
}

/** For stderr: why the command fails, and which suppressions do nothing. */
export function gateNotes({ failures, suppressions }: GateReport): string[] {
  return [...failures.map((failure) => `fails: ${failure}`), ...suppressionNotes(suppressions)];
}

/** Looked for where a budget asks for it; a file that cannot be read twice has none. */
export async function wasteOf({ snapshots }: Analysis, { budgets }: GatePlan, signal: AbortSignal) {
  const last = snapshots.findLast((one) => one.ok && one.mode === undefined);
  if (budgets?.waste === undefined || last === undefined || (last.ok && !last.mode && last.picture)) return undefined;
  const { findWaste } = await import('../batch/waste.js');
  return findWaste(last.file, { top: 1, signal }).catch(() => {
    signal.throwIfAborted();
    return undefined;
  });
}

/** As many classes as were asked for: budgets may have needed all. */
export function withTop(analysis: Analysis, top: number): Analysis {
  const cut = (outcome: Outcome): Outcome => {
    if (!outcome.ok) return outcome;
    return outcome.mode === 'shallow'
      ? { ...outcome, classes: outcome.classes.slice(0, top) }
      : { ...outcome, classes: outcome.classes.slice(0, top) };
  };
  return { ...analysis, snapshots: analysis.snapshots.map(cut) };
}
