import { SnapshotError } from '../base/errors.js';
import type { ScanAlert, ScanReport } from '../base/scan-types.js';
import { keepScan } from '../batch/keep-scan.js';
import { scanFolder } from '../batch/scan-folder.js';
import { scanJson } from '../report/scan-json.js';
import { scanText } from '../report/scan-text.js';
import { REPORTED } from '../scan/findings.js';
import type { CommandResult, Execution } from './execution.js';
import { EXIT, UsageError } from './exit-codes.js';
import type { ProgressMode } from './terminal.js';

export interface ScanCommandOptions {
  readonly json?: boolean;
  readonly progress: ProgressMode;
  readonly failOn: 'high' | 'medium' | 'never';
  readonly alpha?: number;
  readonly window?: number;
  readonly alerts?: string;
  readonly service?: string;
  readonly host?: string;
  readonly archive?: string;
  readonly archiveDays?: number;
  readonly archiveTime?: number;
  readonly webhook?: string;
  readonly webhookAllow?: readonly string[];
}

/** Signs what is sent. Not an option: those are seen by everyone on the machine. */
const SECRET = 'HEAPSLEUTH_WEBHOOK_SECRET';

export async function scanCommand(
  folder: string,
  options: ScanCommandOptions,
  { engine, onEstimate, screen }: Execution,
): Promise<CommandResult> {
  const { json, failOn, alpha, window } = options;
  const scanned = await scanFolder(folder, { ...engine, onEstimate, alpha, window }).catch((thrown) => {
    const error = SnapshotError.from(thrown);
    if (error.code === 'UNREADABLE')
      throw new UsageError(`expected a folder with telemetry and snapshots: ${error.message}`);
    throw thrown;
  });
  const { report } = scanned;
  if (report.inputs.length === 0) throw new UsageError(`found no telemetry and no snapshots in the folder ${folder}`);
  const failed = report.inputs.filter(({ error }) => error !== undefined);
  const kept = await keepScan(folder, scanned, { ...options, archivedAt: options.archiveTime, signal: engine.signal });
  const sent = await deliver(kept.alerts, options, engine.signal);
  const code = fails(report, failOn) ? EXIT.findings : failed.length > 0 ? EXIT.inputs : EXIT.ok;
  return {
    output: json ? scanJson(report) : scanText(report, screen),
    notes: [...failed.map(({ file, error }) => `${file}: ${error?.code}: ${error?.message}`), ...kept.notes, ...sent],
    exitCode: kept.isLost ? EXIT.internal : code,
  };
}

/** What could not be delivered is told; the file of the alert is there in any case. */
async function deliver(
  alerts: readonly ScanAlert[],
  { webhook, webhookAllow = [] }: ScanCommandOptions,
  signal: AbortSignal,
): Promise<string[]> {
  if (webhook === undefined || alerts.length === 0) return [];
  const { sendAlert } = await import('../batch/webhook.js');
  const target = { url: webhook, allowed: webhookAllow, secret: process.env[SECRET] ?? '', signal };
  const notes: string[] = [];
  for (const one of alerts) {
    const reason = await sendAlert(one, target);
    if (reason !== undefined) notes.push(`alert ${one.alert_id} was not delivered: ${reason}`);
  }
  return notes;
}

/** A finding comes before an input that failed: what was found is there, whatever else would have been. */
function fails({ verdict, findings }: ScanReport, failOn: ScanCommandOptions['failOn']): boolean {
  if (failOn === 'never') return false;
  const reported = findings.filter(({ confidence }) => confidence >= REPORTED);
  if (failOn === 'high') return reported.some(({ severity }) => severity === 'HIGH');
  return verdict === 'leak' || verdict === 'unverified';
}
