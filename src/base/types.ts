import type { SnapshotErrorData } from './errors.js';
import type { PictureOptions, SnapshotPicture } from './report-types.js';
import type { GroupGrowth, SeriesReport, Suspect, SuspectOptions, Trend } from './suspect-types.js';

/** Position of a node in the snapshot's `nodes` section, 0 … nodeCount - 1. */
export type Ordinal = number;
/** Bytes; exact up to 2^53 - 1. */
export type Bytes = number;

/** Distance of a node that no search reaches (devtools-semantics S7). */
export const UNREACHED = -5;
/** Distance of the root when there are user roots; everything only the system reaches lies above it (S7). */
export const SYSTEM_DISTANCE = 100_000_000;

/** Sums by kind of memory, as DevTools' Statistics view shows them (S11). */
export interface Statistics {
  readonly total: Bytes;
  readonly native: { readonly total: Bytes; readonly typedArrays: Bytes };
  readonly v8heap: {
    readonly total: Bytes;
    readonly code: Bytes;
    readonly jsArrays: Bytes;
    readonly strings: Bytes;
    readonly system: Bytes;
  };
}

/** One row of DevTools' Summary view (S8, S9). */
export interface ClassSummary {
  /** `,name`, or `scriptId,line,column,name` for objects whose constructor's place is known. */
  readonly key: string;
  readonly name: string;
  readonly count: number;
  readonly selfSize: Bytes;
  /** Retained by the class as a whole: members below another member count once. */
  readonly retainedSize: Bytes;
  /** The smallest distance of a member. */
  readonly distance: number;
}

/** How long one stage of an analysis took. */
export interface StageTiming {
  readonly stage: string;
  /** 2 is the one beside the thread that the analysis runs on. */
  readonly thread: 1 | 2;
  /** Milliseconds since 1970, with fractions. */
  readonly startMs: number;
  readonly ms: number;
  /** Of the file's text where a stage reads; of memory that it has used otherwise, for results and scratch. */
  readonly bytes: Bytes;
  readonly unit: 'text' | 'memory';
}

/** What one analysed snapshot says. `classes` holds the top ones by retained size; `classCount` all. */
export interface SnapshotReport {
  readonly ok: true;
  /** Only a shallow report has one. */
  readonly mode?: undefined;
  readonly file: string;
  readonly nodeCount: number;
  readonly edgeCount: number;
  readonly totalSize: Bytes;
  readonly statistics: Statistics;
  readonly classCount: number;
  readonly classes: readonly ClassSummary[];
  /** Present where they were asked for and the snapshot was analysed now: they differ from run to run, so no document has them. */
  readonly timings?: readonly StageTiming[];
  /** Of the last readable snapshot, where it was asked for. No document has it but the report that people look at. */
  readonly picture?: SnapshotPicture;
}

export interface FailedSnapshot {
  readonly ok: false;
  readonly file: string;
  readonly error: SnapshotErrorData;
}

/** What mode `shallow` says: the file's own figures, and none that the edges would have to tell. */
export interface ShallowReport {
  readonly ok: true;
  readonly mode: 'shallow';
  readonly file: string;
  readonly nodeCount: number;
  readonly edgeCount: number;
  /** Sum of the self sizes, as the file has them. */
  readonly selfSize: Bytes;
  readonly classCount: number;
  /** The top ones by self size. */
  readonly classes: readonly ShallowClass[];
  /** As in `SnapshotReport`. */
  readonly timings?: readonly StageTiming[];
}

/** Nodes with a self size by their class as type and name tell it: plain objects are `Object`, places are not looked at. */
export interface ShallowClass {
  readonly key: string;
  readonly name: string;
  readonly count: number;
  readonly selfSize: Bytes;
}

export type Outcome = SnapshotReport | ShallowReport | FailedSnapshot;

/** Figures of one class in every snapshot of a series; `null` where that snapshot failed. */
export interface ClassGrowth {
  /** Over the readable snapshots. */
  readonly trend: Trend;
  readonly key: string;
  readonly name: string;
  readonly count: readonly (number | null)[];
  readonly selfSize: readonly (Bytes | null)[];
  readonly retainedSize: readonly (Bytes | null)[];
  /** Change from one readable snapshot to the next: length = readable snapshots - 1. */
  readonly countDeltas: readonly number[];
  readonly selfSizeDeltas: readonly Bytes[];
  readonly retainedSizeDeltas: readonly Bytes[];
  /** In how many of the steps the count rose. */
  readonly risingSteps: number;
  /** Last readable minus first readable. */
  readonly totalCountDelta: number;
  readonly totalSelfSizeDelta: Bytes;
  readonly totalRetainedSizeDelta: Bytes;
}

/** The classes of a series, most suspicious first. */
export interface Growth {
  /** Indexes into `Analysis.snapshots` of the snapshots compared, in order. */
  readonly snapshots: readonly number[];
  readonly classCount: number;
  readonly classes: readonly ClassGrowth[];
  /** By the way nodes are held: the groups that rise, by bytes an interval. Present where suspects were sought. */
  readonly paths?: readonly GroupGrowth[];
  /** By what keeps them alone: what nodes of one path dominate, of one class. The same. */
  readonly dominated?: readonly GroupGrowth[];
}

/** The result of `analyze()`. `growth` is present when two or more snapshots could be read. */
export interface Analysis {
  readonly schemaVersion: 1;
  readonly snapshots: readonly Outcome[];
  readonly growth?: Growth;
  /** How the snapshots were compared; present where suspects were sought. */
  readonly series?: SeriesReport;
  /** What leaks, the worst first. */
  readonly suspects?: readonly Suspect[];
}

