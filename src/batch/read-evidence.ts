import { statSync } from 'node:fs';
import { basename } from 'node:path';
import type { KeptTelemetry } from '../archive/kept-scan.js';
import { SnapshotError } from '../base/errors.js';
import type { HeapProfile } from '../base/profile-types.js';
import type { HeapTrend, ScanInput } from '../base/scan-types.js';
import type { ChartList } from '../scan/charts.js';
import { HEAPS, HeapWatch, type RuleOptions } from '../scan/heap-watch.js';
import { trendsOf } from '../scan/trend-layer.js';
import { readTelemetry } from '../telemetry/index.js';

/** What a file of telemetry says of heaps, and its series if they are to be kept: they may be megabytes a process. */
export interface ReadTelemetry {
  readonly trends: readonly HeapTrend[];
  readonly kept?: KeptTelemetry;
}

/** What is to outlive the reading, besides the trends. */
export interface KeptOfTelemetry {
  readonly keepsSeries: boolean;
  readonly charts: ChartList | undefined;
}

/** How a file is read. */
export interface ReadingLimits {
  readonly signal: AbortSignal | undefined;
  /** Milliseconds; default: unlimited. */
  readonly timeout: number | undefined;
}

interface Read<Evidence> {
  readonly input: ScanInput;
  /** Undefined where there is nothing to look at. */
  readonly evidence?: Evidence;
}

/** A file that may hold telemetry. What is wrong with it is in the input; only an abort rejects. */
export function readTelemetryFile(
  file: string,
  rules: RuleOptions,
  limits: ReadingLimits,
  { keepsSeries, charts }: KeptOfTelemetry,
): Promise<Read<ReadTelemetry>> {
  const source = basename(file);
  const watch = new HeapWatch(rules);
  return guarded(source, 'telemetry', limits, async (signal) => {
    const telemetry = await readTelemetry(file, { observe: watch.observe, signal });
    const { format, lines, used, bad, badLines, left } = telemetry;
    if (format === undefined) return { input: { file: source, kind: 'other', lines } };
    const trends = trendsOf({ source, telemetry, watch });
    charts?.add({ source, telemetry, watch }, trends);
    return {
      input: { file: source, kind: 'telemetry', format, lines, used, bad, badLines, ...(left > 0 && { left }) },
      evidence: {
        trends,
        ...(keepsSeries && { kept: { source, telemetry, modified: modifiedOf(file) } }),
      },
    };
  });
}

/** A sampling heap profile. The same. */
export function readProfileFile(file: string, limits: ReadingLimits): Promise<Read<HeapProfile>> {
  const source = basename(file);
  return guarded(source, 'profile', limits, async (signal) => {
    const { readProfile } = await import('../profile/index.js');
    return { input: { file: source, kind: 'profile' }, evidence: await readProfile(file, { signal }) };
  });
}

/** The values of heaps in a file of telemetry: what later runs are compared with. Throws a `SnapshotError` where there are none. */
export async function readBaseline(file: string, signal: AbortSignal | undefined): Promise<number[]> {
  const { processes } = await readTelemetry(file, { signal });
  const values = processes.flatMap(({ metrics }) => {
    const metric = HEAPS.find((name) => metrics.has(name));
    const buckets = metric === undefined ? [] : (metrics.get(metric)?.buckets() ?? []);
    return buckets.map(({ last }) => last);
  });
  if (values.length > 0) return values;
  const error = new SnapshotError('UNREADABLE', 'found no telemetry of a heap, expected some for a baseline');
  error.file = file;
  throw error;
}

/** Whole milliseconds since 1970; 0 for what has gone. */
export function modifiedOf(file: string): number {
  return Math.floor(statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0);
}

async function guarded<Evidence>(
  file: string,
  kind: ScanInput['kind'],
  { signal, timeout }: ReadingLimits,
  read: (signal: AbortSignal | undefined) => Promise<Read<Evidence>>,
): Promise<Read<Evidence>> {
  const timer = timeout === undefined ? undefined : AbortSignal.timeout(timeout);
  const both = timer === undefined ? signal : AbortSignal.any([timer, ...(signal ? [signal] : [])]);
  try {
    return await read(both);
  } catch (thrown) {
    signal?.throwIfAborted();
    const error = timer?.aborted ? tooSlow(timeout ?? 0) : SnapshotError.from(thrown);
    return { input: { file, kind, error: error.toData() } };
  }
}

function tooSlow(timeout: number): SnapshotError {
  return new SnapshotError('TIMEOUT', `found that reading takes more than ${timeout / 1000} s, expected less`);
}
