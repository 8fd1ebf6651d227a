import type { SnapshotErrorData } from './errors.js';
import type { SuppressedMark } from './gate-types.js';
import type { GrowingSite } from './profile-types.js';
import type { Place, SuspectGrowth, SuspectHolder, SuspectOptions } from './suspect-types.js';
import type { AnalyzeOptions, Bytes } from './types.js';

/** Samples that a threshold rule fired on, and the first of them. */
export interface RuleResult {
  readonly rule: string;
  readonly fired: number;
  readonly samples: readonly { readonly ts: number; readonly value: number; readonly threshold: number }[];
  /** What the rule had come to at the end, where it has a threshold. */
  readonly threshold?: number;
  /** Whether the newest sample is above it; of the 99th percentile only. */
  readonly isAboveNow?: boolean;
  /** The snapshot that was written nearest to the first of the samples; absent where no sample has a date, or there are no snapshots. */
  readonly nearestSnapshot?: string;
}

/** How much room a heap has; null for what the telemetry does not say. At the newest sample. */
export interface HeapPressure {
  /** Of V8: used of the heap's limit, 0 … 1. */
  readonly ofLimit: number | null;
  /** Of Go: allocated of the size at which it collects, 0 … 1 and a little more. */
  readonly ofGoal: number | null;
  /** Of Go: the goal without what GOGC lets it grow, at GOGC 100: what was live behind the last collection, stacks and globals with it. */
  readonly live: Bytes | null;
  /** Taken from the system for the heap, and not used: what is free between objects, and in reserve. */
  readonly unused: Bytes | null;
}

/** From the first to the last sample (the seed's MemDiff). */
export interface HeapDifference {
  readonly used: Bytes;
  /** Of V8's heap in total, Go's spans in use; null where the telemetry does not say it. */
  readonly inUse: Bytes | null;
  /** Full collections; null where the telemetry does not count them. */
  readonly collections: number | null;
  /** Which of the two to believe: without a collection between them, what is used says how much was allocated, not how much is needed. */
  readonly prefers: 'used' | 'inUse';
}

/** A figure that the telemetry counts, by how much it changes a minute. */
export interface MetricRate {
  readonly metric: string;
  readonly perMinute: number;
}

/** Contexts of frames and modules that are gone, and yet held: evidence of its own. */
export interface DetachedContexts {
  readonly first: number;
  readonly last: number;
  readonly pValue: number;
  readonly isRising: boolean;
}

/** The heap of one process, over time. */
export interface HeapTrend {
  /** Name of the file, without its folder. */
  readonly source: string;
  readonly process: string;
  readonly metric: string;
  readonly samples: number;
  /** Milliseconds, or positions where the file has no times. */
  readonly from: number;
  readonly to: number;
  readonly hasTimes: boolean;
  /** Times before the one in front of them. */
  readonly clockJumps: number;
  /** Where the points come from that were compared. */
  readonly basis: 'full collections' | 'collections' | 'low points' | 'samples';
  /** Points compared, those left out as warm-up not among them. */
  readonly points: number;
  readonly warmUp: number;
  /** At the first and the last point compared. */
  readonly start: Bytes;
  readonly end: Bytes;
  /** Mann–Kendall, corrected for neighbours that are alike (Hamed & Rao); null with too few points. */
  readonly pValue: number | null;
  /** Bytes an hour, or a sample where there are no times: Theil & Sen, with its interval. */
  readonly slope: {
    readonly median: number;
    readonly low: number;
    readonly high: number;
    readonly level: number;
  } | null;
  readonly shape: string;
  /** Where the heap went from one level to another, and stayed there; null for any other shape. */
  readonly changePoint: { readonly ts: number; readonly before: Bytes; readonly after: Bytes } | null;
  /** Whether all of that speaks for a heap that goes on growing. */
  readonly isRising: boolean;
  /** The heap's limit, where the telemetry says it, and hours until the trend reaches it. */
  readonly limit: Bytes | null;
  readonly hoursToLimit: number | null;
  readonly rules: readonly RuleResult[];
  readonly pressure: HeapPressure;
  readonly difference: HeapDifference;
  /** None where there are no times. */
  readonly rates: readonly MetricRate[];
  /** Milliseconds; null where the telemetry does not say how long collections took. */
  readonly longestPause: number | null;
  /** Null where the telemetry does not count them. */
  readonly detachedContexts: DetachedContexts | null;
  /** Whether all memory of the process rises; null where the telemetry does not say. */
  readonly residentRises: boolean | null;
}

/** Of a layer. */
export type Level = 1 | 2 | 3 | 4 | 5;

/** What one layer saw of a finding. */
export interface TrailStep {
  readonly level: Level;
  readonly saw: string;
}

export type Severity = 'HIGH' | 'MEDIUM';

/** A leak, as all layers together see it. */
export interface ScanFinding {
  readonly signature: string;
  readonly title: string;
  readonly severity: Severity;
  /** The engine's own, 0 … 1. */
  readonly confidence: number;
  /** The seed's formula; never ranked by. */
  readonly seedScore: number | null;
  readonly trail: readonly TrailStep[];
  readonly holder: SuspectHolder;
  readonly path: readonly string[];
  readonly growth: SuspectGrowth | null;
  readonly retainedSize: Bytes;
  readonly detectors: readonly string[];
  readonly repair: string;
  /** Place in the report's picture. */
  readonly anchor: string;
  /** Where the holder's place comes from, by a source map; null where none says it. */
  readonly original: Place | null;
  /** As of a suspect. */
  readonly suppressed?: SuppressedMark;
}

