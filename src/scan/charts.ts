import type { TelemetryChart } from '../base/report-types.js';
import type { HeapTrend } from '../base/scan-types.js';
import type { BoundedSeries, Bucket } from '../telemetry/bounded-series.js';
import type { Metric } from '../telemetry/metrics.js';
import type { ProcessSeries } from '../telemetry/recorder.js';
import type { WatchedTelemetry } from './trend-layer.js';

/** Enough for the width of any screen. */
const MOST_SAMPLES = 600;
const MOST_CHARTS = 50;

/** What is drawn of a process, the heap that trends are told of first. */
const CHARTED: readonly Metric[] = [
  ...(['v8.heap_used', 'v8.heap_total', 'v8.heap_limit', 'v8.live', 'v8.external', 'v8.array_buffers'] as const),
  ...(['v8.rss', 'v8.gc_pause_ms', 'go.heap_alloc', 'go.heap_inuse', 'go.next_gc', 'go.live', 'go.goal'] as const),
  ...(['go.sys', 'go.gc_pause_ms'] as const),
];

/** The charts of one process, and what they are chosen by. */
interface ChartedProcess {
  readonly isRising: boolean;
  readonly samples: number;
  readonly charts: readonly TelemetryChart[];
}

/** What there is to draw, and of how many processes. */
export interface Charts {
  readonly charts: readonly TelemetryChart[];
  readonly shown: number;
  readonly of: number;
}

/**
 * Charts of the processes that are worth one most: those whose heap rises, then those with the most samples. All of a process or none,
 * about fifty charts in all, so that any number of files takes as little memory.
 */
export class ChartList {
  #processes: readonly ChartedProcess[] = [];
  #of = 0;

  add(watched: WatchedTelemetry, trends: readonly HeapTrend[]): void {
    const trendOf = new Map(trends.map((trend) => [trend.process, trend]));
    for (const process of watched.telemetry.processes) {
      const trend = trendOf.get(process.name);
      const metrics = CHARTED.filter((metric) => process.metrics.has(metric));
      if (metrics.length === 0) continue;
      this.#of++;
      const charts = metrics.map((metric) => chartOf(watched, process, metric, trend));
      const added = { isRising: trend?.isRising ?? false, samples: process.samples, charts };
      this.#processes = mostWorth([...this.#processes, added]);
    }
  }

  /** In the order of the files, and of processes in them. */
  get all(): Charts {
    const charts = this.#processes.flatMap((process) => process.charts);
    return { charts, shown: this.#processes.length, of: this.#of };
  }
}

function mostWorth(processes: readonly ChartedProcess[]): ChartedProcess[] {
  const order = [...processes].sort((a, b) => Number(b.isRising) - Number(a.isRising) || b.samples - a.samples);
  let room = MOST_CHARTS;
  const kept = new Set<ChartedProcess>();
  for (const process of order) {
    if (process.charts.length > room) break;
    room -= process.charts.length;
    kept.add(process);
  }
  return processes.filter((process) => kept.has(process));
}

function chartOf(
  { source, watch }: WatchedTelemetry,
  { name, metrics, hasTimes }: ProcessSeries,
  metric: Metric,
  trend: HeapTrend | undefined,
): TelemetryChart {
  const series = metrics.get(metric);
  const buckets = series === undefined ? [] : merged(series);
  const judged = metric === trend?.metric ? watch.of(name)?.points(series) : undefined;
  return {
    ...{ source, process: name, metric, hasTimes },
    ts: buckets.map(({ to }) => to),
    least: buckets.map(({ least }) => least),
    most: buckets.map(({ most }) => most),
    last: buckets.map(({ last }) => last),
    // Samples are no low points.
    lows: judged === undefined || judged.basis === 'samples' ? [] : judged.points,
  };
}

/** As many neighbours in one as there have to be. */
function merged(series: BoundedSeries): Pick<Bucket, 'to' | 'least' | 'most' | 'last'>[] {
  const every = Math.ceil(series.size / MOST_SAMPLES);
  return Array.from({ length: Math.ceil(series.size / Math.max(1, every)) }, (_, at) => {
    const end = Math.min((at + 1) * every, series.size);
    const last = series.bucket(end - 1);
    let { least, most } = last;
    for (let position = at * every; position < end - 1; position++) {
      const bucket = series.bucket(position);
      least = Math.min(least, bucket.least);
      most = Math.max(most, bucket.most);
    }
    return { to: last.to, least, most, last: last.last };
  });
}
