import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { isLeft } from '../base/temporary-names.js';
import { TEMPORARY } from './place.js';

const DAY_MS = 24 * 60 * 60 * 1000;

/** Removes what killed processes have left in a folder: temporary caches whose process is gone, or that are older than a day. */
export async function removeLeftovers(folder: string, now = Date.now()): Promise<void> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  for (const entry of entries) {
    if (!TEMPORARY.test(entry.name) || !entry.isFile()) continue;
    const path = join(folder, entry.name);
    if (isLeft(entry.name) || (await isOlder(path, now - DAY_MS))) await rm(path, { force: true }).catch(() => {});
  }
}

async function isOlder(path: string, time: number): Promise<boolean> {
  const found = await stat(path).catch(() => undefined);
  return found !== undefined && found.mtimeMs < time;
}
