import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { DuckDBInstance } from '@duckdb/node-api';
import { parquetReadObjects } from 'hyparquet';
import type { ArchivePart } from '#src/archive/partitions.js';

export type ReadRow = Readonly<Record<string, unknown>>;

/** All rows of these files, by the library that has nothing to do with the one that wrote them but its author. */
export async function rowsOf(parts: readonly ArchivePart[]): Promise<ReadRow[]> {
  const rows: ReadRow[] = [];
  for (const { path } of parts) {
    const bytes = readFileSync(path);
    const file = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength) as ArrayBuffer;
    const compressors = { GZIP: (input: Uint8Array) => gunzipSync(input) };
    rows.push(...((await parquetReadObjects({ file, compressors })) as ReadRow[]));
  }
  return rows.map(plainRow);
}

/** The same by DuckDB's own reader of Parquet. */
export async function rowsByDuckDb(parts: readonly ArchivePart[]): Promise<ReadRow[]> {
  const connection = await (await DuckDBInstance.create(':memory:')).connect();
  const files = parts.map(({ path }) => `'${path}'`).join(', ');
  const read = await connection.runAndReadAll(`SELECT * FROM read_parquet([${files}], hive_partitioning = false)`);
  return read.getRowObjectsJS().map((row) => plainRow(row as ReadRow));
}

/** Dates as milliseconds, whole numbers as numbers. */
function plainRow(row: ReadRow): ReadRow {
  return Object.fromEntries(Object.entries(row).map(([name, value]) => [name, plainValue(value)]));
}

function plainValue(value: unknown): unknown {
  if (value instanceof Date) return value.getTime();
  return typeof value === 'bigint' ? Number(value) : value;
}
