import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { writeWholeFile } from '../archive/whole-file.js';
import type { ScanAlert } from '../base/scan-types.js';
import type { KnownAlert } from '../scan/alerts.js';

const ALERT = /^alert-[0-9a-f-]{36}\.json$/;
/** Alerts that have been written to a folder; none where there is no folder. Files that are no alerts are passed over. */
export function knownAlerts(folder: string): KnownAlert[] {
  const known: KnownAlert[] = [];
  for (const name of listed(folder)) {
    const alert = parsed(join(folder, name));
    if (alert) known.push(alert);
  }
  return known;
}

/** Writes each alert to a file of its own, whole or not at all, and makes the folder if it is not there. Throws what the system says. */
export function writeAlerts(folder: string, alerts: readonly ScanAlert[]): string[] {
  return alerts.map((alert) => {
    const file = join(folder, `alert-${alert.alert_id}.json`);
    writeWholeFile(file, [Buffer.from(`${JSON.stringify(alert, null, 2)}\n`)]);
    return file;
  });
}

function listed(folder: string): string[] {
  try {
    const entries = readdirSync(folder, { withFileTypes: true });
    return entries
      .filter((entry) => entry.isFile() && ALERT.test(entry.name))
      .map((entry) => entry.name)
      .sort();
  } catch {
    return [];
  }
}

function parsed(file: string): KnownAlert | undefined {
  try {
    const { service, host, signature, ts } = JSON.parse(readFileSync(file, 'utf8'));
    const isAlert = [service, host, signature].every((value) => typeof value === 'string') && typeof ts === 'number';
    return isAlert ? { service, host, signature, ts } : undefined;
  } catch {
    return undefined;
  }
}
