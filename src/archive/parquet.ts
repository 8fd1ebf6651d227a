import { gzipSync } from 'node:zlib';
import { ByteWriter, type ColumnSource, ParquetWriter, type SchemaElement } from 'hyparquet-writer';
import type { ArchiveColumn, ArchiveValue, ColumnType, Row } from './tables.js';

type Physical = Omit<SchemaElement, 'name' | 'repetition_type'>;

const TEXT: Physical = { type: 'BYTE_ARRAY', converted_type: 'UTF8', logical_type: { type: 'STRING' } };
const PHYSICAL: Readonly<Record<ColumnType, Physical>> = {
  timestamp: {
    type: 'INT64',
    converted_type: 'TIMESTAMP_MICROS',
    logical_type: { type: 'TIMESTAMP', isAdjustedToUTC: true, unit: 'MICROS' },
  },
  double: { type: 'DOUBLE' },
  count: { type: 'INT64' },
  small: { type: 'INT32' },
  flag: { type: 'BOOLEAN' },
  text: TEXT,
  // Written as text: a column that says it is JSON is encoded once more by some, and not read by others.
  json: TEXT,
};

/** Neighbouring values of a series are alike: their differences, and their bytes one place after the other, are what compresses. */
const ENCODINGS: Partial<Record<ColumnType, ColumnSource['encoding']>> = {
  timestamp: 'DELTA_BINARY_PACKED',
  count: 'DELTA_BINARY_PACKED',
  double: 'BYTE_STREAM_SPLIT',
};

/** Least and largest values are kept of what series are picked by; of other columns they would take as much as their few rows. */
const PICKED_BY: ReadonlySet<string> = new Set(['process', 'metric', 'value']);

/** Every reader of Parquet has both. Gzip is smaller, by what Node has; Snappy is the writer's own, and has the same bytes on every Node. */
const COMPRESSIONS = {
  small: { codec: 'GZIP', compressors: { GZIP: (bytes: Uint8Array) => gzipSync(bytes, { level: 9 }) } },
  stable: { codec: 'SNAPPY' },
} as const;

/**
 * A file of one table, in the making: rows come in groups, each of them encoded at once. Memory: one group, and the compressed bytes of
 * those before it.
 */
export class ParquetFile {
  readonly #columns: readonly ArchiveColumn[];
  readonly #bytes = new ByteWriter();
  readonly #writer: ParquetWriter;

  constructor(all: readonly ArchiveColumn[], compression: keyof typeof COMPRESSIONS) {
    this.#columns = all;
    const columns = this.#columns.map(({ name, type, nullable }) => ({
      ...{ name, ...PHYSICAL[type] },
      repetition_type: nullable ? ('OPTIONAL' as const) : ('REQUIRED' as const),
    }));
    this.#writer = new ParquetWriter({
      writer: this.#bytes,
      schema: [{ name: 'root', num_children: columns.length }, ...columns],
      createdBy: 'heapsleuth',
      ...COMPRESSIONS[compression],
    });
  }

  add(rows: readonly Row[]): void {
    if (rows.length === 0) return;
    const columnData = this.#columns.map((column): ColumnSource => {
      const data = rows.map((row) => stored(row[column.name], column));
      return {
        ...{ name: column.name, data, encoding: ENCODINGS[column.type] },
        ...(isSmall(data) && { codec: 'UNCOMPRESSED' }),
        offsetIndex: false,
        statistics: PICKED_BY.has(column.name),
      };
    });
    this.#writer.write({ columnData, rowGroupSize: rows.length });
  }

  finish(): Uint8Array {
    this.#writer.finish();
    return this.#bytes.getBytes();
  }
}

/** Bytes below which a compressed column is larger than it was. */
const SMALL = 256;

function isSmall(values: readonly unknown[]): boolean {
  if (values.length > SMALL / 8) return false;
  return values.reduce<number>((sum, value) => sum + (typeof value === 'string' ? value.length : 8), 0) < SMALL;
}

const MICROSECONDS = 1000;

function stored(value: ArchiveValue | undefined, { name, type, nullable }: ArchiveColumn): unknown {
  if (value === null || value === undefined) {
    if (!nullable) throw new TypeError(`found no value of ${name}, expected one`);
    return null;
  }
  if (type === 'timestamp') return BigInt(Math.round(Number(value) * MICROSECONDS));
  if (type === 'count') return BigInt(Math.round(Number(value)));
  return value;
}
