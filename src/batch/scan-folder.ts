import { statSync } from 'node:fs';
import { basename } from 'node:path';
import { engineVersion } from '../base/engine-version.js';
import { SnapshotError, type SnapshotErrorData } from '../base/errors.js';
import type { ScanInput, ScanOptions, ScanReport } from '../base/scan-types.js';
import type { Analysis } from '../base/types.js';
import { HeapWatch } from '../scan/heap-watch.js';
import { scanEvidence } from '../scan/scan.js';
import type { WatchedTelemetry } from '../scan/trend-layer.js';
import { readTelemetry } from '../telemetry/index.js';
import { LEAST_DATE } from '../telemetry/timestamp.js';
import { analyze } from './analyze.js';
import { listFiles, listSnapshots } from './folder.js';

/** Telemetry and logs. */
const TELEMETRY = /\.(?:jsonl|ndjson|log|csv|tsv|txt|out)(?:\.gz|\.zst)?$/i;

/** A scan, and what it has been made of. */
export interface FolderScan {
  readonly report: ScanReport;
  readonly telemetry: readonly ReadTelemetry[];
  /** Undefined where there are no snapshots. */
  readonly analysis: Analysis | undefined;
  /** Time of the newest evidence, in milliseconds since 1970: of the telemetry, or else of the files. */
  readonly ts: number;
}

/** Telemetry that has been read, and when its file was last written, in milliseconds since 1970. */
export interface ReadTelemetry extends WatchedTelemetry {
  readonly modified: number;
}

/**
 * The five-layer scan of a folder that holds telemetry, logs of collections and snapshots in any mix: what each is its content says. A file
 * that cannot be read is an input with its error, never a rejection; only an abort rejects, and a folder that cannot be listed. Cost:
 * one pass over each file of telemetry, in bounded memory, and what `analyze` takes for the snapshots.
 */
export async function scan(folder: string, options: ScanOptions = {}): Promise<ScanReport> {
  return (await scanFolder(folder, options)).report;
}

/** The same, with the evidence: for what is to be kept of it. */
export async function scanFolder(folder: string, options: ScanOptions = {}): Promise<FolderScan> {
  const { alpha, window, signal, ...settings } = options;
  signal?.throwIfAborted();
  const files = await listFiles(folder, TELEMETRY);
  const snapshots = await listSnapshots(folder);
  const telemetry: ReadTelemetry[] = [];
  const inputs: ScanInput[] = [];
  for (const file of files) {
    const read = await readOne(file, { alpha, window }, signal);
    inputs.push(read.input);
    if (read.watched) telemetry.push(read.watched);
  }
  const analysis =
    snapshots.length === 0 ? undefined : await analyze(snapshots, { ...settings, signal, isolation: 'process' });
  for (const outcome of analysis?.snapshots ?? []) {
    const error = outcome.ok ? {} : { error: outcome.error };
    inputs.push({ file: basename(outcome.file), kind: 'snapshot', ...error });
  }
  const version = engineVersion();
  const verdict = scanEvidence({ telemetry, analysis }, version);
  const report: ScanReport = { schemaVersion: 1, engineVersion: version, ...verdict, inputs };
  return { report, telemetry, analysis, ts: newestTime(report, [...files, ...snapshots]) };
}

function newestTime({ trends }: ScanReport, files: readonly string[]): number {
  const times = trends.filter(({ hasTimes, to }) => hasTimes && to >= LEAST_DATE).map(({ to }) => to);
  return (times.length > 0 ? times : files.map(modifiedOf)).reduce((newest, time) => Math.max(newest, time), 0);
}

/** Whole milliseconds since 1970; 0 for what has gone. */
function modifiedOf(file: string): number {
  return Math.floor(statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0);
}

interface ReadInput {
  readonly input: ScanInput;
  /** Undefined where there is nothing to look at. */
  readonly watched?: ReadTelemetry;
}

async function readOne(
  file: string,
  rules: Pick<ScanOptions, 'alpha' | 'window'>,
  signal: AbortSignal | undefined,
): Promise<ReadInput> {
  const source = basename(file);
  const watch = new HeapWatch(rules);
  try {
    const telemetry = await readTelemetry(file, { observe: watch.observe, signal });
    const { format, lines, used, bad, badLines } = telemetry;
    if (format === undefined) return { input: { file: source, kind: 'other', lines } };
    return {
      input: { file: source, kind: 'telemetry', format, lines, used, bad, badLines },
      watched: { source, telemetry, watch, modified: modifiedOf(file) },
    };
  } catch (thrown) {
    signal?.throwIfAborted();
    const error: SnapshotErrorData = SnapshotError.from(thrown).toData();
    return { input: { file: source, kind: 'telemetry', error } };
  }
}
