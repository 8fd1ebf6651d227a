import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { SnapshotError } from '../base/errors.js';
import { compareText } from '../base/text-order.js';

/** Names of snapshots. */
export const SNAPSHOT = /\.(?:heapsnapshot|heaptimeline)(?:\.gz|\.zst)?$/i;
/** Names of what `node --heap-prof` writes. */
export const PROFILE = /\.heapprofile(?:\.gz|\.zst)?$/i;

/**
 * The snapshots directly in a folder, in natural order of their names: `a-2` before `a-10`. Regular files only; links,
 * pipes and devices are passed over. Throws `UNREADABLE` when the folder cannot be listed.
 */
export function listSnapshots(folder: string): Promise<string[]> {
  return listFiles(folder, SNAPSHOT);
}

/** The same for files with other names. */
export async function listFiles(folder: string, names: RegExp): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch((error: NodeJS.ErrnoException) => {
    throw new SnapshotError('UNREADABLE', `found no folder that can be listed (${error.code}), expected one`);
  });
  return entries
    .filter((entry) => entry.isFile() && names.test(entry.name))
    .map((entry) => entry.name)
    .sort(compareNaturally)
    .map((name) => join(folder, name));
}

/** Runs of digits compare as numbers, the rest by code units; independent of the locale. */
export function compareNaturally(a: string, b: string): number {
  const [left, right] = [a.match(/\d+|\D+/g) ?? [], b.match(/\d+|\D+/g) ?? []];
  for (let i = 0; i < Math.min(left.length, right.length); i++) {
    const order = compareParts(left[i], right[i]);
    if (order !== 0) return order;
  }
  return left.length - right.length || compareText(a, b);
}

function compareParts(a: string, b: string): number {
  if (/^\d/.test(a) && /^\d/.test(b)) {
    const [x, y] = [a.replace(/^0+(?=\d)/, ''), b.replace(/^0+(?=\d)/, '')];
    return x.length - y.length || compareText(x, y);
  }
  return compareText(a, b);
}
