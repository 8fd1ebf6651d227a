import { calendarOf, DAY } from '../scan/sliding-ratios.js';
import type { BoundedSeries, Bucket } from '../telemetry/bounded-series.js';
import type { ProcessSeries } from '../telemetry/recorder.js';
import { LAST_DATE, LEAST_DATE } from '../telemetry/timestamp.js';
import type { HeapColumns } from './heap-columns.js';
import type { KeptScan, KeptTelemetry } from './kept-scan.js';
import type { Row } from './tables.js';

/** Times of one process as dates. */
interface Dating {
  /** Added to each. */
  readonly shift: number;
  readonly isEstimated: boolean;
}

/** Ten years: times further apart are no record of one file. */
const MOST_DAYS = 3660;

/** What can be kept of a file. */
export interface KeptDays {
  /** As numbers since 1970, in order. */
  readonly days: readonly number[];
  /** What is left out, and why. */
  readonly notes: readonly string[];
}

/** The days on which a file has samples, without those that no calendar has; none where they are too many. */
export function keptDays(kept: KeptTelemetry): KeptDays {
  const all = daysOf(kept);
  const days = all.filter((day) => day >= 0 && day <= dayOf(LAST_DATE));
  const notes = days.length < all.length ? [`${kept.source}: samples with times outside of 1970 to 9999 left out`] : [];
  if (days.length <= MOST_DAYS) return { days, notes };
  const many = `${kept.source}: samples of ${days.length} days left out, expected no more than ${MOST_DAYS}`;
  return { days: [], notes: [...notes, many] };
}

function daysOf(kept: KeptTelemetry): number[] {
  const days = new Set<number>();
  for (const process of kept.telemetry.processes) {
    const { shift } = datingOf(process, kept);
    for (const series of process.metrics.values())
      for (let at = 0; at < series.size; at++) days.add(dayOf(series.bucket(at).to + shift));
  }
  return [...days].sort((a, b) => a - b);
}

/** What tells a file from others of its name: what its first process is called, and when that began. */
export function beginOf(kept: KeptTelemetry): readonly [process: string, from: number] {
  const [first] = kept.telemetry.processes;
  // Times without a date say when a process was started, not where it is now: those of a log that grows stay as they are.
  return first === undefined ? ['', 0] : [first.name, first.from];
}

/** The samples of one process on one day, by metric and time; the heap's with what stands beside them. */
export function seriesRows(
  process: ProcessSeries,
  kept: KeptTelemetry,
  day: number,
  { service, host }: Pick<KeptScan, 'service' | 'host'>,
  heap: HeapColumns | undefined,
): Row[] {
  const dating = datingOf(process, kept);
  const { source } = kept;
  const tags = JSON.stringify({ host, service, pid: process.name, source });
  const common = { service, host, source, process: process.name, tags };
  return [...process.metrics].flatMap(([metric, series]) =>
    positionsOn(day, series, dating.shift).map((position) => ({
      ...{ ...common, metric },
      ...sampleRow(series.bucket(position), dating),
      ...(heap?.metric === metric && heap.at(position)),
    })),
  );
}

function sampleRow({ to, count, least, most, last }: Bucket, { shift, isEstimated }: Dating): Row {
  const ts = to + shift;
  const { hourOfDay, isWeekend } = calendarOf(ts);
  return {
    ...{ ts, value: last, samples: count },
    ...(count > 1 && { least, most }),
    ...{ hour_of_day: hourOfDay, is_weekend: isWeekend, ts_estimated: isEstimated },
  };
}

/** Of the samples of one day; buckets are in the order of their times. */
function positionsOn(day: number, series: BoundedSeries, shift: number): number[] {
  const from = firstFrom(series, day * DAY - shift);
  const until = firstFrom(series, (day + 1) * DAY - shift);
  return Array.from({ length: until - from }, (_, at) => from + at);
}

/** The first bucket that ends then or later. */
function firstFrom(series: BoundedSeries, ts: number): number {
  let [low, high] = [0, series.size];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (series.bucket(middle).to < ts) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** What has no dates is taken to end when its file was last written: milliseconds since a start, or mere positions, one a millisecond. */
function datingOf({ hasTimes, from, to }: ProcessSeries, { modified }: KeptTelemetry): Dating {
  const isDated = hasTimes && from >= LEAST_DATE;
  return isDated
    ? { shift: 0, isEstimated: false }
    : { shift: Math.floor(modified) - Math.ceil(to), isEstimated: true };
}

function dayOf(ts: number): number {
  return Math.floor(ts / DAY);
}
