import { SnapshotError } from '../base/errors.js';
import type { ClassDiff, OpenOptions } from '../base/types.js';
import { HeapSnapshot } from '../graph/heap-snapshot.js';
import { runAlone } from './alone.js';
import { threadsForFile } from './cores.js';
import type { DiffResult, OpenResult, SnapshotProgress, Task, WithoutPort } from './tasks.js';

/**
 * Reads and analyses one snapshot in a worker thread and hands it over without copying. Rejects with a `SnapshotError`
 * (its `file` set), or with the signal's reason. Memory: about 80 bytes a node and 13 an edge, until it is closed and
 * the last column let go.
 */
export async function openSnapshot(file: string, options: OpenOptions = {}): Promise<HeapSnapshot> {
  return new HeapSnapshot(
    await runTask<OpenResult>({ kind: 'open', file, threads: threadsForFile(file) }, file, options),
  );
}

/**
 * What each class gained and lost between two snapshots of one process (S13, with retained sizes), largest first.
 * Rejects like `openSnapshot`; `file` tells which of the two. Node ids are compared, so two processes give nonsense.
 */
export async function diffSnapshots(base: string, current: string, options: OpenOptions = {}): Promise<ClassDiff[]> {
  return [
    ...(await runTask<DiffResult>({ kind: 'diff', base, current, threads: threadsForFile(current) }, current, options)),
  ];
}

async function runTask<T>(task: WithoutPort<Task>, file: string, { signal, onProgress }: OpenOptions): Promise<T> {
  const report = onProgress && ((progress: SnapshotProgress) => onProgress({ file, index: 0, total: 1, ...progress }));
  const result = await runAlone<T>(task, file, signal, report);
  if (!result.ok) throw SnapshotError.fromData(result.error, result.file);
  return result.value;
}
