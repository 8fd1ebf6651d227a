import type { ShallowReport } from '../base/types.js';
import { heading, type Screen } from './screen.js';
import { type Cell, renderTable } from './table.js';
import { terminalText } from './terminal-text.js';
import { counted, formatBytes, formatCount, formatExactBytes, formatShare } from './units.js';

/** What mode `shallow` says, for people: nobody may take it for an analysis. */
export function shallowText(report: ShallowReport, top: number, screen: Screen): string {
  const { bold, dim, yellow } = screen.style;
  const totals = `${counted(report.nodeCount, 'node')}, ${counted(report.edgeCount, 'edge')}, ${formatExactBytes(report.selfSize)} of self sizes`;
  const label = yellow('shallow analysis: no retained sizes, no distances, plain objects not told apart');
  const headline = `${bold(terminalText(report.file))}\n  ${totals}\n  ${label}\n`;
  const rows = report.classes
    .slice(0, top)
    .map(({ name, count, selfSize }): Cell[] => [
      { text: name, paint: bold },
      formatCount(count),
      formatBytes(selfSize),
      { text: formatShare(selfSize, report.selfSize), paint: dim },
    ]);
  const columns = [
    { title: 'class', shrinksTo: 18 },
    { title: 'objects', align: 'right' },
    { title: 'self', align: 'right' },
    { title: '', align: 'right' },
  ] as const;
  const note = `by self size · ${rows.length} of ${formatCount(report.classCount)}`;
  return [headline, heading('Classes', note, screen) + renderTable(columns, rows, screen)].join('\n');
}
