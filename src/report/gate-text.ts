import type { BudgetResult, FigureChange, GateReport, SuppressedMark, SuspectChange } from '../base/gate-types.js';
import { figureCells, suspectChangeLine } from './gate-figures.js';
import { budgetLine, idleLine, suppressedLine } from './gate-lines.js';
import { heading, type Screen } from './screen.js';
import { type Cell, renderTable } from './table.js';
import { terminalText } from './terminal-text.js';
import { counted } from './units.js';

/** Figures of classes that are told: more of them have one cause. */
const TOLD = 15;

/** A suspect or a finding that does not count. */
interface Suppressed {
  readonly title: string;
  readonly suppressed?: SuppressedMark;
}

/** What a result was held against, for people: what fails, budgets, what has changed since the baseline, what is suppressed. */
export function gateText(gate: GateReport, items: readonly Suppressed[], screen: Screen): string {
  const { bold, green, red } = screen.style;
  const { failures, budgets = [], suppressions = [], comparison } = gate;
  const marked = items.filter(({ suppressed }) => suppressed !== undefined);
  const idle = suppressions.flatMap((one) => idleLine(one) ?? []);
  const verdict =
    failures.length > 0 ? bold(red(terminalText(`Fails: ${failures.join('; ')}.`))) : bold(green('Nothing fails.'));
  return [
    `${verdict}\n`,
    ...(budgets.length > 0
      ? [heading('Budgets', met(budgets), screen), ...budgets.map((one) => budget(one, screen))]
      : []),
    comparison === undefined ? '' : comparisonText(comparison, screen),
    ...(marked.length + idle.length > 0 ? [heading('Suppressed', counted(marked.length, 'suspect'), screen)] : []),
    ...marked.map((item) => suppressedText(item, screen)),
    ...idle.map((line) => `  ${screen.style.yellow(terminalText(line))}\n`),
  ].join('');
}

function met(budgets: readonly BudgetResult[]): string {
  const exceeded = budgets.filter(({ state }) => state === 'exceeded').length;
  return `${exceeded} of ${budgets.length} exceeded`;
}

function budget(result: BudgetResult, { style }: Screen): string {
  const text = terminalText(budgetLine(result));
  if (result.state === 'met') return `  ${style.green('met')}       ${text}\n`;
  return result.state === 'exceeded'
    ? `  ${style.red('exceeded')}  ${text}\n`
    : `  ${style.yellow('unknown')}   ${text}\n`;
}

/** A run beside its baseline. */
function comparisonText(comparison: NonNullable<GateReport['comparison']>, screen: Screen): string {
  const { isWorse, suspects, heap, classes, notes } = comparison;
  const { dim } = screen.style;
  const figures = [...heap, ...classes];
  const shown = figures.slice(0, TOLD);
  const rest = figures.length - shown.length;
  return [
    heading('Baseline', isWorse ? 'worse than it' : 'not worse than it', screen),
    ...suspects.map((change) => suspectLine(change, screen)),
    figureTable(shown, screen),
    rest > 0 ? `  ${dim(`${rest} more figures have changed`)}\n` : '',
    suspects.length + figures.length === 0 ? `  ${dim('nothing has changed')}\n` : '',
    ...notes.map((note) => `  ${dim(terminalText(note))}\n`),
  ].join('');
}

function suspectLine(change: SuspectChange, { style, width }: Screen): string {
  const { state, isWorse, title } = change;
  const paint = isWorse ? style.red : state === 'gone' || state === 'slower' ? style.green : style.dim;
  const text = terminalText(title, Math.max(30, width - 50));
  return `  ${paint(state.padEnd(7))} ${text}  ${style.dim(suspectChangeLine(change))}\n`;
}

function figureTable(changes: readonly FigureChange[], screen: Screen): string {
  const { red, green } = screen.style;
  const rows = changes.map((change): Cell[] => {
    const [title, before, now] = figureCells(change);
    return [change.what, title, before, { text: now, paint: change.isWorse ? red : green }];
  });
  return renderTable(
    [
      { title: 'class', shrinksTo: 18 },
      { title: 'figure' },
      { title: 'baseline', align: 'right' },
      { title: 'now', align: 'right' },
    ],
    rows,
    screen,
  );
}

function suppressedText({ title, suppressed }: Suppressed, { style, width }: Screen): string {
  const why = suppressed === undefined ? '' : terminalText(suppressedLine(suppressed), Math.max(30, width / 2));
  return `  ${terminalText(title, Math.max(30, width / 2))}  ${style.dim(why)}\n`;
}
