import type { GroupGrowth } from '../../base/suspect-types.js';
import type { ClassGrowth } from '../../base/types.js';
import type { Report, Snapshot } from './report.js';

export type Measure = 'count' | 'selfSize' | 'retainedSize';
export type Grouping = 'classes' | 'paths' | 'dominated';

/** One line that can be drawn: a class, or a group of nodes that are held in one way. */
export interface GrowingRow {
  readonly key: number;
  readonly name: string;
  /** Of a group: who holds it. */
  readonly holder: string;
  readonly values: Readonly<Record<Measure, readonly (number | null)[]>>;
  readonly bytesPerInterval: number;
  readonly shape: string;
}

export interface GrowthView {
  readonly snapshots: readonly Snapshot[];
  readonly rows: readonly GrowingRow[];
}

/** What can be looked at over the series; classes for every snapshot that could be read, groups for those compared. */
export function growthOf({ document, series, compared }: Report, grouping: Grouping): GrowthView {
  const growth = document.analysis?.growth;
  if (growth === undefined) return { snapshots: [], rows: [] };
  if (grouping === 'classes') {
    const at = growth.snapshots;
    return { snapshots: series, rows: growth.classes.map((row, key) => ofClass(row, key, at)) };
  }
  return { snapshots: compared, rows: (growth[grouping] ?? []).map(ofGroup) };
}

function ofClass(row: ClassGrowth, key: number, snapshots: readonly number[]): GrowingRow {
  const of = (values: readonly (number | null)[]) => snapshots.map((index) => values[index] ?? null);
  return {
    ...{ key, name: row.name, holder: '' },
    values: { count: of(row.count), selfSize: of(row.selfSize), retainedSize: of(row.retainedSize) },
    ...{ bytesPerInterval: row.trend.bytesPerInterval, shape: row.trend.shape },
  };
}

function ofGroup(row: GroupGrowth, key: number): GrowingRow {
  const { className, holder, count, selfSize, retainedSize, bytesPerInterval, shape } = row;
  return {
    key,
    name: className,
    holder: holder.expression,
    values: { count, selfSize, retainedSize },
    bytesPerInterval,
    shape,
  };
}

/** Last known value less the first known one. */
export function changeOf(values: readonly (number | null)[]): number {
  const known = values.filter((value) => value !== null);
  return known.length < 2 ? 0 : known[known.length - 1] - known[0];
}
