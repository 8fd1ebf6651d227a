import { randomBytes } from 'node:crypto';
import { closeSync, fsyncSync, mkdirSync, openSync, renameSync, rmSync, statSync, writeSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

/** What a killed process has left: its name says so. */
const PARTIAL = /^\..+\.[0-9a-f]{12}\.partial$/;

/**
 * Writes a file whole or not at all, from pieces that come one after the other: under another name in the same folder, which is made if it is not there, then synced and renamed.
 * What has stood there before stands there until then. Only its owner can read it. Throws what the system says.
 */
export function writeWholeFile(file: string, pieces: Iterable<Uint8Array>): void {
  mkdirSync(dirname(file), { recursive: true });
  const partial = join(dirname(file), `.${basename(file)}.${randomBytes(6).toString('hex')}.partial`);
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

/** Writes a file, whole or not at all, or into a pipe or device that is there. Throws what the system says. */
export function writeFileOrPipe(file: string, pieces: Iterable<Uint8Array>): void {
  const stat = statSync(file, { throwIfNoEntry: false });
  if (stat === undefined || stat.isFile()) {
    writeWholeFile(file, pieces);
    return;
  }
  const descriptor = openSync(file, 'w');
  try {
    for (const bytes of pieces) writeAll(descriptor, bytes);
  } finally {
    closeSync(descriptor);
  }
}

/** Pipes, and disks that are almost full, take a part of what they are given. */
export function writeAll(descriptor: number, bytes: Uint8Array): void {
  for (let at = 0; at < bytes.length; at += writeSync(descriptor, bytes, at));
}

/** Whether a name is that of a file which has not been finished. */
export function isPartial(name: string): boolean {
  return PARTIAL.test(name);
}
