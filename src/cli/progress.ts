import { basename } from 'node:path';
import type { Progress, Stage } from '../base/types.js';
import { terminalText } from '../report/terminal-text.js';

const ERASE_LINE = '\r\x1b[2K';
const REDRAW_MS = 80;
const BAR = 24;

/** What each stage is doing, in the words of the line. */
const STAGES: Readonly<Record<Stage, string>> = {
  read: 'reading',
  graph: 'linking',
  dominators: 'dominators',
  distances: 'distances',
  classes: 'classes',
  done: 'done',
};

/** One line on stderr, redrawn in place. */
export interface ProgressLine {
  readonly update: (progress: Progress) => void;
  /** Leaves an empty line for whatever comes next. May be called again. */
  readonly clear: () => void;
}

interface Sink {
  readonly columns?: number;
  write(text: string): unknown;
}

export const silentProgress: ProgressLine = { update: () => {}, clear: () => {} };

/** @param now milliseconds of a clock that never goes back */
export function createProgressLine(sink: Sink, now: () => number = () => performance.now()): ProgressLine {
  const fractions: number[] = [];
  let drawn = '';
  let drawnAt = Number.NEGATIVE_INFINITY;
  return {
    update(progress) {
      fractions[progress.index] = progress.fraction;
      if (now() - drawnAt < REDRAW_MS) return;
      drawnAt = now();
      // A line that wraps could not be redrawn, so the last column stays free.
      const line = progressText(progress, fractions, (sink.columns || 80) - 1);
      if (line === drawn) return;
      drawn = line;
      sink.write(ERASE_LINE + line);
    },
    clear() {
      if (drawn !== '') sink.write(ERASE_LINE);
      drawn = '';
    },
  };
}

/** `[########----------------]  33 %  3/8 server-3.heapsnapshot.gz  dominators` */
export function progressText(progress: Progress, fractions: readonly number[], width: number): string {
  const done = fractions.reduce((sum, fraction) => sum + (fraction ?? 0), 0);
  const share = Math.min(1, done / Math.max(1, progress.total));
  const filled = Math.floor(share * BAR);
  const bar = `[${'#'.repeat(filled)}${'-'.repeat(BAR - filled)}]`;
  const percent = `${Math.floor(share * 100)} %`.padStart(5);
  const place = progress.total > 1 ? `${progress.index + 1}/${progress.total} ` : '';
  return terminalText(`${bar} ${percent}  ${place}${basename(progress.file)}  ${STAGES[progress.stage]}`, width);
}
