import type { ClassDiff } from '../base/types.js';
import { deltaCell } from './delta-cell.js';
import type { DiffReport } from './diff.js';
import { heading, type Screen } from './screen.js';
import { type Cell, type Column, renderTable } from './table.js';
import { terminalText } from './terminal-text.js';
import { counted, formatBytes, formatBytesDelta, formatCount, formatCountDelta } from './units.js';

/** Two snapshots of one process for people: what grew most, the totals, the classes that changed. */
export function diffText(report: DiffReport, screen: Screen): string {
  const parts = [renderFinding(report, screen), renderTotals(report, screen), renderClasses(report, screen)];
  return parts.filter((part) => part !== '').join('\n');
}

function renderFinding({ classes }: DiffReport, screen: Screen): string {
  const { bold, green, red } = screen.style;
  const leader = classes.find((row) => row.countDelta > 0 && row.retainedSizeDelta > 0);
  if (leader === undefined) return `${bold(green('No class has more objects than before.'))}\n`;
  const name = terminalText(leader.name, Math.max(16, screen.width - 50));
  const change = `grew: ${formatCountDelta(leader.countDelta)} objects, ${formatBytesDelta(leader.retainedSizeDelta)} retained.`;
  return `${bold(red(name))} ${bold(change)}\n`;
}

function renderTotals({ base, current, totals }: DiffReport, screen: Screen): string {
  const { dim } = screen.style;
  const { newCount, deletedCount, countDelta, allocatedSize, freedSize, sizeDelta } = totals;
  const objects = `${formatCount(newCount)} new, ${formatCount(deletedCount)} deleted: ${formatCountDelta(countDelta)}`;
  const sizes = `${formatBytes(allocatedSize)} allocated, ${formatBytes(freedSize)} freed: ${formatBytesDelta(sizeDelta)}`;
  const lines: readonly (readonly [string, string])[] = [
    ['base', terminalText(base)],
    ['current', terminalText(current)],
    ['objects', objects],
    ['self size', sizes],
  ];
  return lines.map(([label, value]) => `  ${dim(label.padEnd(11))}${value}\n`).join('');
}

function renderClasses({ classCount, classes }: DiffReport, screen: Screen): string {
  const { bold } = screen.style;
  const columns: Column[] = [
    { title: 'class', shrinksTo: 18 },
    { title: 'new', align: 'right' },
    { title: 'deleted', align: 'right' },
    { title: 'change', align: 'right' },
    { title: 'allocated', align: 'right', dropOrder: 2 },
    { title: 'freed', align: 'right', dropOrder: 3 },
    { title: 'self', align: 'right' },
    { title: 'retained', align: 'right', dropOrder: 1 },
    { title: 'change', align: 'right' },
  ];
  const rows = classes.map((row: ClassDiff): Cell[] => [
    { text: row.name, paint: bold },
    formatCount(row.newCount),
    formatCount(row.deletedCount),
    deltaCell(row.countDelta, formatCountDelta, screen),
    formatBytes(row.allocatedSize),
    formatBytes(row.freedSize),
    deltaCell(row.sizeDelta, formatBytesDelta, screen),
    formatBytes(row.retainedSizeCurrent),
    deltaCell(row.retainedSizeDelta, formatBytesDelta, screen),
  ]);
  if (rows.length === 0) return '';
  const note = `${rows.length} of ${counted(classCount, 'changed class', 'changed classes')}, most grown first`;
  return heading('Classes', note, screen) + renderTable(columns, rows, screen);
}
