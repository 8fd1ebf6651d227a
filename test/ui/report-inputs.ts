import { copyFileSync, mkdirSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { analyze } from 'heapsleuth';
import type { SnapshotPicture } from '#src/base/report-types.js';
import type { Analysis } from '#src/base/types.js';
import { scanFolder } from '#src/batch/scan-folder.js';
import type { AnalysisInput, ScanReportInput } from '#src/report/reporter.js';
import { createScreen } from '#src/report/screen.js';
import { seriesFile } from '../cli/run-cli.js';

const VIEW = { screen: createScreen(100, false), rows: 15, root: '/srv/shop' };
const STEPS = [1, 2, 3, 4, 5, 6, 7, 8];
const START = 1_795_410_000_000;
const EVERY = 10_000;
const SAMPLES = 400;

/** The last readable snapshot with what pictures are made of. */
export function withPicture(analysis: Analysis, picture: SnapshotPicture): Analysis {
  const last = analysis.snapshots.findLastIndex((outcome) => outcome.ok && outcome.mode === undefined);
  const snapshots = analysis.snapshots.map((outcome, at) => (at === last ? { ...outcome, picture } : outcome));
  return { ...analysis, snapshots } as Analysis;
}

/** The demo as `analyze` sees it. */
export async function demoReport(): Promise<AnalysisInput> {
  return { kind: 'analysis', analysis: await analyze(STEPS.map(seriesFile), { picture: true }), ...VIEW };
}

/** The demo as `scan` sees it: a heap over time beside it, with lines that are broken, and a snapshot that breaks off. */
export async function demoScanReport(folder: string): Promise<ScanReportInput> {
  mkdirSync(folder);
  for (const step of STEPS) {
    const file = join(folder, `server-${step}.heapsnapshot.gz`);
    copyFileSync(seriesFile(step), file);
    utimesSync(file, START / 1000 + 480 * step, START / 1000 + 480 * step);
  }
  writeFileSync(join(folder, 'server-9.heapsnapshot'), '{"snapshot":');
  writeFileSync(join(folder, 'notes.txt'), 'nothing of interest\n');
  const samples = telemetry();
  const lines = samples.map(({ ts, heapUsed, rss }) => JSON.stringify({ ts, pid: 7, heapUsed, heapTotal: 9e7, rss }));
  writeFileSync(join(folder, 'service.jsonl'), [...lines.slice(0, 200), '{"ts":', ...lines.slice(200)].join('\n'));
  const { report, analysis, charts } = await scanFolder(folder, {}, { drawsCharts: true, picture: true });
  if (analysis === undefined || charts === undefined) throw new Error('expected an analysis and charts');
  return { kind: 'scan', report, analysis, telemetry: charts.charts, extras: {}, ...VIEW };
}

/** A heap that is collected every ten samples, and keeps so much more each time. */
function telemetry() {
  return Array.from({ length: SAMPLES }, (_, at) => {
    const heapUsed = 2e7 + Math.floor(at / 10) * 900_000 + (at % 10) * 2e6;
    return { ts: START + EVERY * at, heapUsed, rss: 2e8 + at * 20_000 + (at % 7) * 400_000 };
  });
}
