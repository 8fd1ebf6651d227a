import type { AnalyseTask, PackedResult, SeriesNames, SnapshotProgress, TaskResult } from './tasks.js';

/** An analysis for a child process, which asks for the series' names when it has done the rest. */
export interface ChildTask extends Omit<AnalyseTask, 'progress' | 'series'> {
  readonly series: SeriesNames | 'ask';
}

/** What the supervisor sends to a child. */
export type ToChild =
  | { readonly kind: 'task'; readonly task: ChildTask; readonly listens: boolean }
  | { readonly kind: 'names'; readonly names: SeriesNames };

/** What a child sends to the supervisor: of each task some `progress`, `analysed` if it asks, and `result`. */
export type FromChild =
  | ({ readonly kind: 'progress' } & SnapshotProgress)
  | { readonly kind: 'analysed' }
  | { readonly kind: 'result'; readonly result: TaskResult<PackedResult> };
