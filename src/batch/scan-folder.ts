import { basename } from 'node:path';
import { engineVersion } from '../base/engine-version.js';
import { SnapshotError, type SnapshotErrorData } from '../base/errors.js';
import type { ScanInput, ScanOptions, ScanReport } from '../base/scan-types.js';
import { HeapWatch } from '../scan/heap-watch.js';
import { scanEvidence } from '../scan/scan.js';
import type { WatchedTelemetry } from '../scan/trend-layer.js';
import { readTelemetry } from '../telemetry/index.js';
import { analyze } from './analyze.js';
import { listFiles, listSnapshots } from './folder.js';

/** Telemetry and logs. */
const TELEMETRY = /\.(?:jsonl|ndjson|log|csv|tsv|txt|out)(?:\.gz|\.zst)?$/i;

/**
 * The five-layer scan of a folder that holds telemetry, logs of collections and snapshots in any mix: what each is its content says. A file
 * that cannot be read is an input with its error, never a rejection; only an abort rejects, and a folder that cannot be listed. Cost:
 * one pass over each file of telemetry, in bounded memory, and what `analyze` takes for the snapshots.
 */
export async function scan(folder: string, options: ScanOptions = {}): Promise<ScanReport> {
  const { alpha, window, signal, ...analysis } = options;
  signal?.throwIfAborted();
  const files = await listFiles(folder, TELEMETRY);
  const snapshots = await listSnapshots(folder);
  const telemetry: WatchedTelemetry[] = [];
  const inputs: ScanInput[] = [];
  for (const file of files) {
    const read = await readOne(file, { alpha, window }, signal);
    inputs.push(read.input);
    if (read.watched) telemetry.push(read.watched);
  }
  const analysed =
    snapshots.length === 0 ? undefined : await analyze(snapshots, { ...analysis, signal, isolation: 'process' });
  for (const outcome of analysed?.snapshots ?? []) {
    const error = outcome.ok ? {} : { error: outcome.error };
    inputs.push({ file: basename(outcome.file), kind: 'snapshot', ...error });
  }
  const version = engineVersion();
  const verdict = scanEvidence({ telemetry, analysis: analysed }, version);
  return { schemaVersion: 1, engineVersion: version, ...verdict, inputs };
}

interface ReadInput {
  readonly input: ScanInput;
  /** Undefined where there is nothing to look at. */
  readonly watched?: WatchedTelemetry;
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
      watched: { source, telemetry, watch },
    };
  } catch (thrown) {
    signal?.throwIfAborted();
    const error: SnapshotErrorData = SnapshotError.from(thrown).toData();
    return { input: { file: source, kind: 'telemetry', error } };
  }
}
