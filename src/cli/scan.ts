import { SnapshotError } from '../base/errors.js';
import type { ScanReport } from '../base/scan-types.js';
import { scan } from '../batch/scan-folder.js';
import { scanJson } from '../report/scan-json.js';
import { scanText } from '../report/scan-text.js';
import type { CommandResult, Execution } from './execution.js';
import { EXIT, UsageError } from './exit-codes.js';
import type { ProgressMode } from './terminal.js';

export interface ScanCommandOptions {
  readonly json?: boolean;
  readonly progress: ProgressMode;
  readonly failOn: 'high' | 'medium' | 'never';
  readonly alpha?: number;
  readonly window?: number;
}

/** A finding that is sure enough to be reported; below that it is something to look at. */
const REPORTED = 0.75;

export async function scanCommand(
  folder: string,
  { json, failOn, alpha, window }: ScanCommandOptions,
  { engine, onEstimate, screen }: Execution,
): Promise<CommandResult> {
  const report = await scan(folder, { ...engine, onEstimate, alpha, window }).catch((thrown) => {
    const error = SnapshotError.from(thrown);
    if (error.code === 'UNREADABLE')
      throw new UsageError(`expected a folder with telemetry and snapshots: ${error.message}`);
    throw thrown;
  });
  if (report.inputs.length === 0) throw new UsageError(`found no telemetry and no snapshots in the folder ${folder}`);
  const failed = report.inputs.filter(({ error }) => error !== undefined);
  return {
    output: json ? scanJson(report) : scanText(report, screen),
    notes: failed.map(({ file, error }) => `${file}: ${error?.code}: ${error?.message}`),
    exitCode: fails(report, failOn) ? EXIT.findings : failed.length > 0 ? EXIT.inputs : EXIT.ok,
  };
}

/** A finding comes before an input that failed: what was found is there, whatever else would have been. */
function fails({ verdict, findings }: ScanReport, failOn: ScanCommandOptions['failOn']): boolean {
  if (failOn === 'never') return false;
  const reported = findings.filter(({ confidence }) => confidence >= REPORTED);
  if (failOn === 'high') return reported.some(({ severity }) => severity === 'HIGH');
  return verdict === 'leak' || verdict === 'unverified';
}
