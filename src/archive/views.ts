import { type ColumnType, TABLES, type TableName } from './tables.js';

const SQL_TYPES: Readonly<Record<ColumnType, string>> = {
  timestamp: 'TIMESTAMP WITH TIME ZONE',
  double: 'DOUBLE',
  count: 'BIGINT',
  small: 'INTEGER',
  flag: 'BOOLEAN',
  text: 'VARCHAR',
  json: 'VARCHAR',
};
const PARTITIONS = ['year', 'month', 'day'];
const DAY_OF_PART = String.raw`year=(\d{4}).month=(\d{2}).day=(\d{2}).part-[0-9a-f]{16}\.parquet$`;

/** What files leave out because another column says it. */
const IMPLIED: Partial<Record<TableName, string>> = {
  series: ' REPLACE (coalesce(least, value) AS least, coalesce(most, value) AS most)',
};

/** A table over its files, with its days as columns; without files one that is empty. */
export function tableView(table: TableName, files: readonly string[]): string {
  return `CREATE VIEW ${table} AS ${files.length === 0 ? emptyTable(table) : filledTable(table, files)}`;
}

/**
 * The days come from the ends of the files' names, not from DuckDB's own reading of them: that takes every folder that has an equals sign for a
 * column, and an archive below `service=shop` would be all of that service. Filters by day leave out files all the same.
 */
function filledTable(table: TableName, files: readonly string[]): string {
  const list = files.map(quoted).join(', ');
  const days = PARTITIONS.map(
    (name, at) => `CAST(regexp_extract(filename, '${DAY_OF_PART}', ${at + 1}) AS INTEGER) AS ${name}`,
  );
  const columns = [`* EXCLUDE (filename)${IMPLIED[table] ?? ''}`, ...days];
  return `SELECT ${columns.join(', ')} FROM read_parquet([${list}], filename = true, hive_partitioning = false)`;
}

function emptyTable(table: TableName): string {
  const columns = TABLES[table].map(({ name, type }) => `CAST(NULL AS ${SQL_TYPES[type]}) AS ${name}`);
  return `SELECT ${[...columns, ...PARTITIONS.map((name) => `CAST(NULL AS INTEGER) AS ${name}`)].join(', ')} WHERE false`;
}

export function quoted(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

/**
 * Questions that everyone asks, each of the newest scan of every service and host. Classes are of every scan of snapshots, suspects only where there
 * are any: what is mended has none any more.
 */
export const READY_MADE: readonly string[] = [
  `CREATE VIEW growth_by_class AS
   WITH newest AS (SELECT service, host, max(ts) AS ts FROM classes GROUP BY service, host)
   SELECT service, host, ts, rank, class, class_key, count(*) AS snapshots,
     arg_min(count, position) AS first_count, arg_max(count, position) AS last_count,
     last_count - first_count AS count_delta,
     arg_max(retained_size, position) - arg_min(retained_size, position) AS retained_delta,
     any_value(count_per_interval) AS count_per_interval, any_value(bytes_per_interval) AS bytes_per_interval,
     any_value(p_value) AS p_value
   FROM classes JOIN newest USING (service, host, ts)
   GROUP BY service, host, ts, rank, class, class_key
   ORDER BY rank, service, host`,
  `CREATE VIEW top_suspects AS
   WITH scans AS (SELECT service, host, ts FROM suspects UNION ALL SELECT service, host, ts FROM classes),
     newest AS (SELECT service, host, max(ts) AS ts FROM scans GROUP BY service, host),
     known AS (
       SELECT service, host, signature, min(ts) AS first_seen, count(DISTINCT ts) AS scans
       FROM suspects GROUP BY service, host, signature)
   SELECT service, host, ts, title, holder, script, line, confidence, seed_score, verdict, count_per_interval,
     bytes_per_interval, retained_size, first_seen, scans, repair, signature
   FROM suspects JOIN newest USING (service, host, ts) JOIN known USING (service, host, signature)
   ORDER BY confidence DESC, bytes_per_interval DESC NULLS LAST, signature, service, host`,
];
