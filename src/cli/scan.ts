import { join } from 'node:path';
import { SnapshotError } from '../base/errors.js';
import type { ScanAlert, ScanInput, ScanReport } from '../base/scan-types.js';
import { keepScan, keepsSeries, sendMessages } from '../batch/keep-scan.js';
import { EVIDENCE, type FolderScan, scanFolder } from '../batch/scan-folder.js';
import type { ScanReportInput } from '../report/reporter.js';
import { scanJson } from '../report/scan-json.js';
import { scanText } from '../report/scan-text.js';
import { isSevere } from '../scan/scan.js';
import { needsPicture } from './analyze.js';
import type { CommandResult, Execution } from './execution.js';
import { EXIT, UsageError } from './exit-codes.js';
import { type ReporterOptions, TABLE_ROWS } from './options.js';
import type { ProgressMode } from './terminal.js';

export interface ScanCommandOptions extends ReporterOptions {
  readonly progress: ProgressMode;
  readonly failOn: 'high' | 'medium' | 'never';
  readonly alpha?: number;
  readonly window?: number | { readonly seconds: number };
  readonly baseline?: string;
  /** Milliseconds. */
  readonly fileTimeout?: number;
  readonly sourceMaps?: string;
  readonly span?: string;
  readonly seed?: boolean;
  /** Default: `alerts` in the scanned folder. */
  readonly alerts?: string;
  readonly service?: string;
  readonly host?: string;
  readonly archive?: string;
  readonly archiveDays?: number;
  readonly archiveTime?: number;
  readonly messages?: string;
  readonly webhook?: string;
  readonly webhookAllow?: readonly string[];
  /** Milliseconds between two scans; `true` for the usual ones. */
  readonly watch?: true | number;
}

/** Signs what is sent. Not an option: those are seen by everyone on the machine. */
const SECRET = 'HEAPSLEUTH_WEBHOOK_SECRET';

export async function scanCommand(
  folder: string,
  given: ScanCommandOptions,
  execution: Execution,
): Promise<CommandResult> {
  const options = await withReports(given, folder);
  if (options.watch !== undefined) {
    const { watchFolder } = await import('./watch.js');
    return watchFolder(folder, options, execution);
  }
  const scanned = await scanOnce(folder, options, execution);
  if (scanned.report.inputs.length === 0)
    throw new UsageError(`found no telemetry, profiles or snapshots in the folder ${folder}`);
  return finishScan(folder, scanned, options, execution);
}

async function withReports(options: ScanCommandOptions, folder: string): Promise<ScanCommandOptions> {
  if (!options.reporter && !options.outputFile) return options;
  const { isDirectlyIn, planReports } = await import('./reporting.js');
  // Watching looks at all files of the folder: each report would be a reason for the next one.
  const names = options.watch === undefined ? EVIDENCE : /./s;
  return { ...options, reports: planReports(options, isDirectlyIn(folder, names)) };
}

/** `before`: the scan before this one, whose analysis does as long as snapshots are the same. */
export async function scanOnce(
  folder: string,
  options: ScanCommandOptions,
  { engine, onEstimate }: Execution,
  before?: FolderScan,
): Promise<FolderScan> {
  const { alpha, window, baseline, fileTimeout, sourceMaps } = options;
  const settings = { ...engine, onEstimate, alpha, window, baseline, fileTimeout, sourceMaps };
  const drawsCharts = options.reports?.some(({ needs }) => needs.charts);
  const shown = { drawsCharts, picture: needsPicture(options) };
  return scanFolder(folder, settings, { before, keepsSeries: keepsSeries(options), ...shown }).catch((thrown) => {
    const error = SnapshotError.from(thrown);
    if (error.code === 'UNREADABLE' && error.file === undefined)
      throw new UsageError(`expected a folder with telemetry and snapshots: ${error.message}`);
    throw thrown;
  });
}

/** Keeps and sends what there is to keep and send, and says the rest. `delivered`: ids of alerts that need not be sent again. */
export async function finishScan(
  folder: string,
  scanned: FolderScan,
  options: ScanCommandOptions,
  { engine, screen }: Execution,
  delivered = new Set<string>(),
): Promise<CommandResult> {
  const { report } = scanned;
  const { alerts = join(folder, 'alerts'), archiveTime } = options;
  const keep = { ...options, alerts, archivedAt: archiveTime };
  const kept = await keepScan(folder, scanned, keep, engine.signal);
  const sent = await deliver(
    kept.alerts.filter(({ alert_id }) => !delivered.has(alert_id)),
    options,
    engine.signal,
    delivered,
  );
  const messages = await sendMessages(folder, scanned, kept.alerts, keep, engine.signal);
  const failed = report.inputs.filter(({ error }) => error !== undefined);
  const code = fails(report, options.failOn) ? EXIT.findings : failed.length > 0 ? EXIT.inputs : EXIT.ok;
  // Archive and messages leave out the same.
  const notes = [...new Set([...kept.notes, ...sent, ...messages.notes])];
  const exitCode = kept.isLost || messages.isLost ? EXIT.internal : code;
  const failures = failed.map(failureNote);
  if (options.reports) {
    const { reportResult } = await import('./reporting.js');
    const evidence = { report, analysis: scanned.analysis, ...drawn(scanned) };
    const source = { kind: 'scan', ...evidence, extras: options, rows: TABLE_ROWS } as const;
    return reportResult(options.reports, source, screen, { failures, notes, exitCode }, engine.signal);
  }
  const output = options.json ? scanJson(report, options) : scanText(report, screen, options);
  return { output, notes: [...failures, ...notes], exitCode };
}

function drawn({ charts }: FolderScan): Pick<ScanReportInput, 'telemetry' | 'leftOut'> {
  if (charts === undefined) return {};
  const { shown, of } = charts;
  return {
    telemetry: charts.charts,
    ...(shown < of && { leftOut: [{ what: 'processes of the telemetry', shown, of }] }),
  };
}

function failureNote({ file, error }: ScanInput): string {
  return `${file}: ${error?.code}: ${error?.message}`;
}

/** What could not be delivered is told; the file of the alert is there in any case. */
async function deliver(
  alerts: readonly ScanAlert[],
  { webhook, webhookAllow = [] }: ScanCommandOptions,
  signal: AbortSignal,
  delivered: Set<string>,
): Promise<string[]> {
  if (webhook === undefined || alerts.length === 0) return [];
  const { sendAlert } = await import('../batch/webhook.js');
  const target = { url: webhook, allowed: webhookAllow, secret: process.env[SECRET] ?? '', signal };
  const notes: string[] = [];
  for (const one of alerts) {
    const reason = await sendAlert(one, target);
    if (reason === undefined) delivered.add(one.alert_id);
    else notes.push(`alert ${one.alert_id} was not delivered: ${reason}`);
  }
  return notes;
}

/** A finding comes before an input that failed: what was found is there, whatever else would have been. */
function fails(report: ScanReport, failOn: ScanCommandOptions['failOn']): boolean {
  if (failOn === 'never') return false;
  return failOn === 'high' ? isSevere(report) : report.verdict === 'leak' || report.verdict === 'unverified';
}
