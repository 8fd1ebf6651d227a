import type { Freed, WhatIfReport } from '../base/types.js';
import { heading, type Screen } from './screen.js';
import { type Cell, type Column, renderTable } from './table.js';
import { terminalText } from './terminal-text.js';
import { counted, formatBytes, formatCount, formatExactBytes, formatShare } from './units.js';

/** What cuts would free, for people: the sum first, then what was cut, then the classes of what goes. */
export function whatIfText(report: WhatIfReport, screen: Screen): string {
  const parts = [renderFinding(report, screen), renderCuts(report, screen), renderClasses(report, screen)];
  return parts.filter((part) => part !== '').join('\n');
}

function renderFinding({ file, freed, freedByRealEphemerons, ...sums }: WhatIfReport, screen: Screen): string {
  const { bold, dim, green } = screen.style;
  const most = freedByRealEphemerons ?? freed;
  const upTo = freedByRealEphemerons ? ` to ${formatBytes(most.bytes)}` : '';
  const title =
    most.bytes === 0
      ? bold('Nothing would be freed: all of it is held elsewhere, too.')
      : `${bold(green(`${formatBytes(freed.bytes)}${upTo}`))} ${bold(`would be freed, ${formatShare(most.bytes, sums.total)} of the heap.`)}`;
  const lines: (readonly [string, string])[] = [
    ['file', terminalText(file)],
    ['heap', formatExactBytes(sums.total)],
    ['freed', freedText(freed)],
    ['retained', `${formatExactBytes(sums.sumOfRetained)} in all, simply added up`],
  ];
  if (freedByRealEphemerons)
    lines.splice(3, 0, ['up to', `${freedText(freedByRealEphemerons)}, as values in WeakMaps go with their maps`]);
  return `${title}\n${lines.map(([label, value]) => `  ${dim(label.padEnd(10))}${value}\n`).join('')}`;
}

function freedText({ nodes, bytes }: Freed): string {
  return `${formatExactBytes(bytes)} in ${counted(nodes, 'node')}`;
}

function renderCuts({ cuts }: WhatIfReport, screen: Screen): string {
  const columns: Column[] = [
    { title: 'cut', shrinksTo: 24 },
    { title: 'nodes', align: 'right' },
    { title: 'edges', align: 'right' },
  ];
  const rows = cuts.map(({ expression, nodes, edges }): Cell[] => [
    expression,
    nodes === 0 ? '' : formatCount(nodes),
    edges === 0 ? '' : formatCount(edges),
  ]);
  return heading('Cuts', formatCount(cuts.length), screen) + renderTable(columns, rows, screen);
}

function renderClasses({ classCount, classes, freed }: WhatIfReport, screen: Screen): string {
  const { bold } = screen.style;
  const columns: Column[] = [
    { title: 'class', shrinksTo: 18 },
    { title: 'objects', align: 'right' },
    { title: 'bytes', align: 'right' },
    { title: 'of it', align: 'right', dropOrder: 1 },
  ];
  const rows = classes.map(({ name, count, bytes }): Cell[] => [
    { text: name, paint: bold },
    formatCount(count),
    formatBytes(bytes),
    formatShare(bytes, freed.bytes),
  ]);
  if (rows.length === 0) return '';
  const note = `${rows.length} of ${counted(classCount, 'class', 'classes')}, the most bytes first`;
  return heading('What goes', note, screen) + renderTable(columns, rows, screen);
}
