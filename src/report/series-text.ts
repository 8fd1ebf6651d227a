import type { Analysis, ClassGrowth, Growth, SnapshotReport } from '../base/types.js';
import { deltaCell } from './delta-cell.js';
import { fileLabels, renderFailures } from './failure-text.js';
import { leadingGrowth, STEPS_FOR_A_TREND, stepCount } from './finding.js';
import { heading, type Screen } from './screen.js';
import { sparkline } from './sparkline.js';
import { suspectsText } from './suspect-text.js';
import { type Cell, type Column, renderTable } from './table.js';
import { terminalText } from './terminal-text.js';
import { counted, formatBytes, formatBytesDelta, formatCount, formatCountDelta } from './units.js';

/** A series for people: the finding, the classes that grow, the snapshots, the files that failed. */
export function seriesText(analysis: Analysis, growth: Growth, top: number, screen: Screen): string {
  const suspects = suspectsText(analysis, screen);
  const parts = [
    // Classes are what can be said where suspects were not sought.
    suspects === '' ? renderFinding(growth, screen) : suspects,
    renderGrowth(growth, top, screen),
    renderSnapshots(analysis, screen),
    renderFailures(analysis.snapshots, screen),
  ];
  return parts.filter((part) => part !== '').join('\n');
}

function renderFinding(growth: Growth, screen: Screen): string {
  const { bold, dim, green, red } = screen.style;
  const steps = stepCount(growth);
  const caution = dim(
    `${counted(steps, 'step')} cannot tell a leak from warm-up: record ${STEPS_FOR_A_TREND + 1} snapshots or more.\n`,
  );
  const leader = leadingGrowth(growth);
  if (leader === undefined) {
    return `${bold(green('No class grows in most of the steps.'))}\n${steps < STEPS_FOR_A_TREND ? caution : ''}`;
  }
  const name = terminalText(leader.name, Math.max(16, screen.width - 50));
  const headline = `${bold(red(name))} ${bold(`grows: more of them in ${leader.risingSteps} of ${counted(steps, 'step')}.`)}\n`;
  const rows: Cell[][] = [
    figures(
      'each step',
      (values) => formatCountDelta(perStep(values, steps)),
      leader,
      (values) => formatBytesDelta(perStep(values, steps)),
    ),
    figures('first to last', fromTo(formatCount), leader, fromTo(formatBytes)),
  ];
  const columns: Column[] = [
    { title: '' },
    { title: 'objects', align: 'right' },
    { title: 'self size', align: 'right' },
    { title: 'retained size', align: 'right' },
  ];
  return `${headline}${renderTable(columns, rows, screen)}${steps < STEPS_FOR_A_TREND ? caution : ''}`;
}

type Series = readonly (number | null)[];

function figures(
  title: string,
  count: (s: Series) => string,
  row: ClassGrowth,
  bytes: (s: Series) => string,
): string[] {
  return [title, count(row.count), bytes(row.selfSize), bytes(row.retainedSize)];
}

function fromTo(format: (value: number) => string) {
  return (values: Series) => `${format(firstOf(values))} → ${format(lastOf(values))}`;
}

function renderGrowth(growth: Growth, top: number, screen: Screen): string {
  const { bold, dim } = screen.style;
  const steps = stepCount(growth);
  const columns: Column[] = [
    { title: 'class', shrinksTo: 18 },
    { title: 'rising', align: 'right' },
    { title: 'objects', align: 'right' },
    { title: 'a step', align: 'right' },
    { title: 'self', align: 'right', dropOrder: 3 },
    { title: 'a step', align: 'right', dropOrder: 2 },
    { title: 'retained', align: 'right' },
    { title: 'a step', align: 'right' },
    { title: 'trend', dropOrder: 1 },
  ];
  const listed = growth.classes
    .filter((row) => row.totalCountDelta !== 0 || row.totalRetainedSizeDelta !== 0)
    .slice(0, top);
  const rows = listed.map((row): Cell[] => [
    { text: row.name, paint: bold },
    `${row.risingSteps}/${steps}`,
    formatCount(lastOf(row.count)),
    deltaCell(perStep(row.count, steps), formatCountDelta, screen),
    formatBytes(lastOf(row.selfSize)),
    deltaCell(perStep(row.selfSize, steps), formatBytesDelta, screen),
    formatBytes(lastOf(row.retainedSize)),
    deltaCell(perStep(row.retainedSize, steps), formatBytesDelta, screen),
    { text: sparkline(row.retainedSize), paint: dim },
  ]);
  if (rows.length === 0) return '';
  const note = `in ${counted(steps, 'step')} · ${rows.length} of ${counted(growth.classCount, 'changed class', 'changed classes')} · last value, mean change a step`;
  return heading('Growth', note, screen) + renderTable(columns, rows, screen);
}

function renderSnapshots(analysis: Analysis, screen: Screen): string {
  const columns: Column[] = [
    { title: 'snapshot', shrinksTo: 18 },
    { title: 'nodes', align: 'right' },
    { title: 'edges', align: 'right' },
    { title: 'total size', align: 'right' },
    { title: 'change', align: 'right' },
  ];
  const labels = fileLabels(analysis.snapshots);
  let before: SnapshotReport | undefined;
  const rows: Cell[][] = [];
  analysis.snapshots.forEach((snapshot, index) => {
    if (!snapshot.ok || snapshot.mode === 'shallow') return;
    const change =
      before === undefined ? '' : deltaCell(snapshot.totalSize - before.totalSize, formatBytesDelta, screen);
    const { nodeCount, edgeCount, totalSize } = snapshot;
    rows.push([labels[index], formatCount(nodeCount), formatCount(edgeCount), formatBytes(totalSize), change]);
    before = snapshot;
  });
  return `${screen.style.bold('Snapshots')}\n${renderTable(columns, rows, screen)}`;
}

function perStep(values: Series, steps: number): number {
  return (lastOf(values) - firstOf(values)) / steps;
}

function firstOf(values: Series): number {
  return values.find((value) => value !== null) ?? 0;
}

function lastOf(values: Series): number {
  return values.findLast((value) => value !== null) ?? 0;
}
