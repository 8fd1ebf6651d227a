import type { ScanAlert, ScanReport } from '../base/scan-types.js';
import type { Analysis } from '../base/types.js';
import type { Telemetry } from '../telemetry/index.js';

/** Telemetry of one file, and when the file was last written: what dates a log whose times count from a program's start. */
export interface KeptTelemetry {
  /** Name of the file, without its folder. */
  readonly source: string;
  readonly telemetry: Telemetry;
  /** Milliseconds since 1970. */
  readonly modified: number;
}

/** A scan and what it was made of. */
export interface KeptScan {
  readonly service: string;
  readonly host: string;
  /** That of the newest evidence, in milliseconds since 1970. */
  readonly ts: number;
  /** Of the newest snapshot, or else `ts`. */
  readonly judgedTs: number;
  readonly report: ScanReport;
  readonly telemetry: readonly KeptTelemetry[];
  /** Undefined where there are no snapshots. */
  readonly analysis: Analysis | undefined;
  readonly alerts: readonly ScanAlert[];
}
