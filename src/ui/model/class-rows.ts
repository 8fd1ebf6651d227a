import type { Report, Snapshot } from './report.js';

/** One class of a table; `null` for what a snapshot does not say. */
export interface ClassLine {
  readonly name: string;
  readonly count: number;
  readonly selfSize: number | null;
  readonly retainedSize: number | null;
  readonly distance: number | null;
  /** Since the first snapshot. */
  readonly countDelta: number | null;
  readonly selfDelta: number | null;
  readonly retainedDelta: number | null;
  readonly first: { readonly count: number; readonly retainedSize: number } | null;
  readonly series: readonly (number | null)[];
}

/** Classes of one snapshot as it lists them; those of a series with what has become of them where `snapshot` is null. */
export function classLines(report: Report, snapshot: Snapshot | null): ClassLine[] {
  return snapshot === null ? ofSeries(report) : ofSnapshot(snapshot);
}

const NO_GROWTH = { countDelta: null, selfDelta: null, retainedDelta: null, first: null, series: [] };

function ofSnapshot({ outcome }: Snapshot): ClassLine[] {
  if (!outcome.ok) return [];
  if (outcome.mode === 'shallow')
    return outcome.classes.map(({ name, count, selfSize }) => {
      return { name, count, selfSize, retainedSize: null, distance: null, ...NO_GROWTH };
    });
  return outcome.classes.map(({ name, count, selfSize, retainedSize, distance }) => {
    return { name, count, selfSize, retainedSize, distance, ...NO_GROWTH };
  });
}

function ofSeries({ document, last }: Report): ClassLine[] {
  const growth = document.analysis?.growth;
  if (growth === undefined) return [];
  const indexes = growth.snapshots;
  const [from, to] = [indexes[0], indexes[indexes.length - 1]];
  const grown = growth.classes.map((row): ClassLine => {
    const at = (values: readonly (number | null)[], index: number) => values[index] ?? 0;
    return {
      ...{ name: row.name, count: at(row.count, to), selfSize: at(row.selfSize, to) },
      ...{ retainedSize: at(row.retainedSize, to), distance: null },
      ...{
        countDelta: row.totalCountDelta,
        selfDelta: row.totalSelfSizeDelta,
        retainedDelta: row.totalRetainedSizeDelta,
      },
      first: { count: at(row.count, from), retainedSize: at(row.retainedSize, from) },
      series: indexes.map((index) => row.retainedSize[index] ?? null),
    };
  });
  // Growth lists what changes. What it does not list stands still, where it lists all that does.
  const isSteady = growth.classes.length === growth.classCount;
  const delta = isSteady ? 0 : null;
  const known = new Set(growth.classes.map(({ key }) => key));
  const others = (last?.classes ?? []).filter(({ key }) => !known.has(key));
  return [
    ...grown,
    ...others.map(({ name, count, selfSize, retainedSize, distance }) => ({
      ...{ name, count, selfSize, retainedSize, distance, countDelta: delta, selfDelta: delta, retainedDelta: delta },
      ...{ first: isSteady ? { count, retainedSize } : null, series: [] },
    })),
  ];
}
