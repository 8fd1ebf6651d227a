import type { Analysis } from '../base/types.js';
import { type ClassRow, classRows } from './class-rows.js';
import type { Reporter } from './reporter.js';
import { terminalText } from './terminal-text.js';

/** Columns in their order; empty where a row has no value. Changes are those from the first snapshot compared to the last. */
const COLUMNS = [
  ...['snapshot', 'class', 'count', 'self_size', 'retained_size', 'count_delta', 'self_size_delta'],
  ...['retained_size_delta', 'rising_steps', 'steps', 'bytes_per_interval', 'p_value', 'shape'],
] as const;

/**
 * What begins a formula for a spreadsheet, at the start of a cell. Those that split lines at semicolons or tabs find more cells than there are,
 * so a beginning behind such a mark, a comma or a quote counts as well.
 */
const FORMULA = /(^|[;,"])(\s*)(?=[=+\-@＝＋－＠])/g;

/** One table of classes, or of their growth where snapshots were compared (RFC 4180). */
export const reporter: Reporter = {
  render: ({ analysis }) => [[...COLUMNS], ...rowsOf(analysis)].map((cells) => `${cells.join(',')}\r\n`).join(''),
};

function rowsOf(analysis: Analysis | undefined): string[][] {
  return analysis === undefined ? [] : classRows(analysis).map(cellsOf);
}

function cellsOf({ file, name, count, selfSize, retainedSize, growth }: ClassRow): string[] {
  const own = [textCell(file), textCell(name), ...[count, selfSize, retainedSize].map(numberCell)];
  if (growth === null) return [...own, ...new Array(COLUMNS.length - own.length).fill('')];
  const { totalCountDelta, totalSelfSizeDelta, totalRetainedSizeDelta, risingSteps, countDeltas, trend } = growth;
  const changes = [totalCountDelta, totalSelfSizeDelta, totalRetainedSizeDelta, risingSteps, countDeltas.length];
  return [...own, ...[...changes, trend.bytesPerInterval, trend.pValue].map(numberCell), trend.shape];
}

function numberCell(value: number | null): string {
  return value === null ? '' : String(value);
}

/** Quoted, on one line, and no formula: an apostrophe in front makes a text of it. */
function textCell(text: string): string {
  return `"${terminalText(text).replace(FORMULA, "$1$2'").replaceAll('"', '""')}"`;
}
