import type { SuppressedMark } from './gate-types.js';
import type { Bytes } from './types.js';

/** Where a function, or the constructor of an object, stands. Lines and columns count from 1; 0 where only the script is known. */
export interface Place {
  /** The script's name as V8 has it: a path or a URL. */
  readonly script: string;
  readonly line: number;
  readonly column: number;
}

/** Who keeps what accumulates. */
export interface SuspectHolder {
  /** As a person would say it: `global.requestCache`, `module-level cache in server.js`, `variable table in makeTax() in tax.js`. */
  readonly expression: string;
  /** What the expression begins with: a global, a module's variable, a function's variable, a field, or something of the engine's own. */
  readonly kind: string;
  /** Of the function or class that the expression names. */
  readonly place?: Place;
}

/** How certain a suspect is, by the number of snapshots that speak for it. */
export type Verdict = 'leak suspect' | 'growing' | 'grew between snapshots' | 'pattern';

/** The shape that fits a series of counts best. */
export type GrowthShape = 'constant' | 'step' | 'saturating' | 'linear' | 'undetermined';

/** What a series of snapshots says about a rise. An interval lies between two snapshots. */
export interface Trend {
  readonly countPerInterval: number;
  /** Of the retained size: slope by Theil and Sen, and an interval that holds it with the probability `level`. */
  readonly bytesPerInterval: Bytes;
  readonly bytesInterval: { readonly low: Bytes; readonly high: Bytes; readonly level: number };
  /** That counts without a trend rise so far: exact one-sided Mann-Kendall test. */
  readonly pValue: number;
  /** The same for all that were tested together (Benjamini and Hochberg); `null` with fewer than six snapshots. */
  readonly adjustedPValue: number | null;
  readonly shape: GrowthShape;
}

/** How a suspect grows, over the snapshots that were compared. */
export interface SuspectGrowth extends Trend {
  /** What is counted, in every snapshot compared. */
  readonly count: readonly number[];
  /** What it retains as a whole, in every snapshot compared. */
  readonly retainedSize: readonly Bytes[];
  /** How many of the members sampled were born in each interval, what was there at the start first; `null` where ids mean nothing. */
  readonly births: readonly number[] | null;
}

/** Nodes that are held in one way, over the snapshots compared for suspects (`SeriesReport.compared`). */
export interface GroupGrowth extends Trend {
  readonly holder: SuspectHolder;
  /** Of the nodes. */
  readonly className: string;
  readonly count: readonly number[];
  readonly selfSize: readonly Bytes[];
  /** Of the group as a whole. */
  readonly retainedSize: readonly Bytes[];
}

/** What the confidence is made of, each 0 … 1. */
export interface SuspectTerms {
  /** That the growth is no accident. */
  readonly growth: number;
  /** Share of the intervals of which instances are still alive. */
  readonly ages: number;
  /** Share of the heap's growth. */
  readonly share: number;
  /** Share of the intervals with the usual number of new ones. */
  readonly regularity: number;
  /** The strongest detector's that knows the pattern itself. */
  readonly detectors: number;
  /** Factors: 1, or less where the suspect looks like a side effect, is bounded, or has stopped growing. */
  readonly artifact: number;
  readonly bounded: number;
  readonly plateau: number;
}

/** One thing that a reader is told beside the figures. */
export interface SuspectEvidence {
  readonly label: string;
  readonly value: string | number;
}

/** Something that accumulates, and who keeps it. */
export interface Suspect {
  /** The same for the same leak in every run and build: no ids, sizes, lines or folders are in it. */
  readonly signature: string;
  readonly title: string;
  readonly verdict: Verdict;
  /** 0 … 1; what share of such suspects have turned out to be leaks. */
  readonly confidence: number;
  /** 0.45·min(age/10, 1) + 0.35·min(depth/8, 1) + 0.2·min(new a second/200, 1); `null` with one snapshot. */
  readonly seedScore: number | null;
  /** `null` with one snapshot. */
  readonly growth: SuspectGrowth | null;
  /** In the last snapshot. */
  readonly retainedSize: Bytes;
  readonly holder: SuspectHolder;
  /** From the root to what accumulates. */
  readonly path: readonly string[];
  readonly evidence: readonly SuspectEvidence[];
  /** Names of the detectors that know the pattern, or one of what lies in it. */
  readonly detectors: readonly string[];
  readonly repair: string;
  /** Ids in the last snapshot of the newest that have accumulated; with one snapshot, of what much memory hangs on. */
  readonly sampleIds: readonly number[];
  readonly terms: SuspectTerms;
  /** Present where a suppression holds for it: it is told, and counts for nothing. */
  readonly suppressed?: SuppressedMark;
  /** Whether a baseline has it; present where there was one. */
  readonly baseline?: 'new' | 'known';
}

/** Whether snapshots come from one process, which ids tell. */
export type SeriesRelation = 'same process' | 'different processes' | 'uncertain';

/** How a series was looked at. */
export interface SeriesReport {
  /** Indexes into `Analysis.snapshots` of the snapshots that suspects were sought in, in order. */
  readonly compared: readonly number[];
  readonly relation: SeriesRelation;
  /** What ties the snapshots together: ids and paths, or paths alone. */
  readonly comparedBy: 'ids' | 'structure';
  /** How many were left out at the start, while the process warmed up. */
  readonly warmUp: number;
  /** Indexes before which another process began. */
  readonly restarts: readonly number[];
  /** What a reader should know: another order, or what cannot be said. */
  readonly notes: readonly string[];
}

/** How leaks are looked for. */
export interface SuspectOptions {
  /** Snapshots to leave out at the start of a series; default: one of six or more, and further ones that are unlike the rest. */
  readonly warmUp?: number;
  /** Takes ids as those of one process where the test for it is in doubt. */
  readonly assumeSameProcess?: boolean;
  /** What a group has to retain on average to be tested; default: a 2,000th of the heap. Less finds smaller leaks, and more by accident. */
  readonly leastBytes?: Bytes;
  /** By a detector's name: `false` switches it off, limits replace its own. */
  readonly detectors?: Readonly<Record<string, boolean | Readonly<Record<string, number>>>>;
}
