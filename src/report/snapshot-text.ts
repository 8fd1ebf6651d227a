import type { ClassSummary, SnapshotReport, Statistics } from '../base/types.js';
import { distanceText } from './distance-text.js';
import { heading, type Screen } from './screen.js';
import { type Cell, renderTable } from './table.js';
import { terminalText } from './terminal-text.js';
import { counted, formatBytes, formatCount, formatExactBytes, formatShare } from './units.js';

/** One snapshot for people: totals, what the memory is, the classes that retain most. */
export function snapshotText(report: SnapshotReport, top: number, screen: Screen): string {
  const { bold } = screen.style;
  const totals = `${counted(report.nodeCount, 'node')}, ${counted(report.edgeCount, 'edge')}, ${formatExactBytes(report.totalSize)}`;
  const headline = `${bold(terminalText(report.file))}\n  ${totals}\n`;
  return [headline, renderStatistics(report.statistics, screen), renderClasses(report, top, screen)].join('\n');
}

const BAR = 24;

function renderStatistics(statistics: Statistics, screen: Screen): string {
  const { bold, dim } = screen.style;
  const { total, native, v8heap } = statistics;
  const { code, jsArrays, strings, system } = v8heap;
  // DevTools' names, and its order by place in memory: V8's heap first.
  const kinds: readonly (readonly [string, number])[] = [
    ['code', code],
    ['strings', strings],
    ['JS arrays', jsArrays],
    ['system objects', system],
    ['other JS objects', v8heap.total - code - jsArrays - strings - system],
    ['typed arrays', native.typedArrays],
    ['other non-JS objects', native.total - native.typedArrays],
  ];
  const rows = kinds.map(([title, size]): Cell[] => [
    title,
    formatBytes(size),
    formatShare(size, total),
    { text: '█'.repeat(total === 0 ? 0 : Math.round((BAR * size) / total)), paint: dim },
  ]);
  const columns = [
    { title: 'kind' },
    { title: 'size', align: 'right' },
    { title: 'share', align: 'right' },
    { title: '' },
  ] as const;
  return `${bold('Memory')}\n${renderTable(columns, rows, screen)}`;
}

function renderClasses(report: SnapshotReport, top: number, screen: Screen): string {
  const { bold, dim } = screen.style;
  const listed = report.classes.slice(0, top);
  const columns = [
    { title: 'class', shrinksTo: 18 },
    { title: 'objects', align: 'right' },
    { title: 'distance', align: 'right', dropOrder: 1 },
    { title: 'self', align: 'right' },
    { title: '', align: 'right', dropOrder: 3 },
    { title: 'retained', align: 'right' },
    { title: '', align: 'right', dropOrder: 2 },
  ] as const;
  const share = (size: number): Cell => ({ text: formatShare(size, report.totalSize), paint: dim });
  const rows = listed.map(({ name, count, distance, selfSize, retainedSize }: ClassSummary): Cell[] => [
    { text: name, paint: bold },
    formatCount(count),
    distanceText(distance),
    formatBytes(selfSize),
    share(selfSize),
    formatBytes(retainedSize),
    share(retainedSize),
  ]);
  const note = `by retained size · ${rows.length} of ${formatCount(report.classCount)}`;
  return heading('Classes', note, screen) + renderTable(columns, rows, screen);
}
