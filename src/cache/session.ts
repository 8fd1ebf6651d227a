import { SnapshotError } from '../base/errors.js';
import { CacheFile } from './cache-file.js';
import { disk } from './disk.js';
import { keepWithin } from './folder-bound.js';
import type { CacheKind } from './format.js';
import { digestOf, type FileProbe, isSameState, probeFile } from './identity.js';
import { type CachePlace, cachePath, temporaryFor } from './place.js';
import type { CacheTarget } from './writer.js';

export interface Found<T> {
  /** What a cache of exactly these inputs says. */
  readonly value: T | undefined;
  /** Where such a cache goes; undefined where an input cannot be read, or could change without a trace. */
  readonly target: CacheTarget | undefined;
}

/** Kinds that answer a question, the cheapest first: a graph holds the report, too. */
const ANSWERED_BY: Readonly<Record<CacheKind, readonly CacheKind[]>> = {
  report: ['report', 'graph'],
  graph: ['graph'],
  diff: ['diff'],
};

/** One call's use of caches. */
export class CacheSession {
  readonly #place: CachePlace;
  readonly #signal: AbortSignal | undefined;
  readonly #temporaries: string[] = [];
  /** Whether caches may have been added. */
  #missed = false;

  constructor(place: CachePlace, signal?: AbortSignal) {
    this.#place = place;
    this.#signal = signal;
  }

  /**
   * Looks for a cache of these inputs and has `load` take from it; undefined from `load` means that it does not answer.
   * `load` closes the cache unless what it returns reads on. Never fails for what a cache holds; rejects with the signal's
   * reason. Cost: 384 KiB read of each input, all of one that is not in the state last seen.
   */
  async find<T>(
    kind: CacheKind,
    files: readonly string[],
    load: (cache: CacheFile) => T | undefined,
  ): Promise<Found<T>> {
    const probes = await Promise.all(files.map(probeFile));
    this.#signal?.throwIfAborted();
    const sources = probes.filter((probe) => probe !== undefined);
    if (sources.length < probes.length) return { value: undefined, target: undefined };
    const target = this.#targetFor(kind, sources);
    for (const answer of ANSWERED_BY[kind]) {
      const cache = CacheFile.open(cachePath(this.#place, answer, sources));
      if (cache === undefined) continue;
      const fits = cache.header.kind === answer && (await isOf(cache, sources, this.#signal));
      if (fits && typeof this.#place === 'string') cache.markUsed();
      const value = fits ? loadFrom(cache, load) : undefined;
      if (value === undefined) cache.close();
      else return { value, target };
    }
    this.#missed = true;
    return { value: undefined, target };
  }

  #targetFor(kind: CacheKind, sources: readonly FileProbe[]): CacheTarget | undefined {
    if (!sources.every(({ watchable }) => watchable)) return undefined;
    const path = cachePath(this.#place, kind, sources);
    const temporary = temporaryFor(path);
    this.#temporaries.push(temporary);
    return { kind, path, temporary, sources };
  }

  /**
   * Removes what threads and processes that were ended have left half-written, and from a folder of caches what there is no
   * room for. For when they are gone.
   */
  async end(): Promise<void> {
    for (const temporary of this.#temporaries) await disk.remove(temporary).catch(() => {});
    if (this.#missed && typeof this.#place === 'string') await keepWithin(this.#place);
  }
}

function loadFrom<T>(cache: CacheFile, load: (cache: CacheFile) => T | undefined): T | undefined {
  try {
    return load(cache);
  } catch (error) {
    if (error instanceof SnapshotError && error.code === 'CACHE_BROKEN') return undefined;
    throw error;
  }
}

/** Whether the cache was made of these very bytes. */
async function isOf(cache: CacheFile, sources: readonly FileProbe[], signal?: AbortSignal): Promise<boolean> {
  const keys = cache.header.sources;
  const alike = ({ size, samples }: FileProbe, at: number) =>
    keys[at].size === size && Buffer.compare(keys[at].samples, samples) === 0;
  if (keys.length !== sources.length || !sources.every(alike)) return false;
  for (const [at, probe] of sources.entries()) {
    const seen = cache.seen(at);
    if (seen !== undefined && isSameState(seen, probe.state)) continue;
    // Copied, touched or changed: only the bytes themselves can tell.
    const digest = await digestOf(probe, signal);
    if (digest === undefined || Buffer.compare(keys[at].digest, digest) !== 0) return false;
    if (probe.settled) cache.remember(at, probe.state);
  }
  return true;
}
