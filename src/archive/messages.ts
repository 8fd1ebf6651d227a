import { breath } from './breath.js';
import { writeFileOrPipe } from './file-or-pipe.js';
import { judgedProcesses } from './heap-columns.js';
import type { KeptScan, KeptTelemetry } from './kept-scan.js';
import { keptDays, seriesRows } from './series-rows.js';
import type { Row } from './tables.js';

/** Characters that are written at once. */
const PIECE = 1 << 20;

/**
 * A scan as messages for a queue or another program, a line of JSON each: every sample of every metric with what the scan thinks of it, then a
 * message for each finding. In the order of files, days, processes and metrics. Memory: the rows of one process and day. Rejects with the
 * signal's reason.
 */
export async function* messagesOf(scan: KeptScan, signal?: AbortSignal): AsyncGenerator<string> {
  for (const kept of scan.telemetry) yield* sampleMessages(kept, scan, signal);
  for (const finding of scan.report.findings) {
    const alert = scan.alerts.find(({ signature }) => signature === finding.signature);
    yield lineOf({
      ...{ v: 1, ts: scan.ts, metric: 'leak.confidence', value: finding.confidence },
      tags: { host: scan.host, service: scan.service, title: finding.title, holder: finding.holder.expression },
      ...{ layer: finding.trail.at(-1)?.level ?? null, signature: finding.signature },
      ...{ confidence: finding.confidence, severity: finding.severity, alert_id: alert?.alert_id ?? null },
    });
  }
}

/** What messages leave out of a scan, and why. */
export function messageNotes(scan: KeptScan): string[] {
  return scan.telemetry.flatMap((kept) => keptDays(kept).notes);
}

async function* sampleMessages(
  kept: KeptTelemetry,
  scan: KeptScan,
  signal: AbortSignal | undefined,
): AsyncGenerator<string> {
  const { days } = keptDays(kept);
  if (days.length === 0) return;
  const judged = await judgedProcesses(kept, scan.report, signal);
  for (const day of days) {
    for (const { process, heap } of judged) {
      await breath(signal);
      for (const row of seriesRows(process, kept, day, scan, heap)) yield lineOf(sampleMessage(row));
    }
  }
}

function sampleMessage({ service, host, source, process, tags, samples, ...row }: Row) {
  const { ts, metric, value, ...analysed } = row;
  const message = { v: 1, ts, metric, value, tags: JSON.parse(tags as string), ...analysed };
  return samples === 1 ? message : { ...message, samples };
}

function lineOf(message: object): string {
  return `${JSON.stringify(message)}\n`;
}

/** Writes messages to a file, whole or not at all, or into a pipe or device that is there. Rejects as `writeFileOrPipe` does. */
export function writeMessages(file: string, messages: AsyncIterable<string>, signal?: AbortSignal): Promise<void> {
  return writeFileOrPipe(file, piecesOf(messages), signal);
}

async function* piecesOf(lines: AsyncIterable<string>): AsyncGenerator<Uint8Array> {
  let text = '';
  for await (const line of lines) {
    text += line;
    if (text.length < PIECE) continue;
    yield Buffer.from(text);
    text = '';
  }
  yield Buffer.from(text);
}
