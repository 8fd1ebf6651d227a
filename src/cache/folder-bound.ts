import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { IN_FOLDER } from './place.js';

/** What the caches in a folder may take together: those of some dozen snapshots of 250 MB. */
const MOST_BYTES = 10 * 2 ** 30;

/**
 * Removes caches that were of no use for longest until a folder's are within `most` bytes; the one used last stays, whatever its
 * size. Those of other versions and of snapshots that are gone leave in this way, too. Nothing else in the folder is touched.
 */
export async function keepWithin(folder: string, most = MOST_BYTES): Promise<void> {
  const names = await readdir(folder).catch(() => []);
  const caches = await Promise.all(
    names.filter((name) => IN_FOLDER.test(name)).map((name) => sizeOf(join(folder, name))),
  );
  const newestFirst = caches.filter((cache) => cache !== undefined).sort((a, b) => b.usedMs - a.usedMs);
  let total = 0;
  for (const [at, { path, bytes }] of newestFirst.entries()) {
    total += bytes;
    if (at > 0 && total > most) await rm(path, { force: true }).catch(() => {});
  }
}

async function sizeOf(path: string): Promise<{ path: string; bytes: number; usedMs: number } | undefined> {
  const found = await stat(path).catch(() => undefined);
  return found?.isFile() ? { path, bytes: found.size, usedMs: found.mtimeMs } : undefined;
}
