import { type Stopwatch, timedAsync } from '../base/stopwatch.js';
import type { Input } from './input.js';
import { LIST_SECTIONS } from './snapshot-columns.js';

const OWN_STAGES: ReadonlySet<string> = new Set([
  'snapshot',
  'nodes',
  'edges',
  'strings',
  'trace_tree',
  ...LIST_SECTIONS,
]);

/** What a section's reading is called. Not after sections that nobody knows: their names may be anything. */
export function stageOf(section: string): string {
  return OWN_STAGES.has(section) ? `read ${section}` : 'read other sections';
}

/** Reads a part of the file, noting how long it takes and how many bytes of text that were. */
export function readingOf<T>(
  stopwatch: Stopwatch | undefined,
  stage: string,
  input: Input,
  read: () => Promise<T>,
): Promise<T> {
  const start = input.offset;
  return timedAsync(stopwatch, stage, 'text', read, () => input.offset - start);
}