/** S13, with retained sizes added: one class in two snapshots of one process. */
export interface ClassDiff {
  readonly key: string;
  readonly name: string;
  readonly newCount: number;
  readonly deletedCount: number;
  readonly countDelta: number;
  readonly allocatedSize: Bytes;
  readonly freedSize: Bytes;
  readonly sizeDelta: Bytes;
  readonly retainedSizeBase: Bytes;
  readonly retainedSizeCurrent: Bytes;
  readonly retainedSizeDelta: Bytes;
}

/** Nodes that go, and the sum of their self sizes (S5). */
export interface Freed {
  readonly nodes: number;
  readonly bytes: Bytes;
}

/** What one expression has named: nodes or edges. */
export interface CutMatch {
  readonly expression: string;
  readonly nodes: number;
  readonly edges: number;
}

/** What goes of one class: its objects with a self size. */
export interface FreedClass {
  readonly key: string;
  readonly name: string;
  readonly count: number;
  readonly bytes: Bytes;
}

/** What would be freed if some nodes and edges were gone. */
export interface WhatIfReport {
  readonly file: string;
  readonly cuts: readonly CutMatch[];
  /** As retained sizes have it: the value in a WeakMap is held by its key. */
  readonly freed: Freed;
  /** As V8 has it: such a value goes with its map, too. Absent where that is the same. */
  readonly freedByRealEphemerons?: Freed;
  /** Retained sizes of the nodes that are cut, and of those that cut edges lead to, simply added up: for comparison. */
  readonly sumOfRetained: Bytes;
  /** Size of the heap before, as in `SnapshotReport`. */
  readonly total: Bytes;
  readonly classCount: number;
  /** Of `freed`; the top ones by bytes. */
  readonly classes: readonly FreedClass[];
}

/** The stages a progress callback names, in order. */
export type Stage = 'read' | 'graph' | 'dominators' | 'distances' | 'classes' | 'done';

export interface Progress {
  readonly file: string;
  /** Position of `file` among the inputs, and how many inputs there are. */
  readonly index: number;
  readonly total: number;
  readonly stage: Stage;
  /** Share of this file's work done, 0 … 1; never falls for one file. */
  readonly fraction: number;
}

export interface OpenOptions {
  /** Aborting it ends the work at once; the promise rejects with the signal's reason. */
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: Progress) => void;
  /**
   * Keeps what has been computed, and takes it from there when the same bytes come again: `true` beside the file, a string in
   * that folder. A cache that is damaged, or was made of other bytes or by another version, is as good as none.
   * Default: no cache is read or written. The first time costs one more pass over the file, and for `openSnapshot` writing
   * about 70 bytes a node and 13 an edge.
   */
  readonly cache?: boolean | string;
  /** Called with a line for the user when a cache could not be written; the result is the same. */
  readonly onNote?: (note: string) => void;
}

export interface WhatIfOptions extends Pick<OpenOptions, 'signal' | 'onProgress'> {
  /** How many classes the report lists; default 50. */
  readonly top?: number;
}

/**
 * How a snapshot is analysed. `memory`: all of it in memory, the fastest. `external`: edges in temporary files, for snapshots that are
 * too large for that; the same results. `shallow`: counts and self sizes only. `auto`: the first of these two that fits.
 */
export type AnalysisMode = 'auto' | 'memory' | 'external' | 'shallow';

/** What the analysis of a file will take, told before it begins. */
export interface Estimate {
  readonly file: string;
  /** Position of `file` among the inputs. */
  readonly index: number;
  readonly mode: Exclude<AnalysisMode, 'auto'>;
  readonly nodeCount: number;
  readonly edgeCount: number;
  /** Resident bytes of its process. */
  readonly memory: Bytes;
  /** The least with which this mode works; `memory` is what it takes where there is more. */
  readonly leastMemory: Bytes;
  /** Bytes of temporary files. */
  readonly disk: Bytes;
  /** What it may take. */
  readonly budget: Bytes;
}

export interface AnalyzeOptions extends OpenOptions {
  /** `false`: no suspects are sought, which saves a third of the time. Default: they are, except with edges in files. */
  readonly suspects?: false | SuspectOptions;
  /** Default `auto`. */
  readonly mode?: AnalysisMode;
  /** Folder of temporary files; default: the system's. They have no names, and are gone when the work ends, however it ends. */
  readonly tempFolder?: string;
  /** Called before the work on each file whose header tells how large it is. Small files are not looked at beforehand. */
  readonly onEstimate?: (estimate: Estimate) => void;
  /** Whether reports say how long each stage took; default: no. */
  readonly timings?: boolean;
  /** Whether the last readable snapshot's report has what a picture is made of; default: no, and with edges in files none has. */
  readonly picture?: boolean | PictureOptions;
  /** How many classes a report lists, by retained size; default 50. */
  readonly top?: number;
  /** Snapshots analysed at a time; default: the cores there are, at most the number of files. */
  readonly concurrency?: number;
  /**
   * `process`: each snapshot at work has a child process, so that a crash or lack of memory costs one snapshot, after a
   * second try. Default `thread`: sooner at work, in this process's memory. The next two need `process`.
   */
  readonly isolation?: 'thread' | 'process';
  /** What the snapshots at work may take together; default: four fifths of the memory that is available. */
  readonly maxMemory?: Bytes;
  /** Milliseconds that an attempt at one snapshot may take; default: unlimited. */
  readonly timeout?: number;
}

/** An edge as `HeapSnapshot` shows it. */
export interface Edge {
  /** Position in the snapshot's `edges` section. */
  readonly index: number;
  readonly type: string;
  /** Property or variable name; the number for `element` and `hidden` edges. */
  readonly name: string | number;
  readonly from: Ordinal;
  readonly to: Ordinal;
}
