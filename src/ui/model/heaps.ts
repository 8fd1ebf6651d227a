import type { ReportDocument, TelemetryChart } from '../../base/report-types.js';
import type { HeapTrend, RuleResult } from '../../base/scan-types.js';
import { formatBytes, formatCount } from '../../report/units.js';

/** A heap over time: what has been made of it, and what there is to draw of it and beside it. */
export interface Heap {
  readonly trend: HeapTrend | null;
  readonly chart: TelemetryChart | null;
  /** Other figures of the same process. */
  readonly others: readonly TelemetryChart[];
  readonly name: string;
}

const HOUR = 3_600_000;
/** Figures that hardly change, and stand above the picture. */
const TOLD_OTHERWISE = new Set(['v8.heap_limit']);

/** Those that go on growing first; then processes of which there are only figures. */
export function heapsOf({ scan, telemetry }: ReportDocument): Heap[] {
  const isOf = (one: { source: string; process: string }, other: { source: string; process: string }) =>
    one.source === other.source && one.process === other.process;
  const trends = [...(scan?.trends ?? [])].sort((a, b) => Number(b.isRising) - Number(a.isRising));
  const known = trends.map((trend): Heap => {
    const ofProcess = telemetry.filter((chart) => isOf(chart, trend));
    const chart = ofProcess.find(({ metric }) => metric === trend.metric) ?? null;
    const others = ofProcess.filter((one) => one !== chart && !TOLD_OTHERWISE.has(one.metric));
    return { trend, chart, others, name: nameOf(trend) };
  });
  const rest = telemetry.filter((chart) => !trends.some((trend) => isOf(chart, trend)));
  return [...known, ...rest.map((chart) => ({ trend: null, chart, others: [], name: nameOf(chart) }))];
}

function nameOf({ source, process }: { source: string; process: string }): string {
  return process === '' ? source : `${source}, process ${process}`;
}

/** Two points of the line that the trend is, through the middle of the points it was judged by; null without a trend. */
export function trendLine(
  { slope, hasTimes, from, to }: HeapTrend,
  { lows }: TelemetryChart,
): readonly { ts: number; value: number }[] | null {
  if (slope === null || lows.length < 2) return null;
  const perUnit = hasTimes ? slope.median / HOUR : slope.median;
  const offsets = lows.map(({ ts, value }) => value - perUnit * (ts - from)).sort((a, b) => a - b);
  const offset = offsets[Math.floor(offsets.length / 2)];
  return [from, to].map((ts) => ({ ts, value: offset + perUnit * (ts - from) }));
}

/** How figures are written: those of bytes as sizes, counts as they are. */
export function metricText(metric: string): (value: number) => string {
  if (/_ms$/.test(metric)) return (value) => `${formatCount(value)} ms`;
  return /contexts|_gcs?$|objects|mallocs|frees|num_gc|fraction|_ns$/.test(metric) ? formatCount : formatBytes;
}

/** Those that say what they have fired on, in the order in which they did first. */
export function firedRules({ rules }: HeapTrend): RuleResult[] {
  return rules
    .filter(({ fired, samples }) => fired > 0 && samples.length > 0)
    .sort((a, b) => a.samples[0].ts - b.samples[0].ts);
}

/** Milliseconds since 1970 as a date in UTC, whatever the reader's clock; positions as they are. */
export function timeText(ts: number, hasTimes: boolean): string {
  if (!hasTimes) return `sample ${formatCount(ts)}`;
  // Logs that count from their program's start have no dates.
  if (ts < 1e11) return `${formatCount(ts / 1000)} s`;
  return new Date(ts)
    .toISOString()
    .replace('T', ' ')
    .replace(/\.\d+Z$/, ' UTC');
}
