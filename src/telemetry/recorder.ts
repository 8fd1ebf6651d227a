import { BoundedSeries } from './bounded-series.js';
import type { LineSink } from './format.js';
import type { Metric } from './metrics.js';

/** Buckets that are kept of one metric of one process. */
const MOST_BUCKETS = 4096;
/** Processes of one file that are told apart: a service that restarts all the time has not more in a week. */
const MOST_PROCESSES = 256;
/** So many samples in a row, each so many milliseconds back, are no mere disorder: the clock has been set. */
const SET_BACK = { samples: 3, ms: 60_000 };

/** What one process of a file has shown. */
export interface ProcessSeries {
  /** As the file calls it, and which start of it: `4711`, `4711 (2)`. */
  readonly name: string;
  readonly metrics: ReadonlyMap<Metric, BoundedSeries>;
  readonly samples: number;
  /** Milliseconds; positions where the file has no times. */
  readonly from: number;
  readonly to: number;
  /** Times that lie before the one in front of them: the latest so far stands for them, unless the clock was set back: then a new start begins. */
  readonly clockJumps: number;
  readonly hasTimes: boolean;
}

/** Sees every value as it comes, at full resolution. */
export type Observe = (process: string, metric: Metric, ts: number, value: number) => void;

interface Draft {
  readonly key: string;
  readonly name: string;
  readonly metrics: Map<Metric, BoundedSeries>;
  samples: number;
  from: number;
  to: number;
  clockJumps: number;
  /** Samples in a row that lie far back. */
  behind: number;
  hasTimes: boolean;
  progress: number;
}

/** Puts values of one file into series by process and metric. Memory is bounded: processes, metrics and buckets are. */
export class Recorder implements LineSink {
  readonly #observe: Observe | undefined;
  readonly #current = new Map<string, Draft>();
  readonly #all: Draft[] = [];
  #now: Draft | undefined;
  #ts = 0;
  #left = 0;

  constructor(observe?: Observe) {
    this.#observe = observe;
  }

  begin(process: string, ts: number | undefined, progress?: number): void {
    let draft = this.#draftOf(process, progress);
    if (draft !== undefined && isSetBack(draft, ts)) draft = this.#startOf(process, progress);
    this.#now = draft;
    if (draft === undefined) {
      this.#left++;
      return;
    }
    // The first sample says whether there are times; one among them without a time is at that of the one in front of it.
    if (draft.samples === 0) draft.hasTimes = ts !== undefined;
    const time = draft.hasTimes ? (ts ?? draft.to) : draft.samples;
    if (draft.samples > 0 && time < draft.to) draft.clockJumps++;
    this.#ts = draft.samples === 0 ? time : Math.max(draft.to, time);
    if (draft.samples === 0) draft.from = this.#ts;
    draft.to = this.#ts;
    draft.samples++;
  }

  value(metric: Metric, value: number): void {
    const draft = this.#now;
    if (draft === undefined) return;
    let series = draft.metrics.get(metric);
    if (series === undefined) {
      series = new BoundedSeries(MOST_BUCKETS);
      draft.metrics.set(metric, series);
    }
    series.add(this.#ts, value);
    this.#observe?.(draft.name, metric, this.#ts, value);
  }

  /** In the order in which they began. */
  get processes(): readonly ProcessSeries[] {
    return this.#all;
  }

  /** Samples of processes beyond the number that is told apart. */
  get left(): number {
    return this.#left;
  }

  /** A figure that became smaller is a new start under the same name. */
  #draftOf(key: string, progress: number | undefined): Draft | undefined {
    const known = this.#now?.key === key ? this.#now : this.#current.get(key);
    if (known !== undefined && (progress === undefined || progress >= known.progress)) {
      if (progress !== undefined) known.progress = progress;
      return known;
    }
    return this.#startOf(key, progress);
  }

  #startOf(key: string, progress: number | undefined): Draft | undefined {
    if (this.#all.length === MOST_PROCESSES) return undefined;
    const starts = 1 + this.#all.filter((draft) => draft.key === key).length;
    const draft: Draft = {
      key,
      name: starts === 1 ? key : `${key} (${starts})`,
      metrics: new Map(),
      ...{ samples: 0, from: 0, to: 0, clockJumps: 0, behind: 0, hasTimes: true },
      progress: progress ?? Number.NEGATIVE_INFINITY,
    };
    this.#current.set(key, draft);
    this.#all.push(draft);
    return draft;
  }
}

/** A clock that was set back, or one sample far ahead: all that follows would lie at one time. */
function isSetBack(draft: Draft, ts: number | undefined): boolean {
  const isFar = draft.samples > 0 && draft.hasTimes && ts !== undefined && draft.to - ts > SET_BACK.ms;
  draft.behind = isFar ? draft.behind + 1 : 0;
  return draft.behind >= SET_BACK.samples;
}
