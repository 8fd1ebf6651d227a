import { availableParallelism } from 'node:os';
import { expectedBytes } from '../read/file.js';

/** Below this a file is analysed before what takes its time to start has paid: a second thread, optimised kernels. */
const SMALL = 8 << 20;

/** Whether a start is most of what the file takes. What cannot be read is small, too. */
export function isSmall(file: string): boolean {
  return (expectedBytes(file) ?? 0) < SMALL;
}

/** Threads a task may use while `tasks` run at a time. */
export function threadsFor(tasks: number): 1 | 2 {
  return availableParallelism() >= 2 * tasks ? 2 : 1;
}

/** Threads worth using for a file that is analysed by itself. */
export function threadsForFile(file: string): 1 | 2 {
  return threadsFor(1) === 2 && !isSmall(file) ? 2 : 1;
}

/** Threads worth starting for so many files. */
export function defaultConcurrency(files: number): number {
  return Math.max(1, Math.min(files, availableParallelism()));
}
