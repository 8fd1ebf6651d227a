import type { SnapshotErrorData } from './errors.js';
import type { SuspectGrowth, SuspectHolder, SuspectOptions } from './suspect-types.js';
import type { AnalyzeOptions, Bytes } from './types.js';

/** Samples that a threshold rule fired on, and the first of them. */
export interface RuleResult {
  readonly rule: string;
  readonly fired: number;
  readonly samples: readonly { readonly ts: number; readonly value: number; readonly threshold: number }[];
  /** What the rule had come to at the end, where it has a threshold. */
  readonly threshold?: number;
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
}

/** One file of a scan's folder. */
export interface ScanInput {
  /** Without its folder. */
  readonly file: string;
  /** `other`: no telemetry that is known. */
  readonly kind: 'telemetry' | 'snapshot' | 'other';
  readonly format?: string;
  readonly lines?: number;
  readonly used?: number;
  /** Broken lines, and the first of them. */
  readonly bad?: number;
  readonly badLines?: readonly { readonly line: number; readonly reason: string }[];
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
  /** Why a scan is unverified. */
  readonly contradictions: readonly string[];
  readonly inputs: readonly ScanInput[];
}

export interface ScanOptions extends Omit<AnalyzeOptions, 'isolation' | 'suspects'> {
  /** Multiples of σ of the thresholds beside the trend; default 1.5. */
  readonly alpha?: number;
  /** Samples of the rolling threshold's window; default 3,600. */
  readonly window?: number;
  readonly suspects?: SuspectOptions;
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
