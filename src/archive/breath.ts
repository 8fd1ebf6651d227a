import { setImmediate } from 'node:timers/promises';

/** Between two pieces of work, each of well below a second: signals are heard here only. Rejects with the reason of an abort. */
export async function breath(signal: AbortSignal | undefined): Promise<void> {
  await setImmediate();
  signal?.throwIfAborted();
}
