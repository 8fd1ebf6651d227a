import type { HeapTrend } from '../base/scan-types.js';
import type { Telemetry } from '../telemetry/index.js';
import type { Metric } from '../telemetry/metrics.js';
import type { ProcessSeries } from '../telemetry/recorder.js';
import { hamedRao } from '../trend/hamed-rao.js';
import { shapeOf } from '../trend/shapes.js';
import { theilSen } from '../trend/theil-sen.js';
import {
  detachedContextsOf,
  heapDifferenceOf,
  longestPauseOf,
  pressureOf,
  ratesOf,
  residentRisesOf,
} from './heap-figures.js';
import { HEAPS, type HeapPoints, type HeapWatch, type Point } from './heap-watch.js';

/** One file of telemetry and what has been watched while it was read. */
export interface WatchedTelemetry {
  /** Name of the file, without its folder. */
  readonly source: string;
  readonly telemetry: Telemetry;
  readonly watch: HeapWatch;
}

const HOUR = 3_600_000;
const FEWEST_POINTS = 6;
/** Of the points at the start: modules are loaded and caches filled. */
const WARM_UP = 0.1;
const SIGNIFICANT = 0.01;
const FEWEST_AT_END = 4;
/** Of the rate over all points. */
const RATE_AT_END = 0.3;
/** What a rise has to come to: a share of the level, and bytes. */
const LEAST_RISE = { share: 0.05, bytes: 1 << 20 };

/** L1 of the scan: each process's heap over time. */
export function trendsOf({ source, telemetry, watch }: WatchedTelemetry): HeapTrend[] {
  return telemetry.processes.flatMap((process) => {
    const metric = HEAPS.find((name) => process.metrics.has(name));
    return metric === undefined ? [] : [trendOf(source, process, metric, watch)];
  });
}

function trendOf(source: string, process: ProcessSeries, metric: Metric, watch: HeapWatch): HeapTrend {
  const { name, samples, from, to, hasTimes, clockJumps, metrics } = process;
  const none: HeapPoints = { basis: 'samples', points: [], rules: [] };
  const { basis, points, rules } = watch.of(name)?.points(metrics.get(metric)) ?? none;
  const warmUp = points.length >= FEWEST_POINTS + 1 ? Math.max(1, Math.floor(WARM_UP * points.length)) : 0;
  const compared = points.slice(warmUp);
  const limit = limitOf(process);
  return {
    ...{ source, process: name, metric, samples, from, to, hasTimes, clockJumps },
    ...{ basis, points: compared.length, warmUp },
    start: compared.at(0)?.value ?? 0,
    end: compared.at(-1)?.value ?? 0,
    ...growthOf(compared, hasTimes, limit),
    ...{ limit, rules },
    pressure: pressureOf(process),
    difference: heapDifferenceOf(process, metric),
    rates: ratesOf(process),
    longestPause: longestPauseOf(process),
    detachedContexts: detachedContextsOf(process),
    residentRises: residentRisesOf(process),
  };
}

type GrowthFigures = Pick<HeapTrend, 'pValue' | 'slope' | 'shape' | 'changePoint' | 'isRising' | 'hoursToLimit'>;

function growthOf(points: readonly Point[], hasTimes: boolean, limit: number | null): GrowthFigures {
  const none = {
    pValue: null,
    slope: null,
    shape: 'undetermined',
    changePoint: null,
    isRising: false,
    hoursToLimit: null,
  };
  if (points.length < FEWEST_POINTS) return none;
  const values = points.map(({ value }) => value);
  const unit = hasTimes ? HOUR : 1;
  const positions = ascending(points.map(({ ts }) => (ts - points[0].ts) / unit));
  const { p } = hamedRao(values);
  const { slope, low, high, level } = theilSen(values, { positions });
  const { fit } = shapeOf(values, positions);
  const span = positions[positions.length - 1] - positions[0];
  const least = Math.max(LEAST_RISE.share * values[0], LEAST_RISE.bytes);
  const isRising = p < SIGNIFICANT && low > 0 && slope * span >= least && goesOn(values, positions, slope);
  const left = limit === null ? null : limit - values[values.length - 1];
  return {
    pValue: p,
    slope: { median: slope, low, high, level },
    shape: fit.shape,
    changePoint: fit.shape === 'step' ? { ts: points[fit.at].ts, before: fit.before, after: fit.after } : null,
    isRising,
    hoursToLimit: isRising && hasTimes && left !== null ? Math.max(0, left) / slope : null,
  };
}

/**
 * Whether the end still rises, at a good part of the whole's rate: what fills up or steps up once does not. A program that slows down, for
 * its own snapshots say, looks like filling up otherwise.
 */
function goesOn(values: readonly number[], positions: readonly number[], slope: number): boolean {
  const from = values.length - Math.max(FEWEST_AT_END, Math.ceil(values.length / 3));
  if (from <= 0) return true;
  const end = theilSen(values.slice(from), { positions: positions.slice(from) });
  return end.slope >= RATE_AT_END * slope;
}

/** Points at one time would have no slope: they lie a little apart. */
function ascending(positions: readonly number[]): number[] {
  const result: number[] = [];
  for (const position of positions) {
    const before = result.at(-1);
    result.push(
      before !== undefined && position <= before ? before + Number.EPSILON * Math.max(1, before) * 4 : position,
    );
  }
  return result;
}

function limitOf({ metrics }: ProcessSeries): number | null {
  const series = metrics.get('v8.heap_limit');
  return series === undefined || series.size === 0 ? null : series.bucket(series.size - 1).last;
}
