import type { Outcome, StageTiming } from '../base/types.js';
import { heading, type Screen } from './screen.js';
import { type Cell, renderTable } from './table.js';
import { counted, formatBytes, formatCount } from './units.js';

const COLUMNS = [
  { title: 'stage', shrinksTo: 14 },
  { title: 'thread', align: 'right' },
  { title: 'begins', align: 'right', dropOrder: 1 },
  { title: 'ms', align: 'right' },
  { title: 'bytes', align: 'right' },
  { title: 'of', dropOrder: 2 },
  { title: 'rate', align: 'right' },
] as const;

/**
 * How long each stage of the snapshots took, for people: where a slow file is slow. `began`: when the process of a single snapshot
 * started, in milliseconds since 1970. `''` where nothing was measured.
 */
export function timingsText(snapshots: readonly Outcome[], screen: Screen, began?: number): string {
  return snapshots
    .flatMap((snapshot) =>
      snapshot.ok && snapshot.timings?.length ? [snapshotTimings(snapshot.file, snapshot.timings, screen, began)] : [],
    )
    .join('\n');
}

function snapshotTimings(file: string, timings: readonly StageTiming[], screen: Screen, began?: number): string {
  const stages = [...timings].sort((a, b) => a.startMs - b.startMs || a.thread - b.thread);
  const from = began ?? stages[0].startMs;
  const total = Math.max(...stages.map(({ startMs, ms }) => startMs + ms)) - from;
  const rows = stages.map(({ stage, thread, startMs, ms, bytes, unit }): Cell[] => [
    stage,
    String(thread),
    formatMs(startMs - from),
    formatMs(ms),
    bytes > 0 ? formatBytes(bytes) : '',
    bytes > 0 ? unit : '',
    bytes > 0 && ms > 0 ? `${formatBytes((1000 * bytes) / ms)}/s` : '',
  ]);
  if (began !== undefined) rows.unshift(['start', '1', formatMs(0), formatMs(stages[0].startMs - from), '', '', '']);
  const note = `${counted(stages.length, 'stage')}, ${formatMs(total)} ms in all · ${file}`;
  return heading('Time', note, screen) + renderTable(COLUMNS, rows, screen);
}

/** `1,234`, `12.3`. */
function formatMs(ms: number): string {
  return ms < 99.95 ? ms.toFixed(1) : formatCount(ms);
}
