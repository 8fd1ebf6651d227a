import { SnapshotError, type SnapshotErrorData } from '../base/errors.js';
import type { ClassDiff } from '../base/types.js';
import { diffObjects } from '../batch/open.js';
import type { ObjectDiff } from '../diff/changed-objects.js';
import { type DiffTotals, diffReport } from '../report/diff.js';
import { LatestFirst } from './latest-first.js';

/** Two snapshots compared: classes in the order of reports, with the objects of each. */
export interface Comparison {
  readonly totals: DiffTotals;
  readonly classes: readonly ClassDiff[];
  readonly objects: ObjectDiff;
  /** Where a class stands in `objects`. */
  readonly placeOf: ReadonlyMap<string, number>;
}

export type ComparisonState =
  | { readonly state: 'working'; readonly fraction: number }
  | { readonly state: 'ready'; readonly comparison: Comparison }
  | { readonly state: 'failed'; readonly error: SnapshotErrorData };

/** Comparisons that are kept. */
const KEPT = 3;

/** Comparisons of the server's snapshots, made when they are first asked for, one at a time, the one asked for last first. */
export class Comparisons {
  readonly #files: readonly string[];
  readonly #signal: AbortSignal;
  readonly #states = new Map<string, ComparisonState>();
  readonly #waiting = new LatestFirst<string>();
  #working: Promise<void> = Promise.resolve();

  constructor(files: readonly string[], signal: AbortSignal) {
    this.#files = files;
    this.#signal = signal;
  }

  ask(base: number, current: number): ComparisonState {
    const key = `${base} ${current}`;
    const known = this.#states.get(key);
    this.#states.delete(key);
    this.#states.set(key, known ?? { state: 'working', fraction: 0 });
    if (known === undefined || this.#waiting.has(key)) {
      const forgotten = this.#waiting.add(key);
      if (forgotten !== undefined) this.#states.delete(forgotten);
    }
    if (known === undefined) this.#working = this.#working.then(() => this.#compareLatest());
    return this.#states.get(key) as ComparisonState;
  }

  /** Resolves when nothing is being compared. */
  idle(): Promise<void> {
    return this.#working;
  }

  async #compareLatest(): Promise<void> {
    const key = this.#waiting.take();
    if (key === undefined || this.#signal.aborted) return;
    const [base, current] = key.split(' ').map(Number);
    try {
      const onProgress = ({ fraction }: { readonly fraction: number }) =>
        void this.#states.set(key, { state: 'working', fraction });
      const files = [this.#files[base], this.#files[current]] as const;
      const objects = await diffObjects(...files, { signal: this.#signal, onProgress });
      const { totals, classes } = diffReport(...files, [...objects.diffs], objects.diffs.length);
      const placeOf = new Map(objects.diffs.map((diff, place) => [diff.key, place]));
      this.#states.set(key, { state: 'ready', comparison: { totals, classes, objects, placeOf } });
    } catch (thrown) {
      if (this.#signal.aborted) return;
      this.#states.set(key, { state: 'failed', error: SnapshotError.from(thrown).toData() });
    }
    const done = [...this.#states.keys()].filter((other) => this.#states.get(other)?.state !== 'working');
    for (const other of done.slice(0, -KEPT)) this.#states.delete(other);
  }
}
