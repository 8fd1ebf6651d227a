import { isFigure } from './figure.js';
import { type LineParser, type LineResult, type LineSink, LONGEST_PROCESS, type TelemetryFormat } from './format.js';
import type { Metric } from './metrics.js';
import { timestampOf } from './timestamp.js';

type Fields = Readonly<Record<string, unknown>>;
type Names = readonly (readonly [field: string, metric: Metric])[];

const MEMORY_USAGE: Names = [
  ['rss', 'v8.rss'],
  ['heapTotal', 'v8.heap_total'],
  ['heapUsed', 'v8.heap_used'],
  ['external', 'v8.external'],
  ['arrayBuffers', 'v8.array_buffers'],
];

const HEAP_STATISTICS: Names = [
  ['used_heap_size', 'v8.heap_used'],
  ['total_heap_size', 'v8.heap_total'],
  ['heap_size_limit', 'v8.heap_limit'],
  ['malloced_memory', 'v8.malloced'],
  ['external_memory', 'v8.external'],
  ['total_allocated_bytes', 'v8.total_allocated'],
  ['number_of_native_contexts', 'v8.native_contexts'],
  ['number_of_detached_contexts', 'v8.detached_contexts'],
];

/** What the collector says of the garbage collector. */
const COLLECTIONS: Names = [
  ['major', 'v8.major_gcs'],
  ['live', 'v8.live'],
];

const STATISTICS_ALONE = HEAP_STATISTICS.filter(([, metric]) => MEMORY_USAGE.every(([, known]) => known !== metric));

/** What others are looked at with comes first. */
const MEM_STATS: Names = [
  ['NumGC', 'go.num_gc'],
  ['HeapObjects', 'go.heap_objects'],
  ['HeapAlloc', 'go.heap_alloc'],
  ['HeapInuse', 'go.heap_inuse'],
  ['HeapSys', 'go.heap_sys'],
  ['Sys', 'go.sys'],
  ['TotalAlloc', 'go.total_alloc'],
  ['NextGC', 'go.next_gc'],
  ['Mallocs', 'go.mallocs'],
  ['Frees', 'go.frees'],
  ['PauseTotalNs', 'go.pause_total_ns'],
  ['GCCPUFraction', 'go.gc_cpu_fraction'],
];

/**
 * A JSON object a line: what `process.memoryUsage()` or `v8.getHeapStatistics()` return, together under their names or one of them alone,
 * or Go's expvar page with its `memstats`; beside it `ts`, `time` or `timestamp`, `pid` and `uptime`. Other fields do no harm.
 */
export const jsonLines: TelemetryFormat = {
  name: 'json lines',
  recognise(line) {
    return line.startsWith('{') && partsOf(parsed(line)) !== undefined ? parser : undefined;
  },
};

const parser: LineParser = {
  isHeader: false,
  parse(line: string, sink: LineSink): LineResult {
    if (line.trim() === '') return 'skipped';
    const fields = parsed(line);
    if (fields === undefined) return { bad: 'no JSON object' };
    const parts = partsOf(fields);
    if (parts === undefined) return { bad: 'no memory figures' };
    const ts = timestampOf(fields.ts ?? fields.time ?? fields.timestamp);
    if (ts !== undefined && !Number.isFinite(ts)) return { bad: 'a timestamp that is none' };
    const { pid, uptime } = fields;
    const process = typeof pid === 'number' || typeof pid === 'string' ? String(pid) : '';
    if (process.length > LONGEST_PROCESS) return { bad: 'a process that is none' };
    let begun = false;
    for (const [part, names] of parts) {
      for (const [field, metric] of names) {
        const value = part[field];
        if (typeof value !== 'number' || !isFigure(value)) continue;
        if (!begun) sink.begin(process, ts, progressOf(uptime, parts));
        begun = true;
        sink.value(metric, value);
      }
    }
    return begun ? 'used' : { bad: 'no memory figures that are numbers' };
  },
};

function parsed(line: string): Fields | undefined {
  try {
    return asFields(JSON.parse(line));
  } catch {
    return undefined;
  }
}

function asFields(value: unknown): Fields | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : undefined;
}

/** Which figures a line has. What both of Node's say is taken from the first. */
function partsOf(fields: Fields | undefined): readonly (readonly [Fields, Names])[] | undefined {
  if (fields === undefined) return undefined;
  const [usage, statistics, go] = [fields.memoryUsage, fields.heapStatistics, fields.memstats].map(asFields);
  if (go) return [[go, MEM_STATS]];
  const gc = asFields(fields.gc);
  const collections = gc ? [[gc, COLLECTIONS] as const] : [];
  if (usage && statistics) return [...collections, [usage, MEMORY_USAGE], [statistics, STATISTICS_ALONE]];
  if (usage) return [...collections, [usage, MEMORY_USAGE]];
  if (statistics) return [...collections, [statistics, HEAP_STATISTICS]];
  if ('heapUsed' in fields || 'rss' in fields) return [[fields, MEMORY_USAGE]];
  if ('used_heap_size' in fields) return [[fields, HEAP_STATISTICS]];
  if ('HeapAlloc' in fields) return [[fields, MEM_STATS]];
  return undefined;
}

/** What only grows within a process, the surest first. */
function progressOf(uptime: unknown, parts: readonly (readonly [Fields, Names])[]): number | undefined {
  const counted = parts.flatMap(([part]) => [part.NumGC, part.total_allocated_bytes, part.major]);
  return [uptime, ...counted].find((figure) => typeof figure === 'number');
}
