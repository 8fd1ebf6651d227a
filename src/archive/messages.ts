import { closeSync, constants, openSync, realpathSync, statSync, writeSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { breath } from './breath.js';
import { judgedProcesses } from './heap-columns.js';
import type { KeptScan, KeptTelemetry } from './kept-scan.js';
import { keptDays, seriesRows } from './series-rows.js';
import type { Row } from './tables.js';
import { writeWholeFileSlowly } from './whole-file.js';

/** Characters that are written at once. */
const PIECE = 1 << 20;
/** Between two tries of a pipe that has no reader, or a slow one. */
const PATIENCE_MS = 20;

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

/**
 * Writes messages to a file, whole or not at all, or into a pipe or device that is there. A link stays one. A pipe is waited for until someone
 * reads it. Rejects with what the system says, and with the signal's reason.
 */
export async function writeMessages(
  file: string,
  messages: AsyncIterable<string>,
  signal?: AbortSignal,
): Promise<void> {
  const stat = statSync(file, { throwIfNoEntry: false });
  if (stat === undefined || stat.isFile()) {
    await writeWholeFileSlowly(stat === undefined ? file : realpathSync(file), piecesOf(messages));
    return;
  }
  const descriptor = await openedNow(file, stat.isFIFO(), signal);
  try {
    for await (const bytes of piecesOf(messages)) await writeAsTaken(descriptor, bytes, signal);
  } finally {
    closeSync(descriptor);
  }
}

/** Never blocked: a pipe without a reader would keep this thread, and a signal with it, for good. */
async function openedNow(file: string, isPipe: boolean, signal: AbortSignal | undefined): Promise<number> {
  for (;;) {
    try {
      return openSync(file, constants.O_WRONLY | (constants.O_NONBLOCK ?? 0));
    } catch (error) {
      if (!isPipe || codeOf(error) !== 'ENXIO') throw error;
    }
    await sleep(PATIENCE_MS, undefined, { signal });
  }
}

async function writeAsTaken(descriptor: number, bytes: Uint8Array, signal: AbortSignal | undefined): Promise<void> {
  for (let at = 0; at < bytes.length; ) {
    try {
      at += writeSync(descriptor, bytes, at);
    } catch (error) {
      if (codeOf(error) !== 'EAGAIN') throw error;
      await sleep(PATIENCE_MS, undefined, { signal });
    }
  }
}

function codeOf(error: unknown): string | undefined {
  return (error as NodeJS.ErrnoException).code;
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
