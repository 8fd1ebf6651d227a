import { SnapshotError, type SnapshotErrorCode } from '../base/errors.js';
import type { Bytes } from '../base/types.js';
import type { Death } from './child-process.js';

/** What V8 and the C library say before a process ends for lack of memory. */
const OUT_OF_MEMORY = /out of memory|allocation failed|cannot allocate|bad_alloc|ENOMEM/i;
/** Failures that a second try with less memory may get round. */
const FOR_LACK_OF_MEMORY: readonly SnapshotErrorCode[] = ['OUT_OF_MEMORY', 'TOO_LARGE'];

export function isLackOfMemory(code: SnapshotErrorCode): boolean {
  return FOR_LACK_OF_MEMORY.includes(code);
}

/** The texts name limits and causes, never a measurement: the same input gives the same bytes. */
export function outgrown(budget: Bytes): SnapshotError {
  return new SnapshotError(
    'OUT_OF_MEMORY',
    `found a snapshot that needs more than it was estimated to, expected one that stays within ${mebibytes(budget)}, the memory the batch may use`,
  );
}

export function overdue(timeout: number): SnapshotError {
  return new SnapshotError('TIMEOUT', `found no result after ${timeout / 1000} s, expected one by then`);
}

export function died({ exitCode, signal, lastWords }: Death): SnapshotError {
  const end = signal ?? (exitCode === null ? 'could not be started' : `exit code ${exitCode}`);
  if (OUT_OF_MEMORY.test(lastWords)) {
    return new SnapshotError('OUT_OF_MEMORY', `found a process that ran out of memory (${end}), expected a result`);
  }
  if (signal === 'SIGKILL') {
    return new SnapshotError(
      'OUT_OF_MEMORY',
      'found a process that was killed (SIGKILL), as systems do when memory runs out, expected a result',
    );
  }
  return new SnapshotError('CRASHED', `found a process that died (${end}), expected a result`);
}

function mebibytes(bytes: Bytes): string {
  return `${Math.round(bytes / 2 ** 20).toLocaleString('en-US')} MiB`;
}
