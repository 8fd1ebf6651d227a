import { SnapshotError } from '../base/errors.js';
import type { OpenOptions } from '../base/types.js';
import { runAlone } from './alone.js';
import type { SnapshotProgress, Task, WithoutPort } from './tasks.js';

/** Runs one task in a thread of its own. Rejects with a `SnapshotError` that names the file, or with the signal's reason. */
export async function runTask<T>(
  task: WithoutPort<Task>,
  file: string,
  { signal, onProgress, onNote }: OpenOptions,
): Promise<T> {
  const report = onProgress && ((progress: SnapshotProgress) => onProgress({ file, index: 0, total: 1, ...progress }));
  const result = await runAlone<T>(task, file, signal, report);
  if (!result.ok) throw SnapshotError.fromData(result.error, result.file);
  if (result.note !== undefined) onNote?.(result.note);
  return result.value;
}
