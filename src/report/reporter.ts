import type { LeftOut, TelemetryChart } from '../base/report-types.js';
import type { ScanReport } from '../base/scan-types.js';
import type { Analysis } from '../base/types.js';
import type { ScanExtras } from './scan-json.js';
import type { Screen } from './screen.js';

/** Where a report is read, and how much of it. */
interface ReportView {
  readonly screen: Screen;
  /** Rows of tables for people. */
  readonly rows: number;
  /** Folder that places in sources are told from, where they lie below it; '' for none. */
  readonly root: string;
  /** Figures over time, where a reporter needs them and there are any. */
  readonly telemetry?: readonly TelemetryChart[];
  /** What this lacks that there was. */
  readonly leftOut?: readonly LeftOut[];
}

export interface AnalysisInput extends ReportView {
  readonly kind: 'analysis';
  readonly analysis: Analysis;
}

export interface ScanReportInput extends ReportView {
  readonly kind: 'scan';
  readonly report: ScanReport;
  /** Of its snapshots; undefined where there are none. */
  readonly analysis: Analysis | undefined;
  readonly extras: ScanExtras;
}

/** What a command has found. */
export type ReportInput = AnalysisInput | ScanReportInput;

/** What a reporter shows that takes work of its own: known beforehand, so that it is done for no other. */
export interface ReporterNeeds {
  /** `SnapshotReport.picture`. */
  readonly picture?: boolean;
  /** `ReportInput.telemetry`. */
  readonly charts?: boolean;
}

/** A format. Pure: the same input gives the same bytes, and nothing is read or written. */
export interface Reporter {
  readonly render: (input: ReportInput) => string | Uint8Array;
  /** What belongs at the end of a file that the environment names, in at most `room` bytes. */
  readonly appendix?: {
    readonly variable: string;
    /** Bytes that the file may have. */
    readonly limit: number;
    readonly render: (input: ReportInput, room: number) => string;
  };
}
