import type { Screen } from './screen.js';
import { displayWidth, terminalText } from './terminal-text.js';

export interface Column {
  readonly title: string;
  readonly align?: 'left' | 'right';
  /** May be cut down to this many columns when the line is too narrow. */
  readonly shrinksTo?: number;
  /** Left out when the line is too narrow even so; the highest number goes first. */
  readonly dropOrder?: number;
}

/** Text of any origin: the table escapes it. `paint` colours the finished cell. */
export type Cell = string | { readonly text: string; readonly paint: (text: string) => string };

const INDENT = '  ';
const GAP = '  ';
/** No cell is looked at beyond this, whatever the line's width. */
const WIDEST_CELL = 200;

/** Rows under a header, as wide as the screen at most; `''` for no rows. Ends with a newline. */
export function renderTable(columns: readonly Column[], rows: readonly (readonly Cell[])[], screen: Screen): string {
  if (rows.length === 0) return '';
  const natural = columns.map((column, c) =>
    rows.reduce((widest, row) => Math.max(widest, cellWidth(row[c])), displayWidth(column.title)),
  );
  const { shown, widths } = fitColumns(columns, natural, screen.width);
  const line = (cells: readonly Cell[]) => {
    const parts = shown.map((c, place) => renderCell(cells[c], columns[c], widths[place]));
    // Blanks at a line's end would show up in diffs of saved outputs.
    return (INDENT + parts.join(GAP)).trimEnd();
  };
  const header = line(columns.map((column) => ({ text: column.title, paint: screen.style.dim })));
  return `${[header, ...rows.map(line)].join('\n')}\n`;
}

function fitColumns(columns: readonly Column[], natural: readonly number[], available: number) {
  let shown = columns.map((_, c) => c);
  for (;;) {
    const widths = shown.map((c) => natural[c]);
    let excess =
      INDENT.length + widths.reduce((sum, width) => sum + width, 0) + GAP.length * (shown.length - 1) - available;
    while (excess > 0) {
      const widest = widestShrinkable(shown, columns, widths);
      if (widest === -1) break;
      widths[widest] -= 1;
      excess -= 1;
    }
    const dropped = excess > 0 ? nextToDrop(shown, columns) : -1;
    if (dropped === -1) return { shown, widths };
    shown = shown.filter((c) => c !== dropped);
  }
}

/** Taking from the widest one first keeps two long columns about equal. */
function widestShrinkable(shown: readonly number[], columns: readonly Column[], widths: readonly number[]): number {
  let widest = -1;
  shown.forEach((c, place) => {
    const floor = columns[c].shrinksTo;
    if (floor === undefined || widths[place] <= floor) return;
    if (widest === -1 || widths[place] > widths[widest]) widest = place;
  });
  return widest;
}

function nextToDrop(shown: readonly number[], columns: readonly Column[]): number {
  let next = -1;
  for (const c of shown) {
    const order = columns[c].dropOrder;
    if (order !== undefined && (next === -1 || order > (columns[next].dropOrder as number))) next = c;
  }
  return next;
}

function renderCell(cell: Cell, column: Column, width: number): string {
  const text = terminalText(cellText(cell), width);
  const padding = ' '.repeat(Math.max(0, width - displayWidth(text)));
  const painted = typeof cell === 'string' || text === '' ? text : cell.paint(text);
  return column.align === 'right' ? padding + painted : painted + padding;
}

function cellWidth(cell: Cell): number {
  return displayWidth(terminalText(cellText(cell), WIDEST_CELL));
}

function cellText(cell: Cell): string {
  return typeof cell === 'string' ? cell : cell.text;
}
