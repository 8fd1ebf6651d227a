import { availableParallelism } from 'node:os';

/** Threads a task may use while `tasks` run at a time. */
export function threadsFor(tasks: number): 1 | 2 {
  return availableParallelism() >= 2 * tasks ? 2 : 1;
}

/** Threads worth starting for so many files. */
export function defaultConcurrency(files: number): number {
  return Math.max(1, Math.min(files, availableParallelism()));
}
