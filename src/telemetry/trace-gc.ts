import { isFigure } from './figure.js';
import type { LineParser, LineResult, LineSink, TelemetryFormat } from './format.js';

/**
 * What `node --trace-gc` prints: process, isolate, milliseconds since its start, kind, megabytes before and after (with what the system
 * has given for them), and milliseconds it took. Node 22 says how much is pooled, Node 18 calls a full collection Mark-sweep.
 */
const LINE =
  /^\[(\d+):(0x[0-9a-f]+)\]\s+(\d+) ms: (Scavenge|Mark-Compact|Minor Mark-Compact|Mark-sweep)(?: \([^)]*\))* ([\d.]+) \(([\d.]+)\) -> ([\d.]+) \(([\d.]+)\) MB,(?: pooled: ([\d.]+) MB,)? ([\d.]+) \/ ([\d.]+) ms/;

/** V8 prints megabytes of 2^20 bytes. */
const MEGABYTE = 1 << 20;
const FULL: ReadonlySet<string> = new Set(['Mark-Compact', 'Mark-sweep']);

/** A log of V8's collections, by itself or among a program's own lines. */
export const traceGc: TelemetryFormat = {
  name: 'trace-gc log',
  recognise: (line) => (LINE.test(line) ? parser : undefined),
};

const parser: LineParser = {
  isHeader: false,
  parse(line: string, sink: LineSink): LineResult {
    // Most lines of a log that is not only this are told by their first letter.
    const found = line.startsWith('[') ? LINE.exec(line) : null;
    if (found === null) return 'skipped';
    const [, pid, isolate, ms, kind, , , after, total, , pause] = found;
    const since = Number(ms);
    const figures = [since, Number(after) * MEGABYTE, Number(total) * MEGABYTE, Number(pause)];
    // Dots and digits of any number: of two lines that were written into each other, say.
    if (!figures.every(isFigure)) return { bad: 'a number that is none' };
    // Each worker has a heap of its own; the time since the process began only grows.
    sink.begin(`${pid}:${isolate}`, since, since);
    const [, left, reserved, paused] = figures;
    sink.value('v8.heap_used', left);
    sink.value('v8.heap_total', reserved);
    sink.value('v8.gc_pause_ms', paused);
    if (FULL.has(kind)) sink.value('v8.live', left);
    return 'used';
  },
};
