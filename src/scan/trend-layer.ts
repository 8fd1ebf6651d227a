import type { HeapTrend } from '../base/scan-types.js';
import type { Telemetry } from '../telemetry/index.js';
import type { Metric } from '../telemetry/metrics.js';
import type { ProcessSeries } from '../telemetry/recorder.js';
import { benjaminiHochberg } from '../trend/benjamini-hochberg.js';
import { hamedRao } from '../trend/hamed-rao.js';
import { shapeOf } from '../trend/shapes.js';
import { theilSen } from '../trend/theil-sen.js';
import { goesOn, leastRise, WARM_UP } from './goes-on.js';
import {
  detachedContextsOf,
  heapDifferenceOf,
  longestPauseOf,
  pressureOf,
  ratesOf,
  residentRisesOf,
} from './heap-figures.js';
import { type Basis, HEAPS, type HeapPoints, type HeapWatch, type Point } from './heap-watch.js';

/** One file of telemetry and what has been watched while it was read. */
export interface WatchedTelemetry {
  /** Name of the file, without its folder. */
  readonly source: string;
  readonly telemetry: Telemetry;
  readonly watch: HeapWatch;
}

const HOUR = 3_600_000;
const FEWEST_POINTS = 6;
const SIGNIFICANT = 0.01;
/** Of the rises that are told, those that are expected to be none. */
const ACCIDENTS = 0.05;
/** Of all pairs of points: of more than that without a slope Theil & Sen's median is none of a slope. */
const MOST_TOGETHER = 0.25;
/** V8's young generation fills up so far, and twice, before anyone looks at what of it lives; a day is longer than that takes. */
const UNCOLLECTED = { bytes: 32 << 20, hours: 24 };

/**
 * L1 of the scan, of all processes together. The more heaps are looked at, the more would seem to rise by accident: a rise counts if no more than one
 * of twenty such are expected to be none (Benjamini & Hochberg).
 */
export function withoutAccidents(trends: readonly HeapTrend[]): HeapTrend[] {
  const tested = trends.filter(({ pValue }) => pValue !== null);
  const adjusted = benjaminiHochberg(tested.map(({ pValue }) => pValue as number));
  const byAccident = new Set(tested.filter((_, at) => adjusted[at] > ACCIDENTS));
  return trends.map((trend) => (byAccident.has(trend) ? { ...trend, isRising: false, hoursToLimit: null } : trend));
}

/** The heaps of one file, each by itself. */
export function trendsOf({ source, telemetry, watch }: WatchedTelemetry): HeapTrend[] {
  return telemetry.processes.flatMap((process) => {
    const metric = HEAPS.find((name) => process.metrics.has(name));
    return metric === undefined ? [] : [trendOf(source, process, metric, watch)];
  });
}

function trendOf(source: string, process: ProcessSeries, metric: Metric, watch: HeapWatch): HeapTrend {
  const { name, samples, from, to, clockJumps, metrics } = process;
  const none: HeapPoints = { basis: 'samples', points: [], rules: [] };
  const { basis, points, rules } = watch.of(name)?.points(metrics.get(metric)) ?? none;
  const warmUp = points.length >= FEWEST_POINTS + 1 ? Math.max(1, Math.floor(WARM_UP * points.length)) : 0;
  const compared = points.slice(warmUp);
  const limit = limitOf(process);
  const hasTimes = process.hasTimes && timesTell(compared);
  return {
    ...{ source, process: name, metric, samples, from, to, hasTimes, clockJumps },
    ...{ basis, points: compared.length, warmUp },
    start: compared.at(0)?.value ?? 0,
    end: compared.at(-1)?.value ?? 0,
    ...growthOf(compared, basis, hasTimes, limit),
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

function growthOf(points: readonly Point[], basis: Basis, hasTimes: boolean, limit: number | null): GrowthFigures {
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
  const positions = hasTimes ? ascending(points.map(({ ts }) => (ts - points[0].ts) / HOUR)) : [...points.keys()];
  const { p } = hamedRao(values);
  const { slope, low, high, level } = theilSen(values, { positions });
  const { fit } = shapeOf(values, positions);
  const span = positions[positions.length - 1] - positions[0];
  // Samples in between which nothing has been seen to be collected.
  const isUncollected = basis === 'samples' && !(hasTimes && span >= UNCOLLECTED.hours);
  const least = Math.max(leastRise(values[0]), isUncollected ? UNCOLLECTED.bytes : 0);
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

/** Whether times tell points apart: where many lie at one, a slope over time would be of any size. */
function timesTell(points: readonly Point[]): boolean {
  let [together, alike] = [0, 0];
  for (const [at, { ts }] of points.entries()) {
    alike = at > 0 && points[at - 1].ts === ts ? alike + 1 : 0;
    together += alike;
  }
  return together <= (MOST_TOGETHER * points.length * (points.length - 1)) / 2;
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
  const limit = series === undefined || series.size === 0 ? 0 : series.bucket(series.size - 1).last;
  // A limit of 0 is what some write who know of none.
  return limit > 0 ? limit : null;
}
