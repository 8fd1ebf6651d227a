import type { HeapTrend, ScanReport } from '../base/scan-types.js';
import { anomalyScores } from '../scan/isolation-forest.js';
import { DAY, slidingRatio, YEAR } from '../scan/sliding-ratios.js';
import type { ProcessSeries } from '../telemetry/recorder.js';
import { breath } from './breath.js';
import type { KeptTelemetry } from './kept-scan.js';
import type { Row } from './tables.js';

const PRECISION = 1e6;

/** What stands beside the samples of a process's heap, and of no other metric. */
export interface HeapColumns {
  readonly metric: string;
  /** Of the sample at this position. */
  at(position: number): Row;
}

/**
 * What a scan, and the seed, think of each sample of a heap: threshold and trend of the whole, the value against that of a day and of a year before,
 * and how odd it is among all (Isolation Forest over value, change and ratio to the day before). None of that decides anything: a ramp is oddest
 * at its two ends. Cost: about 25 µs a sample.
 */
export function heapColumns(process: ProcessSeries, trend: HeapTrend | undefined): HeapColumns | undefined {
  const series = trend && process.metrics.get(trend.metric as Parameters<typeof process.metrics.get>[0]);
  if (trend === undefined || series === undefined) return undefined;
  const buckets = series.buckets();
  const ts = Float64Array.from(buckets, ({ to }) => to);
  const values = Float64Array.from(buckets, ({ last }) => last);
  const period = process.hasTimes ? slidingRatio(ts, values, DAY) : undefined;
  const year = process.hasTimes ? slidingRatio(ts, values, YEAR) : undefined;
  const changes = values.map((value, at) => (at === 0 ? 0 : value - values[at - 1]));
  // Without a day before nothing has changed since then.
  const ratios = values.map((_, at) => numberOr(period?.[at], 1));
  const scores = anomalyScores([values, changes, ratios]);
  const threshold = trend.rules.find(({ rule }) => rule === 'frozen')?.threshold ?? null;
  const whole = { threshold, trend_p: trend.pValue, slope: trend.slope?.median ?? null };
  return {
    metric: trend.metric,
    at: (position) => ({
      ...whole,
      period_ratio: numberOr(period?.[position], null),
      year_ratio: numberOr(year?.[position], null),
      // Versions of V8 differ in the last digits of logarithms and powers.
      anomaly_score: Math.round(PRECISION * scores[position]) / PRECISION,
    }),
  };
}

/** A ratio to next to nothing is none either. */
function numberOr<Other>(value: number | undefined, other: Other): number | Other {
  return value === undefined || !Number.isFinite(value) ? other : value;
}

export interface JudgedProcess {
  readonly process: ProcessSeries;
  readonly heap: HeapColumns | undefined;
}

/** The processes of a file, each with what stands beside its heap's samples. Rejects with the signal's reason. */
export async function judgedProcesses(
  { source, telemetry }: KeptTelemetry,
  { trends }: ScanReport,
  signal: AbortSignal | undefined,
): Promise<JudgedProcess[]> {
  const judged: JudgedProcess[] = [];
  for (const process of telemetry.processes) {
    await breath(signal);
    const trend = trends.find((one) => one.source === source && one.process === process.name);
    judged.push({ process, heap: heapColumns(process, trend) });
  }
  return judged;
}
