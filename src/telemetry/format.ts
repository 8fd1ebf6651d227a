import type { Metric } from './metrics.js';

/** Where a line's values go. */
export interface LineSink {
  /**
   * One sample begins. `process` tells processes of one file apart. `ts` in milliseconds, undefined where the line has none.
   * `progress`: a figure that only a new process makes smaller, such as a number of collections.
   */
  begin(process: string, ts: number | undefined, progress?: number): void;
  value(metric: Metric, value: number): void;
}

/** What has become of a line: used, none of this format, or broken. */
export type LineResult = 'used' | 'skipped' | { readonly bad: string };

/** Characters of what a process is called; whatever is longer is a text that has got into its place. */
export const LONGEST_PROCESS = 128;

/** One kind of file. */
export interface TelemetryFormat {
  readonly name: string;
  /** Whether a line shows that the file is one; undefined where it does not. Called for the first lines of a file. */
  recognise(line: string): LineParser | undefined;
}

export interface LineParser {
  /** Whether the line that was recognised has values itself. */
  readonly isHeader: boolean;
  parse(line: string, sink: LineSink): LineResult;
}
