import { SnapshotError } from '../base/errors.js';
import type { ClassDiff, OpenOptions } from '../base/types.js';
import { HeapSnapshot } from '../graph/heap-snapshot.js';
import { WorkerPool } from './pool.js';
import type { DiffResult, OpenResult, SnapshotProgress, Task } from './tasks.js';

/**
 * Reads and analyses one snapshot in a worker thread and hands it over without copying. Rejects with a `SnapshotError`
 * (its `file` set), or with the signal's reason. Memory: about 80 bytes a node and 13 an edge, until it is closed and
 * the last column let go.
 */
export async function openSnapshot(file: string, options: OpenOptions = {}): Promise<HeapSnapshot> {
  return new HeapSnapshot(await runAlone<OpenResult>({ kind: 'open', file }, file, options));
}

/**
 * What each class gained and lost between two snapshots of one process (S13, with retained sizes), largest first.
 * Rejects like `openSnapshot`; `file` tells which of the two. Node ids are compared, so two processes give nonsense.
 */
export async function diffSnapshots(base: string, current: string, options: OpenOptions = {}): Promise<ClassDiff[]> {
  return [...(await runAlone<DiffResult>({ kind: 'diff', base, current }, current, options))];
}

type Alone = Omit<Extract<Task, { kind: 'open' }>, 'progress'> | Omit<Extract<Task, { kind: 'diff' }>, 'progress'>;

async function runAlone<T>(task: Alone, file: string, { signal, onProgress }: OpenOptions): Promise<T> {
  signal?.throwIfAborted();
  const pool = new WorkerPool(1, signal);
  const report = onProgress && ((progress: SnapshotProgress) => onProgress({ file, index: 0, total: 1, ...progress }));
  try {
    const result = await pool.run<T>(task, file, report);
    if (!result.ok) throw SnapshotError.fromData(result.error, result.file);
    return result.value;
  } finally {
    await pool.close();
  }
}
