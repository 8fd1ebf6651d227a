import type {
  Baseline,
  BaselineClass,
  BaselineComparison,
  BaselineSuspect,
  BudgetResult,
  FigureChange,
  GateReport,
  SuppressionResult,
  SuspectChange,
} from '../base/gate-types.js';
import { inertJson, toJson } from './json.js';
import { rounded } from './suspect-json.js';

// Rebuilt key by key, as all documents are.

/** What a document has at its end where the result was held against something. */
export function gateJson({ budgets, suppressions, comparison, failures }: GateReport) {
  return {
    budgets: budgets?.map(budgetJson),
    suppressions: suppressions?.map(suppressionJson),
    comparison: comparison && comparisonFields(comparison),
    failures,
  };
}

export function comparisonJson(comparison: BaselineComparison): string {
  return toJson({ schemaVersion: 1, kind: 'comparison', ...comparisonFields(comparison) });
}

/** A file for people to review, and for a version control to compare: one suspect or class a line. */
export function baselineJson(baseline: Baseline): string {
  const { schemaVersion, kind, engineVersion, snapshots, heap, unlisted, suspects, classes } = baseline;
  const { size, nodes, growth } = heap;
  const fields = [
    ...Object.entries({ schemaVersion, kind, engineVersion, snapshots, heap: { size, nodes, growth } }),
    ['unlisted', unlistedFields(unlisted)] as const,
  ].map(([key, value]) => `${JSON.stringify(key)}: ${JSON.stringify(value)}`);
  const lists = [listText('suspects', suspects.map(suspectLine)), listText('classes', classes.map(classLine))];
  return `${inertJson(`{\n  ${[...fields, ...lists].join(',\n  ')}\n}`)}\n`;
}

function unlistedFields({ count, retainedSize, countGrowth, growth }: Baseline['unlisted']) {
  return { count, retainedSize, countGrowth, growth };
}

function listText(name: string, items: readonly object[]): string {
  const lines = items.map((item) => `\n    ${JSON.stringify(item)}`);
  return `"${name}": [${lines.join(',')}${lines.length > 0 ? '\n  ' : ''}]`;
}

function suspectLine({ signature, title, confidence, countGrowth, growth, retainedSize }: BaselineSuspect) {
  return { signature, title, confidence, countGrowth, growth, retainedSize };
}

function classLine({ name, count, selfSize, retainedSize, countGrowth, growth }: BaselineClass) {
  return { name, count, selfSize, retainedSize, countGrowth, growth };
}

function budgetJson({ budget, unit, limit, actual, over, state, what, snapshot, reason }: BudgetResult) {
  const shown = { budget, unit, limit, actual: actual === null ? null : rounded(actual), over: rounded(over), state };
  return { ...shown, what, snapshot, reason };
}

function suppressionJson({ signature, reason, expires, state }: SuppressionResult) {
  return { signature, reason, expires, state };
}

function comparisonFields({ tolerance, floor, isWorse, suspects, heap, classes, notes }: BaselineComparison) {
  return {
    ...{ tolerance, floor, isWorse },
    suspects: suspects.map(suspectChange),
    heap: heap.map(figureChange),
    classes: classes.map(figureChange),
    notes,
  };
}

function suspectChange({ signature, title, state, isWorse, confidence, figure, before, now }: SuspectChange) {
  return {
    ...{ signature, title, state, isWorse, confidence: confidence === null ? null : rounded(confidence) },
    ...{ figure, before, now },
  };
}

function figureChange({ what, isClass, figure, before, now, isWorse }: FigureChange) {
  return { what, isClass, figure, before, now, isWorse };
}
