import type { OpenOptions } from '../base/types.js';
import type { CacheSession } from '../cache/session.js';

/** Runs `work` with the cache that the options ask for; without one nothing of it is loaded. */
export async function withCache<T>(
  { cache, signal }: OpenOptions,
  work: (session: CacheSession | undefined) => Promise<T>,
): Promise<T> {
  signal?.throwIfAborted();
  if (!cache) return work(undefined);
  const { CacheSession } = await import('../cache/session.js');
  const session = new CacheSession(cache, signal);
  try {
    return await work(session);
  } finally {
    await session.end();
  }
}
