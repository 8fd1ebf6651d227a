import { createHash } from 'node:crypto';
import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { DAY } from '../scan/sliding-ratios.js';
import { breath } from './breath.js';
import { judgedProcesses } from './heap-columns.js';
import { judgementRows } from './judgement-rows.js';
import type { KeptScan, KeptTelemetry } from './kept-scan.js';
import { ParquetFile } from './parquet.js';
import { partitionOf, refuseLinks, removeElsewhere, removeLeftovers } from './partitions.js';
import { beginOf, keptDays, seriesRows } from './series-rows.js';
import { type Row, TABLES, type TableName } from './tables.js';
import { writeWholeFile } from './whole-file.js';

export interface ArchiveOptions {
  /** What the rows say about when they were written, in milliseconds since 1970; default: now. With it, the same scan gives the same bytes. */
  readonly archivedAt?: number;
  readonly signal?: AbortSignal;
}

/** What has been written. */
export interface ArchiveReceipt {
  readonly files: number;
  readonly rows: number;
  /** Compressed. */
  readonly bytes: number;
  /** What was left out, and why. */
  readonly notes: readonly string[];
}

/**
 * Puts a scan into an archive: Parquet files by table, year, month and day (UTC). A file's name is derived from whose evidence it has, so a scan
 * that is repeated, or has more of the same telemetry, replaces what it has written before; each file is whole or not there. Throws what
 * the system says when one cannot be written, and the signal's reason. Cost: about 5 µs a row; memory: the rows of one process and day.
 */
export async function archiveScan(
  folder: string,
  scan: KeptScan,
  options: ArchiveOptions = {},
): Promise<ArchiveReceipt> {
  removeLeftovers(folder);
  const writing = new Writing(folder, options);
  for (const kept of scan.telemetry) await writeSeries(kept, scan, writing);
  for (const [table, rows] of Object.entries(judgementRows(scan))) {
    // Alerts are of their moment; more telemetry alone makes no other suspects.
    const ts = table === 'alerts' ? scan.ts : scan.judgedTs;
    await writing.write(table as TableName, Math.floor(ts / DAY), [scan.service, scan.host, ts], [rows]);
  }
  return writing.receipt;
}

async function writeSeries(kept: KeptTelemetry, scan: KeptScan, writing: Writing): Promise<void> {
  const { days, notes } = keptDays(kept);
  writing.notes.push(...notes);
  if (days.length === 0) return;
  const identity = [scan.service, scan.host, kept.source, ...beginOf(kept)];
  const judged = await judgedProcesses(kept, scan.report, writing.signal);
  for (const day of days) {
    const groups = groupsOf(judged, ({ process, heap }) => seriesRows(process, kept, day, scan, heap));
    await writing.write('series', day, identity, groups);
  }
  writing.keepOnly('series', days, identity);
}

/** One after the other, as they are asked for: together they may be more than memory holds. */
function* groupsOf<Item>(items: readonly Item[], rowsOf: (item: Item) => readonly Row[]): Generator<readonly Row[]> {
  for (const item of items) yield rowsOf(item);
}

class Writing {
  readonly notes: string[] = [];
  readonly #folder: string;
  readonly #archivedAt: number;
  readonly signal: AbortSignal | undefined;
  #files = 0;
  #rows = 0;
  #bytes = 0;

  constructor(folder: string, { archivedAt, signal }: ArchiveOptions) {
    this.#folder = folder;
    this.#archivedAt = archivedAt ?? Date.now();
    this.signal = signal;
  }

  /** One part: all rows of one table and day that have one identity. Without rows there is none, and an earlier one goes. */
  async write(
    table: TableName,
    day: number,
    identity: readonly unknown[],
    groups: Iterable<readonly Row[]>,
  ): Promise<void> {
    const path = join(this.#folder, table, partitionOf(day), nameOf(table, identity));
    const file = new ParquetFile(TABLES[table], 'small');
    let rows = 0;
    for (const group of groups) {
      await breath(this.signal);
      file.add(group.map((row) => ({ ...row, _archive_ts: this.#archivedAt })));
      rows += group.length;
    }
    if (rows === 0) {
      if (existsSync(path)) rmSync(path);
      return;
    }
    refuseLinks(this.#folder, table, day);
    const bytes = file.finish();
    writeWholeFile(path, [bytes]);
    this.#files++;
    this.#rows += rows;
    this.#bytes += bytes.length;
  }

  /**
   * Removes an identity's parts of other days: what was dated by the time of a file, or has become one sample with the next day's first, is in
   * those that have been written, and must not be there twice.
   */
  keepOnly(table: TableName, days: readonly number[], identity: readonly unknown[]): void {
    removeElsewhere(this.#folder, table, nameOf(table, identity), new Set(days));
  }

  get receipt(): ArchiveReceipt {
    return { files: this.#files, rows: this.#rows, bytes: this.#bytes, notes: this.notes };
  }
}

function nameOf(table: TableName, identity: readonly unknown[]): string {
  const hash = createHash('sha256').update(JSON.stringify([table, ...identity]));
  return `part-${hash.digest('hex').slice(0, 16)}.parquet`;
}
