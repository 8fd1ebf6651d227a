import type { GateReport } from './gate-types.js';
import type { ScanReport } from './scan-types.js';
import type { Analysis, Bytes, ClassSummary } from './types.js';
import type { WasteReport } from './waste-types.js';

/**
 * The part of a snapshot's dominator tree that a person can look at: the nodes that retain most, each behind its immediate dominator. One
 * array a field, all of one length, nodes in preorder: a node's children come behind it, one level deeper, largest retained size first.
 */
export interface DominatorTree {
  readonly file: string;
  /** Nodes of the snapshot. */
  readonly nodeCount: number;
  readonly totalSize: Bytes;
  /** The retained size below which nodes are left out, if they were not left out for their number. */
  readonly leastSize: Bytes;
  /** What `name` and `className` are positions in. Values of strings are not among them unless they were asked for. */
  readonly texts: readonly string[];
  /** 0 for the root. */
  readonly depth: readonly number[];
  readonly name: readonly number[];
  readonly className: readonly number[];
  readonly id: readonly number[];
  readonly selfSize: readonly Bytes[];
  readonly retainedSize: readonly Bytes[];
  /** Nodes that it immediately dominates, listed or not. */
  readonly childCount: readonly number[];
}

/** What is shown of one snapshot besides its figures. */
export interface SnapshotPicture {
  readonly tree: DominatorTree;
  readonly waste: WasteReport;
  /** By retained size: more of them than the report lists. */
  readonly classes: readonly ClassSummary[];
}

/** How much of a snapshot is shown. */
export interface PictureOptions {
  /** Nodes of the dominator tree; default 5,000. */
  readonly nodes?: number;
  /** Classes; default 2,000. */
  readonly classes?: number;
  /** Items of each kind of waste; default 20. */
  readonly wasteItems?: number;
  /** Shows values of strings. Default: their lengths and fingerprints only. */
  readonly showValues?: boolean;
}

/** One figure of one process over time, one array a field, all of one length. Neighbouring samples may have become one. */
export interface TelemetryChart {
  /** Name of the file, without its folder. */
  readonly source: string;
  readonly process: string;
  readonly metric: string;
  /** Milliseconds since 1970 where `hasTimes` is set, else positions. */
  readonly hasTimes: boolean;
  readonly ts: readonly number[];
  readonly least: readonly number[];
  readonly most: readonly number[];
  readonly last: readonly number[];
  /** What the trend was judged by: the heap behind collections. Empty for other figures. */
  readonly lows: readonly { readonly ts: number; readonly value: number }[];
}

/** What was left out of a report, and how much there is. */
export interface LeftOut {
  /** In the plural: `classes`, `nodes of the dominator tree`. */
  readonly what: string;
  readonly shown: number;
  readonly of: number;
}

/** What the HTML report shows: the document within the page. */
export interface ReportDocument {
  readonly schemaVersion: 1;
  readonly kind: 'report';
  readonly engineVersion: string;
  /** Of the snapshots; null for a scan without any. */
  readonly analysis: Analysis | null;
  /** Null for `analyze` and `batch`. */
  readonly scan: ScanReport | null;
  readonly tree: DominatorTree | null;
  readonly waste: WasteReport | null;
  readonly telemetry: readonly TelemetryChart[];
  /** What the result was held against, what fails first; null where it was not. */
  readonly gate: GateReport | null;
  readonly leftOut: readonly LeftOut[];
}
