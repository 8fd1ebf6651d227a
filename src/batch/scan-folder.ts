import { statSync } from 'node:fs';
import { basename } from 'node:path';
import type { KeptTelemetry } from '../archive/kept-scan.js';
import { engineVersion } from '../base/engine-version.js';
import type { ScanInput, ScanOptions, ScanReport } from '../base/scan-types.js';
import type { Place } from '../base/suspect-types.js';
import type { Analysis, AnalyzeOptions, Outcome } from '../base/types.js';
import { ChartList, type Charts } from '../scan/charts.js';
import type { RollingWindow } from '../scan/rolling-threshold.js';
import { scanEvidence } from '../scan/scan.js';
import { LAST_DATE, LEAST_DATE } from '../telemetry/timestamp.js';
import { analyze } from './analyze.js';
import { listFiles, listSnapshots, PROFILE, SNAPSHOT } from './folder.js';
import { modifiedOf, readBaseline, readProfileFile, readTelemetryFile } from './read-evidence.js';

/** Telemetry and logs. */
const TELEMETRY = /\.(?:jsonl|ndjson|log|csv|tsv|txt|out)(?:\.gz|\.zst)?$/i;

/** What a scan reads, by name. */
export const EVIDENCE = new RegExp([TELEMETRY, PROFILE, SNAPSHOT].map(({ source }) => source).join('|'), 'i');

/** A scan, and what it has been made of. */
export interface FolderScan {
  readonly report: ScanReport;
  /** Series of the telemetry, if they were to be kept. */
  readonly telemetry: readonly KeptTelemetry[];
  /** Undefined unless they were asked for. */
  readonly charts: Charts | undefined;
  /** Undefined where there are no snapshots. */
  readonly analysis: Analysis | undefined;
  /** Names of the snapshots, with what tells whether they are still the same. */
  readonly snapshotKey: string;
  /** Time of the newest evidence, in milliseconds since 1970: of the telemetry, or else of the files. */
  readonly ts: number;
  /** That of the newest snapshot, or else `ts`: what is made of snapshots stays what it was when there is more telemetry. */
  readonly judgedTs: number;
}

/** What a scan takes from an earlier one, and keeps for what comes after it. */
export interface Remembering {
  /** Its analysis does for the same snapshots. */
  readonly before?: FolderScan;
  /** For an archive, or messages. */
  readonly keepsSeries?: boolean;
  /** For a report that people look at. */
  readonly drawsCharts?: boolean;
  /** As in `AnalyzeOptions`. */
  readonly picture?: AnalyzeOptions['picture'];
}

/**
 * The scan with its evidence, for what is to be kept of it. A file that cannot be read is an input with its error, never a rejection; an abort
 * rejects, a folder that cannot be listed, and a baseline that is none. Memory: that of the analysis, and of one file's telemetry, or of all of it
 * if its series are to be kept: 48 bytes for each of at most 4,096 buckets a metric and process. Charts take a megabyte or two.
 */
export async function scanFolder(
  folder: string,
  options: ScanOptions = {},
  { before, keepsSeries = false, drawsCharts = false, picture }: Remembering = {},
): Promise<FolderScan> {
  const { alpha, window, baseline, fileTimeout, sourceMaps, signal, ...settings } = options;
  signal?.throwIfAborted();
  const limits = { signal, timeout: fileTimeout };
  const rules = {
    ...{ alpha, window: windowOf(window) },
    baseline: baseline === undefined ? undefined : await readBaseline(baseline, signal),
  };
  const [files, profiles, snapshots] = [
    await listFiles(folder, TELEMETRY),
    await listFiles(folder, PROFILE),
    await listSnapshots(folder),
  ];
  const charts = drawsCharts ? new ChartList() : undefined;
  const telemetry = await each(files, (file) => readTelemetryFile(file, rules, limits, { keepsSeries, charts }));
  const profiled = await each(profiles, (file) => readProfileFile(file, limits));
  const dated = snapshots.map((file) => ({ file: basename(file), modified: modifiedOf(file), size: sizeOf(file) }));
  const snapshotKey = JSON.stringify(dated);
  const analysis = await analysisOf(
    snapshots,
    { ...settings, signal, picture },
    before?.snapshotKey === snapshotKey ? before : undefined,
  );
  const inputs = [...telemetry.inputs, ...profiled.inputs, ...(analysis?.snapshots ?? []).map(snapshotInput)];
  const engine = engineVersion();
  const evidence = {
    ...{ trends: telemetry.evidence.flatMap(({ trends }) => trends), profiles: profiled.evidence, analysis },
    snapshots: dated,
    originalOf: sourceMaps === undefined ? undefined : await originalsIn(sourceMaps),
  };
  const report: ScanReport = { schemaVersion: 1, engineVersion: engine, ...scanEvidence(evidence, engine), inputs };
  const ts = newestTime(report, [...files, ...profiles, ...snapshots]);
  const judgedTs = newestOf(dated.map(({ modified }) => modified)) || ts;
  const kept = telemetry.evidence.flatMap((one) => one.kept ?? []);
  return { report, telemetry: kept, charts: charts?.all, analysis, snapshotKey, ts, judgedTs };
}

function windowOf(window: ScanOptions['window']): RollingWindow | undefined {
  if (window === undefined) return undefined;
  return typeof window === 'number' ? { samples: window } : { ms: 1000 * window.seconds };
}

interface ReadAll<Evidence> {
  readonly inputs: readonly ScanInput[];
  readonly evidence: readonly Evidence[];
}

/** One file after the other: they share one thread. */
async function each<Evidence>(
  files: readonly string[],
  read: (file: string) => Promise<{ input: ScanInput; evidence?: Evidence }>,
): Promise<ReadAll<Evidence>> {
  const inputs: ScanInput[] = [];
  const evidence: Evidence[] = [];
  for (const file of files) {
    const one = await read(file);
    inputs.push(one.input);
    if (one.evidence !== undefined) evidence.push(one.evidence);
  }
  return { inputs, evidence };
}

async function analysisOf(
  snapshots: readonly string[],
  settings: AnalyzeOptions,
  before: FolderScan | undefined,
): Promise<Analysis | undefined> {
  if (snapshots.length === 0) return undefined;
  return before?.analysis ?? (await analyze(snapshots, { ...settings, isolation: 'process' }));
}

function snapshotInput(outcome: Outcome): ScanInput {
  const error = outcome.ok ? {} : { error: outcome.error };
  return { file: basename(outcome.file), kind: 'snapshot', ...error };
}

async function originalsIn(folder: string): Promise<(place: Place) => Place | undefined> {
  const { SourceMaps } = await import('../profile/source-maps.js');
  const maps = new SourceMaps(folder);
  return (place) => maps.originalOf(place);
}

function newestTime({ trends }: ScanReport, files: readonly string[]): number {
  const dated = trends.filter(({ hasTimes, to }) => hasTimes && to >= LEAST_DATE && to <= LAST_DATE);
  return newestOf(dated.length > 0 ? dated.map(({ to }) => to) : files.map(modifiedOf));
}

/** 0 for none. */
function newestOf(times: readonly number[]): number {
  return times.reduce((newest, time) => Math.max(newest, time), 0);
}

function sizeOf(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.size ?? 0;
}
