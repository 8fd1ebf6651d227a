import { stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { listFiles } from './folder.js';

/** Names, sizes and times of the files in a folder, those in the making left out: it changes when there is something new to read. */
export async function folderState(folder: string): Promise<string> {
  const files = await listFiles(folder, /^(?!.*\.(?:partial|lock)$)/);
  const states = await Promise.all(
    files.map(async (file) => {
      const found = await stat(file).catch(() => undefined);
      return [basename(file), found?.size, found?.mtimeMs];
    }),
  );
  return JSON.stringify(states);
}
