import { compareText } from '../base/text-order.js';
import type { ClassGrowth, ClassSummary, Growth } from '../base/types.js';
import { benjaminiHochberg } from '../trend/benjamini-hochberg.js';
import { trendOf, withAdjusted } from '../trend/trend.js';

/**
 * Classes that V8 keeps for its own ends, or that say only how something is stored. They grow along with what leaks, so
 * they weigh less than a class a person can look up in the source.
 */
const FAMILY = /^\(|^system \/|^(?:Function|Object|Array)$/;
const FAMILY_WEIGHT = 0.3;

/** One snapshot of a series: its classes, named by the series' interfaces; undefined where it could not be read. */
export type SeriesEntry = readonly ClassSummary[] | undefined;

/**
 * Ranks the classes of a series by growth; undefined with fewer than two readable snapshots.
 * First come classes with more members at the end than at the start: by the growth of their retained size, weighted with
 * the share of steps in which their number rose and, for V8's own families, with 0.3. Then the others, by the growth of
 * their retained size: holders and caches whose members got heavier. Ties by name, then key. Unchanged classes are left out.
 */
export function rankGrowth(series: readonly SeriesEntry[]): Growth | undefined {
  const snapshots = series.flatMap((entry, index) => (entry === undefined ? [] : [index]));
  if (snapshots.length < 2) return undefined;
  const changed = collect(series)
    .map((row) => figuresOf(row, snapshots))
    .filter(hasChanged);
  const readable = (values: readonly (number | null)[]) => snapshots.map((index) => values[index] as number);
  const trends = changed.map((row) => trendOf(readable(row.count), readable(row.retainedSize), 1));
  const adjusted = benjaminiHochberg(trends.map(({ pValue }) => pValue));
  const classes = changed.map((row, at) => ({ ...row, trend: withAdjusted(trends[at], adjusted[at]) })).sort(byRank);
  return { snapshots, classCount: classes.length, classes };
}

interface Row {
  readonly key: string;
  readonly name: string;
  readonly found: (ClassSummary | undefined)[];
  readonly read: readonly boolean[];
}

function collect(series: readonly SeriesEntry[]): Row[] {
  const rows = new Map<string, Row>();
  const read = series.map((entry) => entry !== undefined);
  for (const [index, entry] of series.entries()) {
    for (const summary of entry ?? []) {
      let row = rows.get(summary.key);
      if (row === undefined) {
        row = { key: summary.key, name: summary.name, found: new Array(series.length), read };
        rows.set(summary.key, row);
      }
      row.found[index] = summary;
    }
  }
  return [...rows.values()];
}

type Figures = Omit<ClassGrowth, 'trend'>;

function figuresOf(row: Row, snapshots: readonly number[]): Figures {
  const figures = (figure: 'count' | 'selfSize' | 'retainedSize') =>
    row.read.map((read, index) => (read ? (row.found[index]?.[figure] ?? 0) : null));
  const deltas = (values: readonly (number | null)[]) => {
    const readable = snapshots.map((index) => values[index] as number);
    return readable.slice(1).map((value, step) => value - readable[step]);
  };
  const [count, selfSize, retainedSize] = [figures('count'), figures('selfSize'), figures('retainedSize')];
  const [countDeltas, selfSizeDeltas, retainedSizeDeltas] = [deltas(count), deltas(selfSize), deltas(retainedSize)];
  return {
    key: row.key,
    name: row.name,
    count,
    selfSize,
    retainedSize,
    countDeltas,
    selfSizeDeltas,
    retainedSizeDeltas,
    risingSteps: countDeltas.filter((delta) => delta > 0).length,
    totalCountDelta: sum(countDeltas),
    totalSelfSizeDelta: sum(selfSizeDeltas),
    totalRetainedSizeDelta: sum(retainedSizeDeltas),
  };
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

function hasChanged({ countDeltas, selfSizeDeltas, retainedSizeDeltas }: Figures): boolean {
  return [countDeltas, selfSizeDeltas, retainedSizeDeltas].some((deltas) => deltas.some((delta) => delta !== 0));
}

function byRank(a: ClassGrowth, b: ClassGrowth): number {
  const multiplied = Number(b.totalCountDelta > 0) - Number(a.totalCountDelta > 0);
  return multiplied || score(b) - score(a) || compareText(a.name, b.name) || compareText(a.key, b.key);
}

function score(growth: ClassGrowth): number {
  if (growth.totalCountDelta <= 0) return growth.totalRetainedSizeDelta;
  const steadiness = growth.risingSteps / growth.countDeltas.length;
  return growth.totalRetainedSizeDelta * steadiness * (FAMILY.test(growth.name) ? FAMILY_WEIGHT : 1);
}
