import type { SnapshotErrorData } from './errors.js';
import type { Bytes, ClassDiff, ClassSummary, Ordinal, Statistics } from './types.js';

// What the explorer's server answers. Every answer has `schemaVersion` and `kind` besides.

/** In place of a value of a string or another name that is data: what stands for it everywhere, or of a very long one its bytes in the file. */
export type HiddenValue = { readonly length: number; readonly fingerprint: string } | { readonly bytes: Bytes };

/** A node in a line. */
export interface NodeRow {
  readonly id: number;
  readonly ordinal: Ordinal;
  readonly type: string;
  /** At most 1,000 UTF-16 units of it; null where it is a value that is not shown. */
  readonly name: string | null;
  readonly value?: HiddenValue;
  readonly className: string;
  readonly selfSize: Bytes;
  readonly retainedSize: Bytes;
  readonly distance: number;
  readonly edgeCount: number;
  readonly retainerCount: number;
  /** Whether it dominates any other node. */
  readonly dominates: boolean;
}

export interface EdgeRow {
  /** Position in the snapshot's edges. */
  readonly index: number;
  readonly type: string;
  /** Null where it is data that is not shown: a key of a table, or what reads like no name. */
  readonly name: string | number | null;
  readonly value?: HiddenValue;
  /** What the edge leads to; of retainers what it comes from. */
  readonly node: NodeRow;
}

/** A part of a list. */
export interface Rows<T> {
  readonly total: number;
  readonly offset: number;
  readonly items: readonly T[];
}

export interface NodeAnswer {
  readonly node: NodeRow;
  readonly rawSelfSize: Bytes;
  readonly detachedness: number;
  readonly classKey: string;
  readonly dominatedCount: number;
  /** Names of filters that keep it. */
  readonly keptBy: readonly string[];
}

/** A step away from the node, from 1; steps in the middle of a long way are left out. */
export interface WayRows<T> {
  readonly total: number;
  readonly steps: readonly (T & { readonly step: number })[];
}

export interface SnapshotStatus {
  /** Position among the snapshots of this server. */
  readonly snapshot: number;
  readonly file: string;
  readonly state: 'closed' | 'waiting' | 'opening' | 'indexing' | 'ready' | 'failed';
  /** Of the work that this state stands for, 0 … 1. */
  readonly fraction?: number;
  readonly stage?: string;
  readonly error?: SnapshotErrorData;
}

export interface ServerStatus {
  readonly engineVersion: string;
  readonly showValues: boolean;
  readonly snapshots: readonly SnapshotStatus[];
  /** The one that was opened at the start. */
  readonly first: number;
  readonly report: {
    readonly state: 'waiting' | 'working' | 'ready' | 'failed';
    readonly fraction: number;
  };
}

export interface OverviewAnswer {
  readonly file: string;
  readonly nodeCount: number;
  readonly edgeCount: number;
  readonly totalSize: Bytes;
  readonly statistics: Statistics;
  readonly classCount: number;
  readonly root: NodeRow;
  readonly filters: readonly FilterTotals[];
}

export interface FilterTotals {
  readonly filter: string;
  readonly title: string;
  readonly count: number;
  readonly selfSize: Bytes;
}

export type ClassRow = ClassSummary;

export interface FoundAnswer extends Rows<NodeRow> {
  /** Different names that have the text. */
  readonly names: number;
}

export interface DiffAnswer extends Rows<ClassDiff> {
  readonly totals: Pick<
    ClassDiff,
    'newCount' | 'deletedCount' | 'countDelta' | 'allocatedSize' | 'freedSize' | 'sizeDelta'
  >;
}
