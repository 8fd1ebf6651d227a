import { statSync } from 'node:fs';
import { hostname } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { SnapshotError } from '../base/errors.js';
import type { ScanAlert, ScanReport } from '../base/scan-types.js';
import { knownAlerts, writeAlerts } from '../batch/alert-files.js';
import { scan } from '../batch/scan-folder.js';
import { scanJson } from '../report/scan-json.js';
import { scanText } from '../report/scan-text.js';
import { raiseAlerts } from '../scan/alerts.js';
import { REPORTED } from '../scan/scan.js';
import { LEAST_DATE } from '../telemetry/timestamp.js';
import type { CommandResult, Execution } from './execution.js';
import { EXIT, UsageError } from './exit-codes.js';
import type { ProgressMode } from './terminal.js';

export interface ScanCommandOptions {
  readonly json?: boolean;
  readonly progress: ProgressMode;
  readonly failOn: 'high' | 'medium' | 'never';
  readonly alpha?: number;
  readonly window?: number;
  /** Default: `alerts` in the scanned folder. */
  readonly alerts?: string;
  readonly service?: string;
  readonly host?: string;
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
  const report = await scan(folder, { ...engine, onEstimate, alpha, window }).catch((thrown) => {
    const error = SnapshotError.from(thrown);
    if (error.code === 'UNREADABLE')
      throw new UsageError(`expected a folder with telemetry and snapshots: ${error.message}`);
    throw thrown;
  });
  if (report.inputs.length === 0) throw new UsageError(`found no telemetry and no snapshots in the folder ${folder}`);
  const failed = report.inputs.filter(({ error }) => error !== undefined);
  const alerts = alert(folder, report, options);
  const sent = await deliver(alerts.raised, options, engine.signal);
  const code = fails(report, failOn) ? EXIT.findings : failed.length > 0 ? EXIT.inputs : EXIT.ok;
  return {
    output: json ? scanJson(report) : scanText(report, screen),
    notes: [...failed.map(({ file, error }) => `${file}: ${error?.code}: ${error?.message}`), ...alerts.notes, ...sent],
    exitCode: alerts.isLost ? EXIT.internal : code,
  };
}

interface Raised {
  readonly raised: readonly ScanAlert[];
  readonly notes: readonly string[];
  /** Whether what was raised is in no file. */
  readonly isLost: boolean;
}

/** Writes what is sure to files of its own, whatever else is done about it. */
function alert(folder: string, report: ScanReport, options: ScanCommandOptions): Raised {
  const target = options.alerts ?? join(folder, 'alerts');
  const source = {
    service: options.service ?? basename(resolve(folder)),
    host: options.host ?? hostname(),
    ts: newestTime(folder, report),
  };
  const { alerts, suppressed } = raiseAlerts(report.findings, report.verdict, source, knownAlerts(target));
  const quiet = suppressed > 0 ? [`${suppressed} alerts not repeated within five minutes`] : [];
  try {
    const notes = writeAlerts(target, alerts).map((file) => `alert: ${file}`);
    return { raised: alerts, notes: [...notes, ...quiet], isLost: false };
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return { raised: alerts, notes: [`an alert could not be written: ${why}`, ...quiet], isLost: true };
  }
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

/** Of the telemetry, or else of the snapshots' files. */
function newestTime(folder: string, { trends, inputs }: ScanReport): number {
  const times = trends.filter(({ hasTimes, to }) => hasTimes && to >= LEAST_DATE).map(({ to }) => to);
  const snapshots = inputs.filter(({ kind }) => kind === 'snapshot').map(({ file }) => join(folder, file));
  const known = times.length > 0 ? times : snapshots.map((file) => Math.floor(statSync(file).mtimeMs));
  return known.reduce((newest, time) => Math.max(newest, time), 0);
}

/** A finding comes before an input that failed: what was found is there, whatever else would have been. */
function fails({ verdict, findings }: ScanReport, failOn: ScanCommandOptions['failOn']): boolean {
  if (failOn === 'never') return false;
  const reported = findings.filter(({ confidence }) => confidence >= REPORTED);
  if (failOn === 'high') return reported.some(({ severity }) => severity === 'HIGH');
  return verdict === 'leak' || verdict === 'unverified';
}
