import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { KeepOptions } from '#src/base/scan-types.js';
import { keepScan, sendMessages } from '#src/batch/keep-scan.js';
import { type FolderScan, scanFolder } from '#src/batch/scan-folder.js';

export const START = 1_795_410_000_000;
export const DAY = 86_400_000;

/** A heap that grows, a sample every ten minutes for so many days. */
export function telemetryLines(days: number, from = START): string[] {
  return Array.from({ length: days * 144 }, (_, at) => {
    const heapUsed = 2e7 + at * 5e4 + (at % 6) * 1.5e6;
    return JSON.stringify({ ts: from + at * 600_000, pid: 7, heapUsed, heapTotal: 9e8, rss: 1e9 });
  });
}

/** A folder with files of these texts, and the last so many snapshots of the demo series. */
export function evidenceFolder(
  parent: string,
  name: string,
  files: Readonly<Record<string, string>>,
  snapshots = 0,
): string {
  const folder = join(parent, name);
  mkdirSync(folder);
  for (const [file, text] of Object.entries(files)) writeFileSync(join(folder, file), text);
  for (let step = 9 - snapshots; step <= 8; step++) {
    const file = `server-${step}.heapsnapshot.gz`;
    copyFileSync(fileURLToPath(new URL(`../../snapshots/${file}`, import.meta.url)), join(folder, file));
  }
  return folder;
}

export const scanned = (folder: string): Promise<FolderScan> => scanFolder(folder, {}, { keepsSeries: true });

/** All that is asked for, as the command does it. */
export async function keepAll(folder: string, scan: FolderScan, options: KeepOptions) {
  const kept = await keepScan(folder, scan, options);
  const sent = await sendMessages(folder, scan, kept.alerts, options);
  return { ...kept, notes: [...kept.notes, ...sent.notes], isLost: kept.isLost || sent.isLost };
}
