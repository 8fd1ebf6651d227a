import { copyFileSync, mkdirSync, utimesSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { analyze } from 'heapsleuth';
import { scanFolder } from '#src/batch/scan-folder.js';
import type { AnalysisInput, ScanReportInput } from '#src/report/reporter.js';
import { createScreen } from '#src/report/screen.js';
import { seriesFile } from '../cli/run-cli.js';

const VIEW = { screen: createScreen(100, false), rows: 5, root: '/tmp/shop-F8OPrQ' };
const STEPS = [2, 3, 4, 5, 6, 7, 8];

/** The demo series as `analyze` sees it, wherever it lies. */
export async function demoAnalysis(): Promise<AnalysisInput> {
  const analysis = await analyze(STEPS.map(seriesFile), { top: 2 });
  const snapshots = analysis.snapshots.map((outcome) => ({ ...outcome, file: basename(outcome.file) }));
  return { kind: 'analysis', analysis: { ...analysis, snapshots }, ...VIEW };
}

/** The demo series with a heap over time beside it, and a snapshot that is broken. */
export async function demoScan(folder: string): Promise<ScanReportInput> {
  mkdirSync(folder);
  for (const step of STEPS) copyFileSync(seriesFile(step), join(folder, `s-${step}.heapsnapshot.gz`));
  writeFileSync(join(folder, 's-9.heapsnapshot'), '{"snapshot":');
  writeFileSync(join(folder, 'a.jsonl'), telemetry());
  for (const step of STEPS) utimesSync(join(folder, `s-${step}.heapsnapshot.gz`), 1_795_410_000, 1_795_410_000);
  const { report, analysis } = await scanFolder(folder, { top: 2 });
  return { kind: 'scan', report, analysis, extras: {}, ...VIEW };
}

/** A heap that is collected every ten samples, and keeps so much more each time. */
function telemetry(): string {
  const lines = Array.from({ length: 400 }, (_, at) => {
    const used = 2e7 + Math.floor(at / 10) * 900_000 + (at % 10) * 2e6;
    return JSON.stringify({ ts: 1_795_410_000_000 + 10_000 * at, pid: 7, heapUsed: used, heapTotal: 9e7, rss: 2e8 });
  });
  return lines.join('\n');
}
