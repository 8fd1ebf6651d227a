import type { BudgetResult, FigureChange, SuspectChange } from '../base/gate-types.js';
import { formatBytes, formatBytesDelta, formatCount, formatCountDelta } from './units.js';

// Figures as forms and pages write them.

const FORMATS: Readonly<Record<BudgetResult['unit'], (value: number) => string>> = {
  bytes: formatBytes,
  count: formatCount,
  confidence: (value) => value.toFixed(2),
};

/** A limit, what there is of it, and by how much that is too much: `50.0 MB`, `52.0 MB`, `2.0 MB`. `actual` is empty where nothing tells. */
export function budgetFigures({ budget, unit, limit, actual, over }: BudgetResult) {
  const format = FORMATS[unit];
  const shown = { limit: format(limit), actual: actual === null ? '' : format(actual), over: format(over) };
  // All three are of an interval then.
  return { ...shown, isGrowth: /growth$/i.test(budget) };
}

/** What a suspect is compared by, what that was, and what it is; empty for what was not, or is no longer, there. */
export function suspectCells({ figure, before, now }: SuspectChange): readonly [string, string, string] {
  const format = figure === 'growth' ? formatBytesDelta : formatBytes;
  const shown = (bytes: number | null) => (bytes === null ? '' : format(bytes));
  return [figure === 'growth' ? 'an interval' : 'retained', shown(before), shown(now)];
}

/** `+852.4 kB an interval, before +0 B`. */
export function suspectChangeLine(change: SuspectChange): string {
  const [figure, before, now] = suspectCells(change);
  if (now === '') return `before ${before === '' ? '0 B' : before} ${figure}`;
  return `${now} ${figure}${before === '' ? '' : `, before ${before}`}`;
}

const FIGURES: Readonly<Record<FigureChange['figure'], readonly [string, (value: number) => string]>> = {
  size: ['size', formatBytes],
  nodes: ['nodes', formatCount],
  retainedSize: ['retained at first', formatBytes],
  count: ['objects at first', formatCount],
  growth: ['retained an interval', formatBytesDelta],
  countGrowth: ['objects an interval', formatCountDelta],
};

/** What the figure is called, what it was, and what it is. */
export function figureCells({ figure, isClass, before, now }: FigureChange): readonly [string, string, string] {
  const [title, format] = FIGURES[figure];
  return [figure === 'growth' && !isClass ? 'size an interval' : title, format(before), format(now)];
}
