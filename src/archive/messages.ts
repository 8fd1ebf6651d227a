import { judgedProcesses } from './heap-columns.js';
import type { KeptScan, KeptTelemetry } from './kept-scan.js';
import { daysOf, seriesRows } from './series-rows.js';
import type { Row } from './tables.js';
import { writeFileOrPipe } from './whole-file.js';

/** Characters that are written at once. */
const PIECE = 1 << 20;

/**
 * A scan as messages for a queue or another program, a line of JSON each: every sample of every metric with what the scan thinks of it, then a
 * message for each finding. In the order of files, days, processes and metrics. Memory: the rows of one process and day.
 */
export function* messagesOf(scan: KeptScan): Generator<string> {
  for (const kept of scan.telemetry) yield* sampleMessages(kept, scan);
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

function* sampleMessages(kept: KeptTelemetry, scan: KeptScan): Generator<string> {
  const judged = judgedProcesses(kept, scan.report);
  for (const day of daysOf(kept))
    for (const { process, heap } of judged)
      for (const row of seriesRows(process, kept, day, scan, heap)) yield lineOf(sampleMessage(row));
}

function sampleMessage({ service, host, source, process, tags, samples, ...row }: Row) {
  const { ts, metric, value, ...analysed } = row;
  const message = { v: 1, ts, metric, value, tags: JSON.parse(tags as string), ...analysed };
  return samples === 1 ? message : { ...message, samples };
}

function lineOf(message: object): string {
  return `${JSON.stringify(message)}\n`;
}

/** Writes messages to a file, whole or not at all, or into a pipe or device that is there. Throws what the system says. */
export function writeMessages(file: string, messages: Iterable<string>): void {
  writeFileOrPipe(file, piecesOf(messages));
}

function* piecesOf(lines: Iterable<string>): Generator<Uint8Array> {
  let text = '';
  for (const line of lines) {
    text += line;
    if (text.length < PIECE) continue;
    yield Buffer.from(text);
    text = '';
  }
  yield Buffer.from(text);
}
