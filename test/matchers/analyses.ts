import type { Analysis, Suspect } from '#src/index.js';
import { analyze } from '#src/index.js';
import { seriesFile } from '../cli/run-cli.js';

/** The demo's snapshots: one leak, which is sure from six snapshots on. */
export function demoAnalysis(count: number, options = {}): Promise<Analysis> {
  return analyze(
    Array.from({ length: count }, (_, at) => seriesFile(at + 1)),
    options,
  );
}

/** The same with other suspects. */
export function withSuspects(analysis: Analysis, change: (suspect: Suspect) => Partial<Suspect>): Analysis {
  return { ...analysis, suspects: analysis.suspects?.map((suspect) => ({ ...suspect, ...change(suspect) })) };
}

/** What a matcher says when it fails. */
export function failureOf(assertion: () => unknown): string {
  try {
    assertion();
  } catch (error) {
    return (error as Error).message;
  }
  throw new Error('found no failure, expected one');
}
