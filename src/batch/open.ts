import type { ClassDiff, OpenOptions, WhatIfOptions, WhatIfReport } from '../base/types.js';
import type { ObjectDiff } from '../diff/changed-objects.js';
import { HeapSnapshot } from '../graph/heap-snapshot.js';
import { memoryOf, type OpenedFile } from '../graph/snapshot-memory.js';
import { parseCut } from '../whatif/cut.js';
import { withCache } from './caching.js';
import { threadsForFile } from './cores.js';
import { runTask } from './run-task.js';
import type { OpenResult } from './tasks.js';

/**
 * Reads and analyses one snapshot in a worker thread and hands it over without copying. Rejects with a `SnapshotError`
 * (its `file` set), or with the signal's reason. Memory: about 80 bytes a node and 13 an edge, until it is closed and
 * the last column let go.
 */
export async function openSnapshot(file: string, options: OpenOptions = {}): Promise<HeapSnapshot> {
  const { layout, memory } = await openFile(file, options);
  return new HeapSnapshot(file, layout, memory);
}

/** The same for callers that look at columns. */
export function openFile(file: string, options: OpenOptions): Promise<OpenedFile> {
  return withCache(options, async (session) => {
    const openGraph = session && (await import('../cache/stored-graph.js')).openGraph;
    const cached = await session?.find('graph', [file], (cache) => openGraph?.(cache));
    if (cached?.value) return finish(cached.value, file, options);
    const task = { kind: 'open', file, threads: threadsForFile(file), cache: cached?.target } as const;
    const layout = await runTask<OpenResult>(task, file, options);
    return { layout, memory: memoryOf(layout) };
  });
}

/**
 * What each class gained and lost between two snapshots of one process (S13, with retained sizes), largest first.
 * Rejects like `openSnapshot`; `file` tells which of the two. Node ids are compared, so two processes give nonsense.
 */
export async function diffSnapshots(base: string, current: string, options: OpenOptions = {}): Promise<ClassDiff[]> {
  return withCache(options, async (session) => {
    const loadDiff = session && (await import('../cache/stored-diff.js')).loadDiff;
    const cached = await session?.find('diff', [base, current], (cache) => loadDiff?.(cache));
    if (cached?.value) return [...finish(cached.value, current, options)];
    const task = { kind: 'diff', base, current, threads: threadsForFile(current), cache: cached?.target } as const;
    return [...(await runTask<readonly ClassDiff[]>(task, current, options))];
  });
}

/** The same with the objects themselves, which no cache keeps. */
export function diffObjects(base: string, current: string, options: OpenOptions): Promise<ObjectDiff> {
  const task = { kind: 'diff', base, current, threads: threadsForFile(current), withObjects: true } as const;
  return runTask<ObjectDiff>(task, current, options);
}

/** Classes that a report lists. */
const LISTED = 50;

/**
 * What would be freed without some nodes and edges: everything is looked for again from the root without them, so what several hold
 * together counts, and what anything else holds does not. One node that is cut frees its retained size.
 *
 * `cuts`: `@123` a node by its id, `class:Name` all objects of a class, `@123.name`, `@123[5]` and `@123["odd name"]` a node's edges by
 * their name, `class:Name.prop` that edge of every object of a class, `global.a.b["c"]` the last edge of a path from the global object.
 * Names may be JSON strings. Rejects like `openSnapshot`, and with the code `CUT` for other expressions and for those that match nothing.
 */
export async function whatIf(
  file: string,
  cuts: readonly string[],
  { top = LISTED, ...options }: WhatIfOptions = {},
): Promise<WhatIfReport> {
  // Before a large file is read.
  for (const cut of cuts) parseCut(cut);
  return runTask<WhatIfReport>({ kind: 'whatif', file, cuts, top, threads: threadsForFile(file) }, file, options);
}

/** What took no time has its end to report, too. */
function finish<T>(value: T, file: string, { onProgress }: OpenOptions): T {
  onProgress?.({ file, index: 0, total: 1, stage: 'done', fraction: 1 });
  return value;
}
