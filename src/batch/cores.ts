import { availableParallelism } from 'node:os';
import { expectedBytes } from '../read/file.js';

/** Below this a file is analysed on one thread before a second one would be up. */
const LEAST_FOR_TWO = 8 << 20;

/** Threads a task may use while `tasks` run at a time. */
export function threadsFor(tasks: number): 1 | 2 {
  return availableParallelism() >= 2 * tasks ? 2 : 1;
}

/** Threads worth using for a file that is analysed by itself. */
export function threadsForFile(file: string): 1 | 2 {
  return threadsFor(1) === 2 && (expectedBytes(file) ?? 0) >= LEAST_FOR_TWO ? 2 : 1;
}

/** Threads worth starting for so many files. */
export function defaultConcurrency(files: number): number {
  return Math.max(1, Math.min(files, availableParallelism()));
}
