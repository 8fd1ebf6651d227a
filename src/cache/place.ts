import { createHash } from 'node:crypto';
import { resolve } from 'node:path';
import { temporaryEnd } from '../base/temporary-names.js';
import type { CacheKind } from './format.js';
import type { FileProbe } from './identity.js';

/** Where the user wants caches: `true` for beside each file, or a folder. */
export type CachePlace = true | string;

/** A report is named apart from a graph: neither replaces the other. */
const SUFFIX: Readonly<Record<CacheKind, string>> = {
  graph: '.heapidx',
  report: '.report.heapidx',
  diff: '.diff.heapidx',
};
const NAME_BYTES = 16;

/**
 * Absolute path of the cache of these inputs. Beside a file it has the file's name, for a comparison with the base's digits;
 * in a folder it is named after sampled content alone, so that it says nothing of paths and serves copies, too.
 */
export function cachePath(place: CachePlace, kind: CacheKind, sources: readonly FileProbe[]): string {
  if (place !== true) return resolve(place, nameOf(sources) + SUFFIX[kind]);
  const { file } = sources[sources.length - 1];
  const base = sources.length === 1 ? '' : `.${nameOf(sources.slice(0, -1))}`;
  return resolve(file + base + SUFFIX[kind]);
}

function nameOf(sources: readonly FileProbe[]): string {
  const hash = createHash('sha256');
  for (const { size, samples } of sources) hash.update(`${size}:`).update(samples);
  return hash.digest('hex').slice(0, 2 * NAME_BYTES);
}

/** A name in the same folder that no other process and no other call takes; it says whose it is (see leftovers.ts). */
export function temporaryFor(path: string): string {
  return `${path}.${temporaryEnd()}`;
}

/** What caches in a folder are called. */
export const IN_FOLDER = /^[0-9a-f]{32}(?:\.report|\.diff)?\.heapidx$/;

/** What a temporary name ends in. */
export const TEMPORARY = /\.heapidx\.[0-9a-f]{8}-\d{1,10}-[0-9a-f]{12}\.partial$/;
