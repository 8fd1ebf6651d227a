import { hostname } from 'node:os';
import { basename, dirname, resolve } from 'node:path';
import type { KeptScan } from '../archive/kept-scan.js';
import type { KeepOptions, ScanAlert } from '../base/scan-types.js';
import { raiseAlerts } from '../scan/alerts.js';
import { DAY } from '../scan/sliding-ratios.js';
import { knownAlerts, writeAlerts } from './alert-files.js';
import type { FolderScan } from './scan-folder.js';

/** Where the collector writes unless it is told otherwise. */
const COLLECTED = 'heapsleuth';

export interface Kept {
  readonly alerts: readonly ScanAlert[];
  /** Files that have been written, and what could not be, in words for the user. */
  readonly notes: readonly string[];
  /** Whether something is in no file. */
  readonly isLost: boolean;
}

/** Whether what is asked for needs the samples themselves. */
export function keepsSeries({ archive, messages }: Pick<KeepOptions, 'archive' | 'messages'>): boolean {
  return archive !== undefined || messages !== undefined;
}

/** Names that everything which is kept of a scan has. */
function namesOf(folder: string, { ts }: FolderScan, { service, host }: KeepOptions) {
  return { service: service ?? serviceOf(resolve(folder)), host: host ?? hostname(), ts };
}

/** The collector's own folder is called the same in every project: that one's name tells them apart. */
function serviceOf(folder: string): string {
  const name = basename(folder);
  return name === COLLECTED ? basename(dirname(folder)) || name : name;
}

/** Writes what is sure to files of its own, and all of it to an archive, as far as that is asked for. What cannot be written is told; only an abort rejects. */
export async function keepScan(
  folder: string,
  scan: FolderScan,
  options: KeepOptions,
  signal?: AbortSignal,
): Promise<Kept> {
  const names = namesOf(folder, scan, options);
  const { findings, verdict } = scan.report;
  const known = options.alerts === undefined ? [] : knownAlerts(options.alerts);
  const { alerts, suppressed } = raiseAlerts(findings, verdict, names, known);
  const written = await attempt('an alert', options.alerts, (target) => alertNotes(target, alerts, suppressed));
  const archived = await attempt('the archive', options.archive, (target) =>
    archive(target, { ...scan, ...names, alerts }, options, signal),
  );
  signal?.throwIfAborted();
  return { alerts, notes: [...written.notes, ...archived.notes], isLost: written.isLost || archived.isLost };
}

/** Writes messages, if they are asked for: the last thing that is done, since whoever reads them may take their time. */
export async function sendMessages(
  folder: string,
  scan: FolderScan,
  alerts: readonly ScanAlert[],
  options: KeepOptions,
  signal?: AbortSignal,
): Promise<Omit<Kept, 'alerts'>> {
  const kept = { ...scan, ...namesOf(folder, scan, options), alerts };
  const sent = await attempt('messages', options.messages, (target) => messages(target, kept, signal));
  signal?.throwIfAborted();
  return sent;
}

function alertNotes(folder: string, alerts: readonly ScanAlert[], suppressed: number): string[] {
  const written = writeAlerts(folder, alerts).map((file) => `alert: ${file}`);
  return suppressed > 0 ? [...written, `${suppressed} alerts not repeated within five minutes`] : written;
}

async function archive(
  folder: string,
  scan: KeptScan,
  { archiveDays, archivedAt }: KeepOptions,
  signal: AbortSignal | undefined,
): Promise<string[]> {
  const [{ archiveScan }, { removeBefore }] = await Promise.all([
    import('../archive/write-archive.js'),
    import('../archive/partitions.js'),
  ]);
  const { files, rows, notes } = await archiveScan(folder, scan, { archivedAt, signal });
  // One file that says it is of the year 9000 is no reason to forget all the others.
  const now = Math.min(scan.ts, archivedAt ?? Date.now());
  const removed = archiveDays === undefined ? 0 : removeBefore(folder, Math.floor(now / DAY) - archiveDays + 1);
  const old = removed > 0 ? [`archive: ${removed} files older than ${archiveDays} days removed`] : [];
  return [`archive: ${rows.toLocaleString('en-US')} rows in ${files} files of ${folder}`, ...notes, ...old];
}

async function messages(file: string, scan: KeptScan, signal: AbortSignal | undefined): Promise<string[]> {
  const { messageNotes, messagesOf, writeMessages } = await import('../archive/messages.js');
  await writeMessages(file, messagesOf(scan, signal), signal);
  return [`messages: ${file}`, ...messageNotes(scan)];
}

async function attempt(
  what: string,
  target: string | undefined,
  write: (target: string) => readonly string[] | Promise<readonly string[]>,
): Promise<Pick<Kept, 'notes' | 'isLost'>> {
  if (target === undefined) return { notes: [], isLost: false };
  try {
    return { notes: await write(target), isLost: false };
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return { notes: [`${what} could not be written: ${why}`], isLost: true };
  }
}
