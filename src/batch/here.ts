import { setImmediate } from 'node:timers/promises';
import type { SnapshotProgress, Task, TaskResult, WithoutPort } from './tasks.js';

/**
 * Runs one task on the calling thread. Lets the event loop go round at every step of the reading, where an abort ends it; the
 * passes after that are over in moments, and the abort is met behind them.
 */
export async function runHere<T>(
  task: WithoutPort<Task>,
  signal?: AbortSignal,
  onProgress?: (progress: SnapshotProgress) => void,
): Promise<TaskResult<T>> {
  const { default: run } = await import('./worker.js');
  const progress = {
    async postMessage(step: SnapshotProgress): Promise<void> {
      onProgress?.(step);
      if (step.stage !== 'read') return;
      await setImmediate();
      signal?.throwIfAborted();
    },
  };
  const result = await run({ ...task, progress });
  signal?.throwIfAborted();
  return result as TaskResult<T>;
}
