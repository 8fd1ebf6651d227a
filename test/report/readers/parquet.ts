import { DuckDBInstance } from '@duckdb/node-api';
import { parquetReadObjects } from 'hyparquet';

export type ParquetRow = Readonly<Record<string, unknown>>;

/** All rows, by the library that has nothing to do with the one that wrote them but its author. */
export async function readParquet(bytes: Uint8Array): Promise<ParquetRow[]> {
  const file = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength) as ArrayBuffer;
  return ((await parquetReadObjects({ file })) as ParquetRow[]).map(plainRow);
}

/** The same of a file by DuckDB's own reader. */
export async function queryParquet(file: string, select = '*'): Promise<ParquetRow[]> {
  const connection = await (await DuckDBInstance.create(':memory:')).connect();
  const read = await connection.runAndReadAll(`SELECT ${select} FROM read_parquet('${file}')`);
  return read.getRowObjectsJS().map((row) => plainRow(row as ParquetRow));
}

/** Whole numbers as numbers. */
function plainRow(row: ParquetRow): ParquetRow {
  const plain = (value: unknown) => (typeof value === 'bigint' ? Number(value) : value);
  return Object.fromEntries(Object.entries(row).map(([name, value]) => [name, plain(value)]));
}
