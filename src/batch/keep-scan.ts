import { hostname } from 'node:os';
import { basename, join, resolve } from 'node:path';
import type { ScanAlert } from '../base/scan-types.js';
import { raiseAlerts } from '../scan/alerts.js';
import { DAY } from '../scan/sliding-ratios.js';
import { knownAlerts, writeAlerts } from './alert-files.js';
import type { FolderScan } from './scan-folder.js';

/** What a scan is to leave behind it. */
export interface KeepOptions {
  /** Folder of alerts; default: `alerts` in the scanned folder. */
  readonly alerts?: string;
  /** Folder of an archive; default: none is kept. */
  readonly archive?: string;
  /** Days that the archive keeps; default: all. */
  readonly archiveDays?: number;
  /** What the archive's rows say about when they were written, in milliseconds since 1970; default: now. */
  readonly archivedAt?: number;
  /** Default: the folder's name. */
  readonly service?: string;
  /** Default: this machine's name. */
  readonly host?: string;
  readonly signal?: AbortSignal;
}

export interface Kept {
  readonly alerts: readonly ScanAlert[];
  /** Files that have been written, and what could not be, in words for the user. */
  readonly notes: readonly string[];
  /** Whether something is in no file. */
  readonly isLost: boolean;
}

/** Writes what is sure to files of its own, and all of it to an archive if there is one. What cannot be written is told; only an abort rejects. */
export async function keepScan(folder: string, scan: FolderScan, options: KeepOptions): Promise<Kept> {
  const names = {
    service: options.service ?? basename(resolve(folder)),
    host: options.host ?? hostname(),
    ts: scan.ts,
  };
  const target = options.alerts ?? join(folder, 'alerts');
  const { report } = scan;
  const { alerts, suppressed } = raiseAlerts(report.findings, report.verdict, names, knownAlerts(target));
  const quiet = suppressed > 0 ? [`${suppressed} alerts not repeated within five minutes`] : [];
  const written = await attempt('an alert', () => writeAlerts(target, alerts).map((file) => `alert: ${file}`));
  const archived = await archive({ ...scan, ...names, alerts }, options);
  return {
    alerts,
    notes: [...written.notes, ...quiet, ...archived.notes],
    isLost: written.isLost || archived.isLost,
  };
}

type Attempt = Pick<Kept, 'notes' | 'isLost'>;

async function archive(
  scan: Parameters<typeof import('../archive/write-archive.js').archiveScan>[1],
  { archive: folder, archiveDays, archivedAt, signal }: KeepOptions,
): Promise<Attempt> {
  if (folder === undefined) return { notes: [], isLost: false };
  const attempted = await attempt('the archive', async () => {
    const [{ archiveScan }, { removeBefore }] = await Promise.all([
      import('../archive/write-archive.js'),
      import('../archive/partitions.js'),
    ]);
    const { files, rows, notes } = await archiveScan(folder, scan, { archivedAt, signal });
    const removed = archiveDays === undefined ? 0 : removeBefore(folder, Math.floor(scan.ts / DAY) - archiveDays + 1);
    const old = removed > 0 ? [`archive: ${removed} files older than ${archiveDays} days removed`] : [];
    return [`archive: ${rows.toLocaleString('en-US')} rows in ${files} files of ${folder}`, ...notes, ...old];
  });
  signal?.throwIfAborted();
  return attempted;
}

async function attempt(what: string, write: () => string[] | Promise<string[]>): Promise<Attempt> {
  try {
    return { notes: await write(), isLost: false };
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return { notes: [`${what} could not be written: ${why}`], isLost: true };
  }
}
