import { ParquetFile } from '../archive/parquet.js';
import type { ArchiveColumn, Row } from '../archive/tables.js';

/** Rows of a group, whose columns are in memory at a time. */
const GROUP = 1 << 16;

/** A file of one table. */
export function parquetOf(columns: readonly ArchiveColumn[], rows: readonly Row[]): Uint8Array {
  const file = new ParquetFile(columns, 'stable');
  for (let at = 0; at < rows.length; at += GROUP) file.add(rows.slice(at, at + GROUP));
  return file.finish();
}
