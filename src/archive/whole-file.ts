import { randomBytes } from 'node:crypto';
import { closeSync, fsyncSync, mkdirSync, openSync, renameSync, rmSync, writeSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

/** What a killed process has left: its name says so. */
const PARTIAL = /^\..+\.[0-9a-f]{12}\.partial$/;

/**
 * Writes a file whole or not at all, from pieces that come one after the other: under another name in the same folder, which is made if it is not
 * there, then synced and renamed. What has stood there before stands there until then. Only its owner can read it. Throws what the system says.
 */
export function writeWholeFile(file: string, pieces: Iterable<Uint8Array>): void {
  const partial = partialOf(file);
  try {
    const descriptor = openSync(partial, 'wx', 0o600);
    try {
      for (const bytes of pieces) writeAll(descriptor, bytes);
      fsyncSync(descriptor);
    } finally {
      closeSync(descriptor);
    }
    renameSync(partial, file);
  } catch (error) {
    rmSync(partial, { force: true });
    throw error;
  }
}

/** The same from pieces that take a while to come: what else there is to do is done in between. */
export async function writeWholeFileSlowly(
  file: string,
  pieces: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
): Promise<void> {
  const partial = partialOf(file);
  try {
    const descriptor = openSync(partial, 'wx', 0o600);
    try {
      for await (const bytes of pieces) writeAll(descriptor, bytes);
      fsyncSync(descriptor);
    } finally {
      closeSync(descriptor);
    }
    renameSync(partial, file);
  } catch (error) {
    rmSync(partial, { force: true });
    throw error;
  }
}

function partialOf(file: string): string {
  mkdirSync(dirname(file), { recursive: true });
  return join(dirname(file), `.${basename(file)}.${randomBytes(6).toString('hex')}.partial`);
}

/** Disks that are almost full take a part of what they are given. */
function writeAll(descriptor: number, bytes: Uint8Array): void {
  for (let at = 0; at < bytes.length; at += writeSync(descriptor, bytes, at));
}

/** Whether a name is that of a file which has not been finished. */
export function isPartial(name: string): boolean {
  return PARTIAL.test(name);
}
