import type { Bytes } from './types.js';
import type { WasteName } from './waste-types.js';

/** A lasting rise, from one snapshot to the next: the slope by Theil and Sen over the snapshots compared. */
export interface GrowthLimits {
  readonly growth?: Bytes;
}

/** What a heap may be at most, in every snapshot. */
export interface HeapBudget extends GrowthLimits {
  readonly size?: Bytes;
  readonly nodes?: number;
}

/** What a class may be at most, in every snapshot. Classes of one name count as one. */
export interface ClassBudget extends GrowthLimits {
  readonly count?: number;
  readonly selfSize?: Bytes;
  readonly retainedSize?: Bytes;
  readonly countGrowth?: number;
}

/** What any suspect may be at most that no suppression covers. */
export interface SuspectBudget extends GrowthLimits {
  /** How many of a confidence of 0.5 and more. */
  readonly count?: number;
  readonly confidence?: number;
  readonly retainedSize?: Bytes;
  readonly countGrowth?: number;
}

/** Limits. What is above one exceeds it. */
export interface Budgets {
  readonly heap?: HeapBudget;
  /** By name, or by a pattern in which `*` stands for any text. */
  readonly classes?: Readonly<Record<string, ClassBudget>>;
  readonly suspects?: SuspectBudget;
  /** What certainly would be free of each kind, in the last snapshot. */
  readonly waste?: Partial<Readonly<Record<WasteName, Bytes>>>;
}

/** What has become of one limit. */
export interface BudgetResult {
  /** As it stands in the configuration: `heap.size`, `classes["Session"].count`. */
  readonly budget: string;
  readonly unit: 'bytes' | 'count' | 'confidence';
  readonly limit: number;
  /** The most there is; null where nothing tells. */
  readonly actual: number | null;
  /** By how much that is too much; 0 where it is not. */
  readonly over: number;
  readonly state: 'met' | 'exceeded' | 'unknown';
  /** The class, or the title of the suspect, that has `actual`. */
  readonly what?: string;
  /** File of the snapshot that has it; absent for growth, which none has alone. */
  readonly snapshot?: string;
  /** Why nothing tells. */
  readonly reason?: string;
}

/** A suspect that is known, and does not count until a date. */
export interface Suppression {
  readonly signature: string;
  readonly reason: string;
  /** The last day on which it holds: `2027-01-31`. */
  readonly expires: string;
}

/** What has become of a suppression. */
export interface SuppressionResult extends Suppression {
  /** `unmatched`: no suspect has the signature. */
  readonly state: 'applied' | 'expired' | 'unmatched';
}

/** What a suspect is marked with that does not count. */
export interface SuppressedMark {
  readonly reason: string;
  readonly expires: string;
}

export interface BaselineSuspect {
  readonly signature: string;
  readonly title: string;
  readonly confidence: number;
  /** Per interval; null with one snapshot. */
  readonly countGrowth: number | null;
  readonly growth: Bytes | null;
  /** In the last snapshot. */
  readonly retainedSize: Bytes;
}

/**
 * Classes of one name in the first snapshot: what comes later depends on how long a run was. Where that was left out as warm-up, what its
 * growth says there would have been.
 */
export interface BaselineClass {
  readonly name: string;
  readonly count: number;
  readonly selfSize: Bytes;
  readonly retainedSize: Bytes;
  /** Per interval; null with one snapshot. */
  readonly countGrowth: number | null;
  readonly growth: Bytes | null;
}

/** What is known of a program, to compare later runs with. Names of classes and variables are in it, no values of strings and no paths. */
export interface Baseline {
  readonly schemaVersion: 1;
  readonly kind: 'baseline';
  readonly engineVersion: string;
  /** How many were compared, those left out as warm-up not among them. */
  readonly snapshots: number;
  /** As of a class. */
  readonly heap: { readonly size: Bytes; readonly nodes: number; readonly growth: Bytes | null };
  /** No class that is not listed had more of these. */
  readonly unlisted: Omit<BaselineClass, 'name' | 'selfSize'>;
  readonly suspects: readonly BaselineSuspect[];
  readonly classes: readonly BaselineClass[];
}

export interface BaselineOptions {
  /** Classes that are listed: so many that retain most, and so many that grow fastest; default 50. */
  readonly top?: number;
}

export interface ComparisonOptions {
  /** Share of the baseline's figure that is still taken for the same; default 0.1, and twice that of growth. */
  readonly tolerance?: number;
  /**
   * Bytes that are taken for the same in any case; default 100,000. Of growth an interval a tenth of it; of objects one for each 100 bytes, and an
   * interval one for each 10,000.
   */
  readonly floor?: Bytes;
}

export interface SuspectChange {
  readonly signature: string;
  readonly title: string;
  readonly state: 'new' | 'gone' | 'faster' | 'slower' | 'known';
  /** Whether that is a reason to fail: what is new and likely, or faster. */
  readonly isWorse: boolean;
  /** Null for what is gone. */
  readonly confidence: number | null;
  /** What is compared, in bytes: growth an interval, or the retained size where one of the two runs has a single snapshot. */
  readonly figure: 'growth' | 'retainedSize';
  /** Null for what was not there. */
  readonly before: Bytes | null;
  readonly now: Bytes | null;
}

/** A figure that is no longer what it was. */
export interface FigureChange {
  /** A class, or `heap`. */
  readonly what: string;
  readonly isClass: boolean;
  readonly figure: 'size' | 'nodes' | 'retainedSize' | 'count' | 'growth' | 'countGrowth';
  /** 0 for a class that the baseline does not list, or for what it has at most. */
  readonly before: number;
  readonly now: number;
  readonly isWorse: boolean;
}

/** A run beside its baseline. */
export interface BaselineComparison {
  readonly tolerance: number;
  readonly floor: Bytes;
  readonly isWorse: boolean;
  /** What has changed comes first, worst first. */
  readonly suspects: readonly SuspectChange[];
  readonly heap: readonly FigureChange[];
  readonly classes: readonly FigureChange[];
  /** What a reader should know: what could not be compared. */
  readonly notes: readonly string[];
}

/** What a result was held against. A list is there where there was something to check. */
export interface GateReport {
  readonly budgets?: readonly BudgetResult[];
  readonly suppressions?: readonly SuppressionResult[];
  readonly comparison?: BaselineComparison;
  /** Why the command fails, a sentence each. */
  readonly failures: readonly string[];
}
