import type { MessagePort } from 'node:worker_threads';
import type { InterfaceDefinition } from '../analysis/interface-tree.js';
import type { SnapshotErrorData } from '../base/errors.js';
import type { PictureOptions } from '../base/report-types.js';
import type { Bytes, ClassDiff, ClassSummary, ShallowReport, SnapshotReport, Stage } from '../base/types.js';
import type { WasteReport } from '../base/waste-types.js';
import type { CacheTarget } from '../cache/writer.js';
import type { ObjectDiff } from '../diff/changed-objects.js';
import type { WorkingMode } from '../external/modes.js';
import type { SnapshotHandover } from '../graph/snapshot-memory.js';
import type { EvidenceOptions } from '../suspects/collect.js';
import type { SnapshotEvidence } from '../suspects/evidence.js';

/** Work for one thread. Plain data: threads do not share objects. */
export type Task = AnalyseTask | OpenTask | DiffTask | WhatIfTask | WasteTask;

/** A task before its port is opened. */
export type WithoutPort<T> = T extends unknown ? Omit<T, 'progress'> : never;

/** A MessagePort, or its like in a task's own thread, which may take its time. */
export interface ProgressPort {
  postMessage(progress: SnapshotProgress): void | Promise<void>;
}

interface TaskBase {
  /** Where progress goes; absent when nobody listens. */
  readonly progress: ProgressPort | undefined;
  /** 2 where another core has nothing else to do: part of the analysis then runs beside the dominators. */
  readonly threads: 1 | 2;
  /** Where the result is kept for the next time; absent when nobody wants that. */
  readonly cache?: CacheTarget;
}

export interface AnalyseTask extends TaskBase {
  readonly kind: 'analyse';
  readonly file: string;
  readonly top: number;
  /** Whether the report says how long each stage took. */
  readonly timings: boolean;
  /** How leaks are looked for; absent where nobody asks. */
  readonly suspects?: Omit<EvidenceOptions, 'isTold' | 'isAlone'>;
  /** What is shown of the snapshot if it tells of the series; absent where nobody looks. */
  readonly picture?: Required<PictureOptions>;
  /** A port is asked when the snapshot has been analysed, by any message, and answers. */
  readonly series: SeriesNames | MessagePort;
  readonly work: WorkPlan;
  /** `low` after lack of memory: everything that only saves time is left out. */
  readonly memory: 'normal' | 'low';
}

/** How a snapshot is analysed, once that has been decided. */
export interface WorkPlan {
  readonly mode: WorkingMode;
  /** What to try where that mode finds no room, in memory or on the disk. */
  readonly otherwise?: WorkingMode;
  /** Bytes that its process may take; for the mode that has a choice. */
  readonly budget: Bytes;
  /** Where temporary files go. */
  readonly folder: string;
  /** Bytes of the file that are neither nodes nor edges, about; 0 where nobody has looked. */
  readonly text: Bytes;
}

/** What a snapshot of a series calls its plain objects: `infer` for the one that decides for the others. */
export type SeriesNames = 'none' | 'infer' | readonly InterfaceDefinition[];

export interface OpenTask extends TaskBase {
  readonly kind: 'open';
  readonly file: string;
}

export interface DiffTask extends TaskBase {
  readonly kind: 'diff';
  readonly base: string;
  readonly current: string;
  /** Whether the result is an `ObjectDiff`; such a one is not kept. */
  readonly withObjects?: boolean;
}

export interface WhatIfTask extends TaskBase {
  readonly kind: 'whatif';
  readonly file: string;
  readonly cuts: readonly string[];
  readonly top: number;
}

export interface WasteTask extends TaskBase {
  readonly kind: 'waste';
  readonly file: string;
  readonly top: number;
  readonly showValues: boolean;
}

export interface SnapshotProgress {
  readonly stage: Stage;
  readonly fraction: number;
}

/**
 * How the result of an analysis travels: `packed` holds [series, interfaces, evidence] in V8's own format, since the lists can be long. It
 * keeps lone surrogates.
 */
export interface PackedResult {
  readonly report: SnapshotReport | ShallowReport;
  readonly packed?: Uint8Array;
}

/** What an analysis gives. */
export interface AnalyseResult {
  readonly report: SnapshotReport | ShallowReport;
  readonly series: readonly ClassSummary[];
  readonly interfaces: readonly InterfaceDefinition[];
  readonly evidence?: SnapshotEvidence;
}

/** A result, and what to tell the user if it could not be kept for the next time. */
export interface Kept<T> {
  readonly value: T;
  readonly note?: string;
}

/** An error class does not survive the way between threads, so failures are values. */
export type TaskResult<T> =
  | ({ readonly ok: true } & Kept<T>)
  | { readonly ok: false; readonly error: SnapshotErrorData; readonly file: string };

export type OpenResult = SnapshotHandover;
export type DiffResult = readonly ClassDiff[] | ObjectDiff;
export type WasteResult = WasteReport;
