import { copyFileSync, mkdirSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { analyze } from 'heapsleuth';
import type { SnapshotPicture, TelemetryChart } from '#src/base/report-types.js';
import type { Analysis } from '#src/base/types.js';
import { scanFolder } from '#src/batch/scan-folder.js';
import type { AnalysisInput, ScanReportInput } from '#src/report/reporter.js';
import { createScreen } from '#src/report/screen.js';
import { seriesFile } from '../cli/run-cli.js';
import { pictureOf } from './picture.js';

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
  const files = STEPS.map(seriesFile);
  const analysis = await analyze(files, { top: 200 });
  return { kind: 'analysis', analysis: withPicture(analysis, await pictureOf(files[files.length - 1])), ...VIEW };
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
  const { report, analysis } = await scanFolder(folder, { top: 200 });
  if (analysis === undefined) throw new Error('expected an analysis of the snapshots');
  const picture = await pictureOf(seriesFile(8));
  return { kind: 'scan', report, analysis: withPicture(analysis, picture), telemetry: charts(), extras: {}, ...VIEW };
}

/** A heap that is collected every ten samples, and keeps so much more each time. */
function telemetry() {
  return Array.from({ length: SAMPLES }, (_, at) => {
    const heapUsed = 2e7 + Math.floor(at / 10) * 900_000 + (at % 10) * 2e6;
    return { ts: START + EVERY * at, heapUsed, rss: 2e8 + at * 20_000 + (at % 7) * 400_000 };
  });
}

/** What is kept of the heap for people: two neighbours as one. */
function charts(): TelemetryChart[] {
  const samples = telemetry();
  const pairs = Array.from({ length: SAMPLES / 2 }, (_, at) => samples.slice(2 * at, 2 * at + 2));
  const chart = (
    metric: string,
    of: (sample: (typeof samples)[number]) => number,
    hasLows: boolean,
  ): TelemetryChart => ({
    ...{ source: 'service.jsonl', process: '7', metric, hasTimes: true },
    ts: pairs.map(([, second]) => second.ts),
    least: pairs.map((pair) => Math.min(...pair.map(of))),
    most: pairs.map((pair) => Math.max(...pair.map(of))),
    last: pairs.map(([, second]) => of(second)),
    lows: hasLows
      ? samples.filter((_, at) => at % 10 === 0).map((sample) => ({ ts: sample.ts, value: of(sample) }))
      : [],
  });
  return [chart('v8.heap_used', ({ heapUsed }) => heapUsed, true), chart('v8.rss', ({ rss }) => rss, false)];
}
