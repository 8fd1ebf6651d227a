import { closeSync, constants, openSync, realpathSync, statSync, writeSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { removeLeft, writeWholeFileSlowly } from './whole-file.js';

/** Between two tries of a pipe that has no reader, or a slow one. */
const PATIENCE_MS = 20;

/**
 * Writes a file, whole or not at all, without what a killed process has left of it, or into a pipe or device that is there. A link stays one. A pipe is waited for until someone
 * reads it. Rejects with what the system says, and with the signal's reason.
 */
export async function writeFileOrPipe(
  file: string,
  pieces: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  signal?: AbortSignal,
): Promise<void> {
  const stat = statSync(file, { throwIfNoEntry: false });
  if (stat === undefined || stat.isFile()) {
    const target = stat === undefined ? file : realpathSync(file);
    removeLeft(target);
    await writeWholeFileSlowly(target, pieces);
    return;
  }
  const descriptor = await openedNow(file, stat.isFIFO(), signal);
  try {
    for await (const bytes of pieces) await writeAsTaken(descriptor, bytes, signal);
  } finally {
    closeSync(descriptor);
  }
}

/** Never blocked: a pipe without a reader would keep this thread, and a signal with it, for good. */
async function openedNow(file: string, isPipe: boolean, signal: AbortSignal | undefined): Promise<number> {
  for (;;) {
    try {
      return openSync(file, constants.O_WRONLY | (constants.O_NONBLOCK ?? 0));
    } catch (error) {
      if (!isPipe || codeOf(error) !== 'ENXIO') throw error;
    }
    await sleep(PATIENCE_MS, undefined, { signal });
  }
}

async function writeAsTaken(descriptor: number, bytes: Uint8Array, signal: AbortSignal | undefined): Promise<void> {
  for (let at = 0; at < bytes.length; ) {
    try {
      at += writeSync(descriptor, bytes, at);
    } catch (error) {
      if (codeOf(error) !== 'EAGAIN') throw error;
      await sleep(PATIENCE_MS, undefined, { signal });
    }
  }
}

function codeOf(error: unknown): string | undefined {
  return (error as NodeJS.ErrnoException).code;
}