/** A function that has more and more in use, by sampling heap profiles. */
export interface ScanSite extends GrowingSite {
  /** As of a finding. */
  readonly original: Place | null;
}

/** What a leak looks like from outside, and what it may come from: how much of either there is to see. */
export interface LeakChecklist {
  /** Null for what the evidence does not say. */
  readonly symptoms: readonly { readonly name: string; readonly isSeen: boolean | null }[];
  /** Signatures of the findings that each may be behind. */
  readonly causes: readonly { readonly name: string; readonly findings: readonly string[] }[];
}

/** What two families of detectors, trends and patterns, say about leaks that neither has found (Chapman's estimate). */
export interface MissedLeaks {
  readonly byGrowth: number;
  readonly byPattern: number;
  readonly byBoth: number;
  /** No whole number as a rule. */
  readonly missed: number;
}

/** One file of a scan's folder. */
export interface ScanInput {
  /** Without its folder. */
  readonly file: string;
  /** `other`: no telemetry that is known. */
  readonly kind: 'telemetry' | 'snapshot' | 'profile' | 'other';
  readonly format?: string;
  readonly lines?: number;
  readonly used?: number;
  /** Broken lines, and the first of them. */
  readonly bad?: number;
  readonly badLines?: readonly { readonly line: number; readonly reason: string }[];
  /** Samples of more processes than are told apart. */
  readonly left?: number;
  readonly error?: SnapshotErrorData;
}

/** One layer's output, signed over the layers before it. */
export interface ScanLayer {
  readonly level: Level;
  readonly output: string;
  /** Names of the outputs that were consumed. */
  readonly deps: readonly string[];
  readonly status: 'ok' | 'no-evidence';
  /** Why there is no evidence. */
  readonly reason?: string;
  readonly payload: unknown;
  /** The signature of the layer before; empty at the first. */
  readonly prevHash: string;
  /** SHA-256 over all of that, but for the payload, of which its own hash is taken. */
  readonly signature_hash: string;
}

export interface ScanReport {
  readonly schemaVersion: 1;
  readonly engineVersion: string;
  /**
   * `leak`: something accumulates, or a heap that nobody can look into goes on growing. `suspicious`: heaps go on growing, but no suspect is
   * sure. `unverified`: layers contradict each other.
   */
  readonly verdict: 'leak' | 'suspicious' | 'clean' | 'no evidence' | 'unverified';
  readonly findings: readonly ScanFinding[];
  readonly trends: readonly HeapTrend[];
  readonly layers: readonly ScanLayer[];
  /** What makes it worth a report: a verdict, or a heap above the 99th percentile of its baseline. */
  readonly trigger: 'verdict' | 'P99' | null;
  /** The seed's, by the longest pause; null where no telemetry says how long pauses were. No verdict depends on it. */
  readonly severitySeed: Severity | null;
  /** Functions that have more in use in the last profile than in the first; empty without profiles. */
  readonly sites: readonly ScanSite[];
  /** Whether L3 has gone back to L2 for candidates that are less sure, since none of the likely ones had a path. */
  readonly isWidened: boolean;
  readonly checklist: LeakChecklist;
  /** Null where one of the families has found nothing. */
  readonly missed: MissedLeaks | null;
  /** Why a scan is unverified. */
  readonly contradictions: readonly string[];
  readonly inputs: readonly ScanInput[];
}

export interface ScanOptions extends Omit<AnalyzeOptions, 'isolation' | 'suspects'> {
  /** Multiples of σ of the thresholds beside the trend; default 1.5. */
  readonly alpha?: number;
  /** Samples of the rolling threshold's window, or a time in seconds; default 3,600 samples. */
  readonly window?: number | { readonly seconds: number };
  /** A file of telemetry whose heaps are the baseline of thresholds; default: each process's own first samples. */
  readonly baseline?: string;
  /** Milliseconds that reading a file of telemetry may take; default: unlimited. What has been read until then is not used. */
  readonly fileTimeout?: number;
  /** Folder of source maps, by which places of findings are told in original sources; default: none. */
  readonly sourceMaps?: string;
  readonly suspects?: SuspectOptions;
}

/** What a scan is to leave behind it. */
export interface KeepOptions {
  /** Folder of alerts; default: none are written. */
  readonly alerts?: string;
  /** Folder of an archive; default: none is kept. */
  readonly archive?: string;
  /** Days that the archive keeps, that of the newest evidence being the last; default: all. */
  readonly archiveDays?: number;
  /** What the archive's rows say about when they were written, in milliseconds since 1970; default: now. */
  readonly archivedAt?: number;
  /** File for messages, a line of JSON for each sample and finding, or a pipe that is there; default: none. */
  readonly messages?: string;
  /** Default: the folder's name; of one called `heapsleuth`, that of the folder around it. */
  readonly service?: string;
  /** Default: this machine's name. */
  readonly host?: string;
}

/** What is sent and kept when a scan is sure. It has names from the heap, and no values of strings. */
export interface ScanAlert {
  readonly v: 1;
  /** UUID version 5 of service, host, signature and time: the same evidence gives the same one. */
  readonly alert_id: string;
  /** Milliseconds: the newest evidence. */
  readonly ts: number;
  readonly service: string;
  readonly host: string;
  readonly signature: string;
  readonly title: string;
  readonly severity: Severity;
  readonly confidence: number;
  readonly seedScore: number | null;
  readonly holder: string;
  readonly growth: { readonly countPerInterval: number; readonly bytesPerInterval: Bytes } | null;
  readonly retainedSize: Bytes;
  readonly trail: readonly TrailStep[];
  readonly repair: string;
  readonly anchor: string;
}
