/** How a column is stored; DuckDB calls these TIMESTAMP WITH TIME ZONE, DOUBLE, BIGINT, INTEGER, BOOLEAN, VARCHAR and JSON. */
export type ColumnType = 'timestamp' | 'double' | 'count' | 'small' | 'flag' | 'text' | 'json';

export interface ArchiveColumn {
  readonly name: string;
  readonly type: ColumnType;
  readonly nullable: boolean;
}

export const required = (type: ColumnType, ...names: readonly string[]): ArchiveColumn[] =>
  names.map((name) => ({ name, type, nullable: false }));
export const nullable = (type: ColumnType, ...names: readonly string[]): ArchiveColumn[] =>
  names.map((name) => ({ name, type, nullable: true }));

/** Of every table: `ts` decides the partition. */
const WHERE_AND_WHEN = [...required('timestamp', 'ts'), ...required('text', 'service', 'host')];
/** When the row was written. */
const KEPT = required('timestamp', '_archive_ts');
const RATES = nullable('double', 'count_per_interval', 'bytes_per_interval', 'p_value');

/** What is kept of scans, by table; the order of the columns is that of the files. */
export const TABLES = {
  /** One row for a sample of one metric of one process, or for neighbouring ones of a long series. */
  series: [
    ...WHERE_AND_WHEN,
    ...required('text', 'source', 'process', 'metric'),
    /** Of the last sample. */
    ...required('double', 'value'),
    ...required('count', 'samples'),
    /** Of all samples; null where there is one. */
    ...nullable('double', 'least', 'most'),
    ...required('json', 'tags'),
    ...required('small', 'hour_of_day'),
    ...required('flag', 'is_weekend', 'ts_estimated'),
    /** Of the process's heap only, as the newest scan sees it. */
    ...nullable('double', 'threshold', 'trend_p', 'slope', 'period_ratio', 'year_ratio', 'anomaly_score'),
    ...KEPT,
  ],
  /** One row for a class in one snapshot of a scan. */
  classes: [
    ...WHERE_AND_WHEN,
    ...required('text', 'snapshot'),
    ...required('count', 'position'),
    /** Of the class in its scan: 1 is the most suspicious, or the largest where nothing grows. */
    ...required('count', 'rank'),
    ...required('text', 'class_key', 'class'),
    ...nullable('count', 'count', 'self_size', 'retained_size'),
    ...RATES,
    ...KEPT,
  ],
  /** One row for what accumulates, sure or not. */
  suspects: [
    ...WHERE_AND_WHEN,
    ...required('text', 'signature', 'title', 'verdict', 'holder'),
    ...nullable('text', 'script'),
    ...nullable('count', 'line'),
    ...required('double', 'confidence'),
    ...nullable('double', 'seed_score'),
    ...required('count', 'retained_size'),
    ...RATES,
    ...nullable('text', 'shape'),
    ...required('json', 'path', 'detectors'),
    ...required('text', 'repair'),
    ...KEPT,
  ],
  /** One row for what one layer saw of a finding. */
  findings: [
    ...WHERE_AND_WHEN,
    ...required('text', 'verdict'),
    ...required('small', 'layer'),
    ...required('text', 'layer_signature', 'signature', 'title', 'severity'),
    ...required('double', 'confidence'),
    ...nullable('double', 'seed_score'),
    ...required('text', 'saw', 'anchor'),
    ...nullable('text', 'alert_id'),
    ...KEPT,
  ],
  alerts: [
    ...WHERE_AND_WHEN,
    ...required('text', 'alert_id', 'signature', 'title', 'severity'),
    ...required('double', 'confidence'),
    ...nullable('double', 'seed_score'),
    ...required('text', 'holder'),
    ...nullable('double', 'count_per_interval', 'bytes_per_interval'),
    ...required('count', 'retained_size'),
    ...required('json', 'trail'),
    ...required('text', 'repair', 'anchor'),
    ...KEPT,
  ],
} as const satisfies Readonly<Record<string, readonly ArchiveColumn[]>>;

export type TableName = keyof typeof TABLES;

export const TABLE_NAMES = Object.keys(TABLES) as TableName[];

/** A value as rows have it; times are milliseconds since 1970. */
export type ArchiveValue = string | number | boolean | null;

/** Rows of one table, column by column; `ts` and `_archive_ts` are added by the writer. */
export type Row = Readonly<Record<string, ArchiveValue>>;
