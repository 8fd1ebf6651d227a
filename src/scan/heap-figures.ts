import type { DetachedContexts, HeapDifference, HeapPressure, MetricRate } from '../base/scan-types.js';
import type { BoundedSeries } from '../telemetry/bounded-series.js';
import type { Metric } from '../telemetry/metrics.js';
import type { ProcessSeries } from '../telemetry/recorder.js';
import { hamedRao } from '../trend/hamed-rao.js';
import { theilSen } from '../trend/theil-sen.js';
import { goesOn, lastThird, leastRise, WARM_UP } from './goes-on.js';

/** Of Go, unless a program sets another: it collects when the heap has doubled. */
const GOGC = 100;
const MINUTE = 60_000;
const SIGNIFICANT = 0.01;
/** A frame or two that are gone are no trend. */
const LEAST_CONTEXTS = 3;
const MOST_POINTS = 240;
const LEAST_POINTS = 6;

/** Figures that rates are told of: the heap's own first, then what goes in and out of it. */
const RATED: readonly Metric[] = [
  ...(['v8.heap_used', 'v8.total_allocated', 'v8.rss'] as const),
  ...(['go.heap_alloc', 'go.heap_objects', 'go.total_alloc', 'go.mallocs', 'go.frees'] as const),
];

/** How much room the heap had left, in the order of what says most: what is live, the goal, the last collection. */
export function pressureOf(process: ProcessSeries): HeapPressure {
  const last = (metric: Metric) => lastOf(process, metric);
  const [used, limit, total] = [last('v8.heap_used'), last('v8.heap_limit'), last('v8.heap_total')];
  const [alloc, goal, inUse] = [last('go.heap_alloc'), last('go.next_gc') ?? last('go.goal'), last('go.heap_inuse')];
  return {
    ofLimit: shareOf(used, limit),
    ofGoal: shareOf(alloc, goal),
    live: goal === undefined ? null : goal / (1 + GOGC / 100),
    unused: differenceOf(total, used) ?? differenceOf(inUse, alloc),
  };
}

export function heapDifferenceOf(process: ProcessSeries, used: Metric): HeapDifference {
  const change = (metric: Metric) => changeOf(process, metric);
  const collections = change('v8.major_gcs') ?? countedCollections(process) ?? change('go.num_gc');
  const inUse = change('v8.heap_total') ?? change('go.heap_inuse');
  return {
    used: change(used) ?? 0,
    ...{ inUse, collections },
    prefers: collections === 0 && inUse !== null ? 'inUse' : 'used',
  };
}

/** A log of collections has a line for each full one. */
function countedCollections(process: ProcessSeries): number | null {
  if (process.metrics.has('v8.major_gcs') || !process.metrics.has('v8.gc_pause_ms')) return null;
  return process.metrics.get('v8.live')?.count ?? 0;
}

/** By how much figures change a minute, over all that was seen of the process. */
export function ratesOf(process: ProcessSeries): MetricRate[] {
  const minutes = (process.to - process.from) / MINUTE;
  if (!process.hasTimes || !(minutes > 0)) return [];
  return RATED.flatMap((metric) => {
    const change = changeOf(process, metric);
    return change === null ? [] : [{ metric, perMinute: change / minutes }];
  });
}

/** Milliseconds. */
export function longestPauseOf({ metrics }: ProcessSeries): number | null {
  const series = metrics.get('v8.gc_pause_ms') ?? metrics.get('go.gc_pause_ms');
  return series === undefined ? null : series.buckets().reduce((longest, { most }) => Math.max(longest, most), 0);
}

/** Whether all memory of the process rises, the heap or not; null where the telemetry does not say it, or not for long enough. */
export function residentRisesOf(process: ProcessSeries): boolean | null {
  const series = process.metrics.get('v8.rss') ?? process.metrics.get('go.sys');
  const all = series === undefined ? [] : thinned(series);
  const values = all.slice(Math.floor(WARM_UP * all.length));
  if (values.length < LEAST_POINTS) return null;
  if (hamedRao(values).p >= SIGNIFICANT || values[values.length - 1] <= values[0]) return false;
  const { slope } = theilSen(values);
  return slope * (values.length - 1) >= leastRise(values[0]) && goesOn(values, [...values.keys()], slope);
}

export function detachedContextsOf(process: ProcessSeries): DetachedContexts | null {
  const series = process.metrics.get('v8.detached_contexts');
  const last = lastOf(process, 'v8.detached_contexts');
  if (series === undefined || last === undefined) return null;
  const { first } = series;
  const values = thinned(series);
  const pValue = values.length < LEAST_POINTS ? 1 : hamedRao(values).p;
  const isMore = pValue < SIGNIFICANT && last - first >= LEAST_CONTEXTS;
  // As many as a while ago are those that a program has once made, and holds.
  return { first, last, pValue, isRising: isMore && last > values[Math.max(0, lastThird(values.length))] };
}

function thinned(series: BoundedSeries): number[] {
  const every = Math.max(1, Math.ceil(series.size / MOST_POINTS));
  return series
    .buckets()
    .filter((_, at) => at % every === 0)
    .map((bucket) => bucket.least);
}

function changeOf(process: ProcessSeries, metric: Metric): number | null {
  const [first, last] = [process.metrics.get(metric)?.first, lastOf(process, metric)];
  return first === undefined || last === undefined ? null : last - first;
}

function lastOf({ metrics }: ProcessSeries, metric: Metric): number | undefined {
  const series = metrics.get(metric);
  return series === undefined || series.size === 0 ? undefined : series.bucket(series.size - 1).last;
}

function shareOf(part: number | undefined, whole: number | undefined): number | null {
  return part === undefined || whole === undefined || whole <= 0 ? null : part / whole;
}

function differenceOf(whole: number | undefined, part: number | undefined): number | null {
  return part === undefined || whole === undefined ? null : whole - part;
}
