import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';

const folders: string[] = [];

// Once for the file that imports this: a hook that a test adds is never called.
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

/** A folder that is removed when its test file is done, whether the file asks for it or one of its tests. */
export function scratchFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'heapsleuth-test-'));
  folders.push(folder);
  return folder;
}

/** Writes the file and returns its path. */
export function writeIn(folder: string, name: string, content: Uint8Array | string): string {
  const file = join(folder, name);
  writeFileSync(file, content);
  return file;
}
