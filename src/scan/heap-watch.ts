import type { HeapTrend, RuleResult } from '../base/scan-types.js';
import { BoundedSeries } from '../telemetry/bounded-series.js';
import type { Metric } from '../telemetry/metrics.js';
import { AboveP99, Baseline, FrozenThreshold } from './baseline.js';
import { RollingThreshold, type RollingWindow } from './rolling-threshold.js';
import { RiseAMinute, type ThresholdRule, TwoLimits } from './rules.js';
import { Valleys } from './valleys.js';

/** How large the baseline's window is and how far above it a threshold lies; the seed's values unless said otherwise. */
export interface RuleOptions {
  /** Multiples of σ: 0.5, 1.5 or 3 in the seed. */
  readonly alpha?: number;
  readonly window?: RollingWindow;
  /** A heap's values in a run that later ones are compared with; default: those of the process itself, behind its warm-up. */
  readonly baseline?: readonly number[];
}

/** Where the points of a trend come from, the best first. */
export type Basis = HeapTrend['basis'];

export interface Point {
  readonly ts: number;
  readonly value: number;
}

/** Fewer points than that are no series. */
const FEWEST_POINTS = 5;
/** Enough for any test, few enough for those that compare all pairs. */
const MOST_POINTS = 240;

/** What a heap's own figure is called. */
export const HEAPS: readonly Metric[] = ['v8.heap_used', 'go.heap_alloc'];
/** What says how much is left behind a full collection. */
const LIVE: ReadonlySet<Metric> = new Set<Metric>(['v8.live', 'go.live']);
const WATCHED: ReadonlySet<Metric> = new Set<Metric>([
  ...[...HEAPS, ...LIVE],
  ...(['v8.major_gcs', 'go.num_gc', 'go.heap_objects'] as const),
]);
const MEGABYTES = 1 << 20;
const OBJECTS_A_MINUTE = 200_000;

