import { formatBytes, formatBytesDelta, formatCount, formatCountDelta } from '../../report/units.js';
import type { ClassLine } from './class-rows.js';

/** A figure of a class that a table can be sorted by. */
export interface ClassColumn {
  readonly id: string;
  readonly title: string;
  /** Of the column, in pixels. */
  readonly width: number;
  readonly isMinor?: boolean;
  readonly isDelta?: boolean;
  readonly value: (line: ClassLine) => number | null;
  readonly text: (value: number) => string;
}

const COUNT: ClassColumn = { id: 'count', title: 'Objects', width: 92, value: (line) => line.count, text: formatCount };
const SELF: ClassColumn = {
  ...{ id: 'self', title: 'Self size', width: 92, isMinor: true },
  value: (line) => line.selfSize,
  text: formatBytes,
};
const RETAINED: ClassColumn = {
  ...{ id: 'retained', title: 'Retained', width: 96 },
  value: (line) => line.retainedSize,
  text: formatBytes,
};

export const OF_A_SNAPSHOT: readonly ClassColumn[] = [
  COUNT,
  SELF,
  RETAINED,
  {
    ...{ id: 'distance', title: 'Distance', width: 84, isMinor: true },
    value: (line) => line.distance,
    text: (value) => (value < 0 || value >= 100_000_000 ? '–' : String(value)),
  },
];

const delta = (column: Pick<ClassColumn, 'id' | 'title' | 'value' | 'text'> & Partial<ClassColumn>): ClassColumn => {
  return { width: 102, isDelta: true, ...column };
};

/** The change, and what it leads from and to. */
export const OF_A_SERIES: readonly ClassColumn[] = [
  delta({ id: 'retainedDelta', title: 'Retained Δ', value: (line) => line.retainedDelta, text: formatBytesDelta }),
  {
    ...{ id: 'retainedFirst', title: 'from', width: 80, isMinor: true },
    value: (line) => line.first?.retainedSize ?? null,
    text: formatBytes,
  },
  { ...RETAINED, title: 'to', width: 80, isMinor: true },
  delta({ id: 'countDelta', title: 'Objects Δ', width: 90, value: (line) => line.countDelta, text: formatCountDelta }),
  {
    ...{ id: 'countFirst', title: 'from', width: 72, isMinor: true },
    value: (line) => line.first?.count ?? null,
    text: formatCount,
  },
  { ...COUNT, title: 'to', width: 72, isMinor: true },
  delta({
    ...{ id: 'selfDelta', title: 'Self Δ', width: 86, isMinor: true },
    value: (line) => line.selfDelta,
    text: formatBytesDelta,
  }),
  { ...SELF, title: 'to', width: 80 },
];

export interface Sorting {
  readonly by: string;
  readonly isRising: boolean;
}

export const BY_NAME = 'name';

/** Lines whose name has these words, in this order; what is not known comes last, whichever way. */
export function sortedLines(
  lines: readonly ClassLine[],
  columns: readonly ClassColumn[],
  { by, isRising }: Sorting,
  wanted: string,
): ClassLine[] {
  const text = wanted.trim().toLowerCase();
  const found = lines.filter(({ name }) => name.toLowerCase().includes(text));
  const sign = isRising ? 1 : -1;
  if (by === BY_NAME) return found.sort((a, b) => sign * (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
  const value = columns.find(({ id }) => id === by)?.value ?? columns[0].value;
  return found.sort((a, b) => {
    const [first, second] = [value(a), value(b)];
    if (first === null || second === null) return Number(first === null) - Number(second === null);
    return sign * (first - second);
  });
}
