/** What telemetry measures, by one name whatever the format calls it. Bytes, unless the name says otherwise. */
export const METRICS = [
  'v8.heap_used',
  'v8.heap_total',
  'v8.heap_limit',
  'v8.external',
  'v8.array_buffers',
  'v8.rss',
  'v8.malloced',
  'v8.total_allocated',
  /** Counts. */
  'v8.native_contexts',
  'v8.detached_contexts',
  'v8.major_gcs',
  /** What is left behind a full collection. */
  'v8.live',
  'v8.gc_pause_ms',
  'go.heap_alloc',
  'go.heap_inuse',
  'go.heap_sys',
  'go.sys',
  'go.total_alloc',
  'go.next_gc',
  /** Counts. */
  'go.heap_objects',
  'go.mallocs',
  'go.frees',
  'go.num_gc',
  'go.pause_total_ns',
  'go.gc_cpu_fraction',
  /** In which the program stood still. */
  'go.gc_pause_ms',
  /** As `v8.live`. */
  'go.live',
  'go.goal',
] as const;

export type Metric = (typeof METRICS)[number];
