import type { AnalysisMode, AnalyzeOptions, Bytes, Estimate, Progress } from '../base/types.js';
import type { AnalysedFile } from './analysed-file.js';
import type { CachedReports } from './cached-reports.js';
import type { SeriesNames } from './tasks.js';

export interface SupervisorOptions {
  /** Children at work at a time. */
  readonly concurrency: number;
  /** Resident bytes of all children and this process together. */
  readonly budget: Bytes;
  /** Milliseconds that one attempt at a snapshot may take; unlimited where absent. */
  readonly timeout?: number;
  readonly top: number;
  readonly mode?: AnalysisMode;
  /** Where temporary files go; the system's folder for them where absent. */
  readonly folder?: string;
  readonly onEstimate?: (estimate: Estimate) => void;
  /** Whether reports say how long each stage took. */
  readonly timings?: boolean;
  readonly suspects?: AnalyzeOptions['suspects'];
  readonly picture?: AnalyzeOptions['picture'];
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: Progress) => void;
  readonly onNote?: (note: string) => void;
  /** Where results are looked for before a child is asked, and kept. */
  readonly reports?: CachedReports;
  /** What a child runs: `child.ts`, or a stand-in for it. */
  readonly childEntry?: URL;
}

/** The files of a share, in order, and by whose interfaces they are classed. */
export interface SupervisedSeries {
  readonly files: readonly AnalysedFile[];
  /** Index of the snapshot that decided; undefined where none was needed or could be read. */
  readonly decidedBy: number | undefined;
  readonly names: Exclude<SeriesNames, string> | undefined;
}
