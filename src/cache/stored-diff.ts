import type { ClassDiff } from '../base/types.js';
import type { CacheFile } from './cache-file.js';
import { type CacheTarget, documentColumn, writeCache } from './writer.js';

const CLASSES = 'classes';

/** Writes what a comparison has found. */
export const storeDiff = (target: CacheTarget, classes: readonly ClassDiff[]): Promise<void> =>
  writeCache(target, [documentColumn(CLASSES, classes)]);

/** Throws `CACHE_BROKEN`. */
export function loadDiff(cache: CacheFile): readonly ClassDiff[] {
  const classes = cache.document<readonly ClassDiff[]>(CLASSES);
  cache.close();
  return classes;
}
