import type { KeepOptions, ScanOptions, ScanReport } from '../base/scan-types.js';
import { keepScan, keepsSeries, sendMessages } from './keep-scan.js';
import { scanFolder } from './scan-folder.js';

/**
 * The five-layer scan of a folder that holds telemetry, logs of collections, heap profiles and snapshots in any mix: what each is its content
 * says. A file that cannot be read is an input with its error, never a rejection; only an abort rejects, a folder that cannot be listed, and a
 * baseline that is none. Writes alerts, an archive and messages where it is told to; `onNote` hears what it has written, and what it could
 * not. Cost: one pass over each file of telemetry, in bounded memory, and what `analyze` takes for the snapshots.
 */
export async function scan(folder: string, options: ScanOptions & KeepOptions = {}): Promise<ScanReport> {
  const { alerts, archive, archiveDays, archivedAt, messages, service, host, ...settings } = options;
  const scanned = await scanFolder(folder, settings, { keepsSeries: keepsSeries({ archive, messages }) });
  const keep = { alerts, archive, archiveDays, archivedAt, messages, service, host };
  const kept = await keepScan(folder, scanned, keep, options.signal);
  const sent = await sendMessages(folder, scanned, kept.alerts, keep, options.signal);
  for (const note of new Set([...kept.notes, ...sent.notes])) options.onNote?.(note);
  return scanned.report;
}
