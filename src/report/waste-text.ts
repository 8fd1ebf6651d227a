import type { WasteItem, WasteKind, WasteReport } from '../base/waste-types.js';
import { heading, type Screen } from './screen.js';
import { type Cell, type Column, renderTable } from './table.js';
import { terminalText } from './terminal-text.js';
import { counted, formatBytes, formatCount, formatExactBytes, formatShare } from './units.js';
import { WASTE_TITLES } from './waste-titles.js';

/** What a heap spends on nothing, for people: the kinds, then the largest of each. */
export function wasteText(report: WasteReport, screen: Screen): string {
  const parts = [renderHead(report, screen), renderKinds(report, screen)];
  const told = report.kinds.filter(({ items }) => items.length > 0).map((kind) => renderItems(kind, screen));
  return [...parts, ...told].join('\n');
}

function renderHead({ file, nodeCount, totalSize, kinds }: WasteReport, { style, width }: Screen): string {
  const [largest] = kinds;
  const isFound = largest !== undefined && largest.reclaimable > 0;
  const finding = isFound
    ? `${WASTE_TITLES[largest.kind]}: ${formatBytes(largest.reclaimable)} would be free without them.`
    : 'Nothing is certainly wasted.';
  const shown = terminalText(finding, width);
  const total = `  ${formatCount(nodeCount)} nodes, ${formatExactBytes(totalSize)}`;
  return `${style.bold(isFound ? style.yellow(shown) : style.green(shown))}\n${terminalText(file, width)}\n${terminalText(total, width)}\n`;
}

function renderKinds({ kinds, totalSize }: WasteReport, screen: Screen): string {
  const columns: Column[] = [
    { title: 'kind', shrinksTo: 14 },
    { title: 'count', align: 'right', dropOrder: 2 },
    { title: 'reclaimable', align: 'right' },
    { title: 'of heap', align: 'right', dropOrder: 1 },
    { title: 'at most', align: 'right' },
  ];
  const rows = kinds.map(({ kind, count, reclaimable, atMost }): Cell[] => [
    WASTE_TITLES[kind],
    formatCount(count),
    formatBytes(reclaimable),
    formatShare(reclaimable, totalSize),
    atMost === undefined ? '' : formatBytes(atMost),
  ]);
  const notes = kinds.flatMap(({ kind, note }) => (note === undefined ? [] : [`  ${WASTE_TITLES[kind]}: ${note}.`]));
  const title = heading('Waste', 'by kind; two kinds may count the same bytes', screen);
  const shown = notes.map((note) => `${screen.style.dim(terminalText(note, screen.width))}\n`);
  return title + renderTable(columns, rows, screen) + shown.join('');
}

function renderItems({ kind, items, itemCount }: WasteKind, screen: Screen): string {
  const hasUpper = items.some(({ atMost }) => atMost !== undefined);
  const hasValues = items.some(({ text }) => text?.value !== undefined);
  const columns: Column[] = [
    { title: 'held by', shrinksTo: 14 },
    { title: 'class', shrinksTo: 10, dropOrder: 3 },
    { title: 'count', align: 'right', dropOrder: 2 },
    { title: 'bytes', align: 'right', dropOrder: 4 },
    { title: 'reclaimable', align: 'right' },
    ...(hasUpper ? [{ title: 'at most', align: 'right' } as const] : []),
    { title: '', shrinksTo: 20, dropOrder: 6 },
    ...(hasValues ? [{ title: 'text', shrinksTo: 12, dropOrder: 1 }] : []),
    { title: 'look at', dropOrder: 5 },
  ];
  const cells = (item: WasteItem): Cell[] => [
    placeText(item),
    item.className,
    formatCount(item.count),
    formatBytes(item.bytes),
    formatBytes(item.reclaimable),
    ...(hasUpper ? [item.atMost === undefined ? '' : formatBytes(item.atMost)] : []),
    { text: item.note, paint: screen.style.dim },
    ...(hasValues ? [item.text?.value ?? ''] : []),
    { text: item.sampleIds.length > 0 ? `--id ${item.sampleIds[0]}` : '', paint: screen.style.dim },
  ];
  const note = `${items.length} of ${counted(itemCount, 'item')}, most reclaimable first`;
  return heading(WASTE_TITLES[kind], note, screen) + renderTable(columns, items.map(cells), screen);
}

function placeText({ holder }: WasteItem): string {
  return holder.place !== undefined && holder.place.line > 0
    ? `${holder.expression}:${holder.place.line}`
    : holder.expression;
}
