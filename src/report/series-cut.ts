import type { LeftOut } from '../base/report-types.js';
import type { GroupGrowth, SeriesReport, Suspect } from '../base/suspect-types.js';
import type { Analysis, ClassGrowth, Growth } from '../base/types.js';

/** At most `most` snapshots: the first and the last, those that failed as far as half of the room goes, and of the others evenly chosen ones. */
export function cutSeries(analysis: Analysis, most: number, leftOut: LeftOut[]): Analysis {
  const { snapshots, growth, series, suspects } = analysis;
  if (snapshots.length <= most) return analysis;
  leftOut.push({ what: 'snapshots', shown: most, of: snapshots.length });
  const kept = chosen(analysis, most);
  const places = new Map(kept.map((index, place) => [index, place]));
  const inSeries = series && places.size > 0 ? comparedOf(series, places) : undefined;
  return {
    ...analysis,
    snapshots: kept.map((index) => snapshots[index]),
    growth: growth && cutGrowth(growth, places, inSeries?.positions ?? []),
    series: inSeries?.series,
    suspects: suspects?.map((suspect) => cutSuspect(suspect, inSeries?.positions ?? [])),
  };
}

/** Positions in `snapshots`, in order. */
function chosen({ snapshots, growth }: Analysis, most: number): number[] {
  const isFailed = (index: number) => !snapshots[index].ok;
  const all = [...snapshots.keys()];
  const ends = growth ? [growth.snapshots[0], growth.snapshots[growth.snapshots.length - 1]] : [];
  const failed = all.filter(isFailed).slice(0, Math.floor(most / 2));
  const others = all.filter((index) => !isFailed(index) && !ends.includes(index));
  const room = most - failed.length - new Set(ends).size;
  const even = Array.from({ length: Math.min(room, others.length) }, (_, at) => {
    return others[Math.floor((at * others.length) / Math.min(room, others.length))];
  });
  return [...new Set([...ends, ...failed, ...even])].sort((a, b) => a - b);
}

type Places = ReadonlyMap<number, number>;

function comparedOf(series: SeriesReport, places: Places) {
  const positions = [...series.compared.keys()].filter((at) => places.has(series.compared[at]));
  const placed = (indexes: readonly number[]) => indexes.flatMap((index) => places.get(index) ?? []);
  return { series: { ...series, compared: placed(series.compared), restarts: placed(series.restarts) }, positions };
}

/** What is counted in every snapshot is told of those that are kept; sums and trends stay those of all. */
function cutGrowth(growth: Growth, places: Places, positions: readonly number[]): Growth {
  const indexes = [...places.keys()];
  const classes = growth.classes.map((row): ClassGrowth => {
    const of = (values: readonly (number | null)[]) => indexes.map((index) => values[index] ?? null);
    const [count, selfSize, retainedSize] = [of(row.count), of(row.selfSize), of(row.retainedSize)];
    return {
      ...row,
      ...{ count, selfSize, retainedSize },
      countDeltas: deltas(count),
      selfSizeDeltas: deltas(selfSize),
      retainedSizeDeltas: deltas(retainedSize),
    };
  });
  const group = (row: GroupGrowth): GroupGrowth => {
    const of = (values: readonly number[]) => positions.map((at) => values[at]);
    return { ...row, count: of(row.count), selfSize: of(row.selfSize), retainedSize: of(row.retainedSize) };
  };
  const snapshots = growth.snapshots.flatMap((index) => places.get(index) ?? []);
  return {
    ...growth,
    snapshots,
    classes,
    paths: growth.paths?.map(group),
    dominated: growth.dominated?.map(group),
  };
}

function deltas(values: readonly (number | null)[]): number[] {
  const known = values.filter((value) => value !== null);
  return known.slice(1).map((value, at) => value - known[at]);
}

function cutSuspect(suspect: Suspect, positions: readonly number[]): Suspect {
  const { growth } = suspect;
  if (growth === null) return suspect;
  const of = (values: readonly number[]) => positions.map((at) => values[at]);
  // Births are those of single intervals, and several have become one.
  return {
    ...suspect,
    growth: { ...growth, count: of(growth.count), retainedSize: of(growth.retainedSize), births: null },
  };
}
