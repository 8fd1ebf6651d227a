import { basename } from 'node:path';
import type { BudgetResult, FigureChange, SuppressionResult, SuspectChange } from '../base/gate-types.js';
import { formatBytes, formatBytesDelta, formatCount, formatCountDelta } from './units.js';

// Sentences that several forms have. Names in them are as the heap has them: each form has its own escapes.

/** `heap.size: 52.0 MB of 50.0 MB, 2.0 MB too much`. */
export function budgetLine(result: BudgetResult): string {
  const { budget, unit, limit, actual, over, state, reason, what, snapshot } = result;
  if (actual === null) return `${budget}: not checked, ${reason}`;
  const format = FORMATS[unit];
  const isGrowth = /growth$/i.test(budget);
  const each = isGrowth ? ' an interval' : '';
  const much = state === 'exceeded' ? `, ${format(over)} too much` : '';
  const where = [...(what === undefined ? [] : [what]), ...(snapshot === undefined ? [] : [basename(snapshot)])];
  return `${budget}: ${format(actual)} of ${format(limit)}${each}${much}${where.length > 0 ? ` (${where.join(', ')})` : ''}`;
}

const FORMATS: Readonly<Record<BudgetResult['unit'], (value: number) => string>> = {
  bytes: formatBytes,
  count: formatCount,
  confidence: (value) => value.toFixed(2),
};

/** `suppressed until 2027-01-31: being mended`. */
export function suppressedLine({ reason, expires }: { readonly reason: string; readonly expires: string }): string {
  return `suppressed until ${expires}: ${reason}`;
}

/** What has become of a suppression that does nothing; undefined where it does. */
export function idleLine({ signature, reason, expires, state }: SuppressionResult): string | undefined {
  if (state === 'expired') return `expired on ${expires}: ${reason} (${signature})`;
  return state === 'unmatched' ? `matches no suspect: ${reason} (${signature})` : undefined;
}

/** `+852.4 kB an interval, before +0 B`. */
export function suspectChangeLine({ figure, before, now }: SuspectChange): string {
  const each = figure === 'growth' ? ' an interval' : ' retained';
  const shown = (bytes: number) => (figure === 'growth' ? formatBytesDelta(bytes) : formatBytes(bytes));
  if (now === null) return `before ${shown(before ?? 0)}${each}`;
  return `${shown(now)}${each}${before === null ? '' : `, before ${shown(before)}`}`;
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
