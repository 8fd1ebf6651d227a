import { figureCells, suspectChangeLine } from './gate-figures.js';
import { budgetLine, idleLine, suppressedLine } from './gate-lines.js';
import { suppressedIssues } from './issues.js';
import { codeSpan, markdownTable } from './markdown.js';
import type { ReportInput } from './reporter.js';

/** Figures that are told. */
const TOLD = 20;

/** What a result was held against, as sections of Markdown; empty where it was not. */
export function gateSections(input: ReportInput): string[] {
  const { gate } = input;
  if (gate === undefined) return [];
  const { failures, budgets = [], suppressions = [], comparison } = gate;
  const idle = suppressions.flatMap((one) => idleLine(one) ?? []);
  const suppressed = suppressedIssues(input).map(
    ({ title, suppressed: mark }) => `${codeSpan(title)}: ${codeSpan(suppressedLine(mark))}`,
  );
  return [
    list('Fails', failures.map(codeSpan)),
    list(
      'Budgets',
      budgets.map((one) => `${one.state}: ${codeSpan(budgetLine(one))}`),
    ),
    ...(comparison === undefined ? [] : comparisonSections(comparison)),
    list('Suppressed', [...suppressed, ...idle.map(codeSpan)]),
  ].filter((part) => part !== '');
}

function comparisonSections(comparison: NonNullable<NonNullable<ReportInput['gate']>['comparison']>): string[] {
  const { suspects, heap, classes, notes, isWorse } = comparison;
  const rows = [...heap, ...classes].slice(0, TOLD).map((change) => [codeSpan(change.what), ...figureCells(change)]);
  const table = markdownTable(['class', 'figure', 'baseline', 'now'], rows);
  return [
    list(isWorse ? 'Worse than the baseline' : 'Not worse than the baseline', [
      ...suspects.map((change) => `${change.state}: ${codeSpan(change.title)}, ${suspectChangeLine(change)}`),
      ...notes.map(codeSpan),
    ]),
    table,
  ];
}

function list(title: string, items: readonly string[]): string {
  return items.length === 0 ? '' : `### ${title}\n\n${items.map((item) => `- ${item}\n`).join('')}`;
}