/** What collections have left, and the rules that look at that: a rise in between is what allocation is, not a leak. */
class PointTrack {
  readonly basis: Basis;
  readonly #series = new BoundedSeries(MOST_POINTS);
  readonly #rules: readonly ThresholdRule[] = [
    new RiseAMinute('5 MB a second in 3 periods', 60 * 5 * MEGABYTES, 3),
    new RiseAMinute('100 MB a minute', 100 * MEGABYTES, 1),
  ];

  constructor(basis: Basis) {
    this.basis = basis;
  }

  add(ts: number, value: number): void {
    this.#series.add(ts, value);
    for (const rule of this.#rules) rule.add(ts, value, undefined);
  }

  get isEmpty(): boolean {
    return this.#series.count === 0;
  }

  get isSeries(): boolean {
    return this.#series.count >= FEWEST_POINTS;
  }

  get points(): readonly Point[] {
    return leastOf(this.#series);
  }

  get rules(): RuleResult[] {
    return this.#rules.map(({ result }) => result);
  }
}

/** What a heap's trend is made of. */
export interface HeapPoints {
  readonly basis: Basis;
  /** The least of neighbouring points where there are many. */
  readonly points: readonly Point[];
  readonly rules: readonly RuleResult[];
}

/** Follows the heap of one process at full resolution while its telemetry is read. */
class Heap {
  readonly #live = new PointTrack('full collections');
  readonly #epochs = new PointTrack('collections');
  readonly #lows = new PointTrack('low points');
  readonly #valleys = new Valleys((ts, value) => this.#lows.add(ts, value));
  readonly #rules: readonly ThresholdRule[];
  readonly #baseline: Baseline;
  /** Of what comes behind the baseline. */
  readonly #comparing: readonly ThresholdRule[];
  /** What collections leave, counted in objects. */
  #objectRule: ThresholdRule | undefined;
  #objects: number | undefined;
  #leastObjects = Number.POSITIVE_INFINITY;
  #collections = Number.NaN;
  #majors: number | undefined;
  #majorsBefore: number | undefined;
  #epoch: { ts: number; least: number } | undefined;

  constructor({ alpha, window, baseline }: RuleOptions) {
    this.#rules = [new RollingThreshold(alpha, window), new TwoLimits(1), new TwoLimits(2)];
    this.#baseline = baseline === undefined ? new Baseline() : Baseline.of(baseline);
    this.#comparing = [new FrozenThreshold(this.#baseline, alpha), new AboveP99(this.#baseline)];
  }

  add(metric: Metric, ts: number, value: number): void {
    if (metric === 'go.num_gc') this.#collect(value);
    else if (metric === 'go.heap_objects') this.#count(value);
    else if (metric === 'v8.major_gcs') this.#majors = value;
    else if (LIVE.has(metric)) this.#addLive(ts, value);
    else {
      this.#valleys.add(ts, value);
      if (this.#epoch === undefined || value < this.#epoch.least) this.#epoch = { ts, least: value };
      for (const rule of this.#rules) rule.add(ts, value, this.#objects);
      if (this.#baseline.take(value)) return;
      for (const rule of this.#comparing) rule.add(ts, value, undefined);
    }
  }

  #count(objects: number): void {
    this.#objectRule ??= new RiseAMinute('200,000 objects a minute', OBJECTS_A_MINUTE, 1);
    this.#objects = objects;
    this.#leastObjects = Math.min(this.#leastObjects, objects);
  }

  /** Samples repeat what the last full collection left, where they count those: then each counts once. */
  #addLive(ts: number, value: number): void {
    if (this.#majors !== undefined && this.#majors === this.#majorsBefore) return;
    this.#majorsBefore = this.#majors;
    this.#live.add(ts, value);
  }

  /** Values between two collections: the least of them is what the first one left. */
  #collect(collections: number): void {
    if (!Number.isNaN(this.#collections) && collections !== this.#collections && this.#epoch) {
      this.#epochs.add(this.#epoch.ts, this.#epoch.least);
      if (Number.isFinite(this.#leastObjects)) this.#objectRule?.add(this.#epoch.ts, this.#leastObjects, undefined);
      this.#epoch = undefined;
      this.#leastObjects = Number.POSITIVE_INFINITY;
    }
    this.#collections = collections;
  }

  /**
   * By the best of what there is; samples are the last resort, and rises between them mean nothing. Where full collections are counted they
   * alone are points, however few: what small ones leave in between has all that has got old and died, and rises until a full one.
   */
  points(samples: BoundedSeries | undefined): HeapPoints {
    const objects = this.#objectRule ? [this.#objectRule] : [];
    const rules = [...this.#rules, ...this.#comparing, ...objects].map(({ result }) => result);
    // Whoever counts them may not say what they leave.
    const isCounted = this.#majors === 0 || (this.#majors !== undefined && !this.#live.isEmpty);
    const track = isCounted ? this.#live : [this.#live, this.#epochs, this.#lows].find(({ isSeries }) => isSeries);
    if (track) return { basis: track.basis, points: track.points, rules: [...rules, ...track.rules] };
    return { basis: 'samples', points: samples === undefined ? [] : thinned(leastOf(samples)), rules };
  }
}

/** The heaps of one file, by process; `observe` goes to its reader. */
export class HeapWatch {
  readonly #options: RuleOptions;
  readonly #heaps = new Map<string, Heap>();

  constructor(options: RuleOptions = {}) {
    this.#options = options;
  }

  readonly observe = (process: string, metric: Metric, ts: number, value: number): void => {
    if (!WATCHED.has(metric)) return;
    let heap = this.#heaps.get(process);
    if (heap === undefined) {
      heap = new Heap(this.#options);
      this.#heaps.set(process, heap);
    }
    heap.add(metric, ts, value);
  };

  of(process: string): Heap | undefined {
    return this.#heaps.get(process);
  }
}

function leastOf(series: BoundedSeries): Point[] {
  return series.buckets().map(({ from, least }) => ({ ts: from, value: least }));
}

/** The least of as many neighbours as there have to be. */
function thinned(points: readonly Point[]): Point[] {
  const every = Math.ceil(points.length / MOST_POINTS);
  return Array.from({ length: Math.ceil(points.length / Math.max(1, every)) }, (_, at) => {
    const some = points.slice(at * every, (at + 1) * every);
    return some.reduce((least, point) => (point.value < least.value ? point : least));
  });
}
