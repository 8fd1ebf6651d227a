import { stat } from 'node:fs/promises';
import { basename, resolve } from 'node:path';
import { listFiles } from './folder.js';

/** Neither what is in the making nor what a scan has written. */
const READ = /^(?!.*\.(?:partial|lock)$|alert-[0-9a-f-]{36}\.json$)/;

/**
 * Names, sizes and times of the files in a folder: it changes when there is something new to read. `written`: files that a scan writes itself,
 * which would make it start again for ever.
 */
export async function folderState(folder: string, written: readonly string[] = []): Promise<string> {
  const own = new Set(written.map((file) => resolve(file)));
  const files = (await listFiles(folder, READ)).filter((file) => !own.has(resolve(file)));
  const states = await Promise.all(
    files.map(async (file) => {
      const found = await stat(file).catch(() => undefined);
      return [basename(file), found?.size, found?.mtimeMs];
    }),
  );
  return JSON.stringify(states);
}
