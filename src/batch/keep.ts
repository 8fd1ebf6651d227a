import type { CacheTarget } from '../cache/writer.js';
import type { Kept } from './tasks.js';

/** A cache is a convenience: that it cannot be written is worth a note, but the result is there. */
export async function keep<T>(
  value: T,
  target: CacheTarget | undefined,
  store: (target: CacheTarget) => Promise<void>,
): Promise<Kept<T>> {
  try {
    if (target !== undefined) await store(target);
    return { value };
  } catch (error) {
    const { name, message } = error as Error;
    return { value, note: name === 'CacheNotWritten' ? message : `cannot write a cache: ${message}` };
  }
}
