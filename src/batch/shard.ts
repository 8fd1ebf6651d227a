import { createHash } from 'node:crypto';
import { stat } from 'node:fs/promises';
import { basename } from 'node:path';
import type { SuspectOptions } from '../base/suspect-types.js';
import type { AnalyzeOptions } from '../base/types.js';
import type { ShardDocument } from '../report/shard-json.js';
import { evidenceDocument } from '../suspects/evidence-document.js';
import { analyzeInProcesses } from './in-processes.js';

/** Which of how many machines: `index` counts from 1. */
export interface Shard {
  readonly index: number;
  readonly count: number;
}

/**
 * Analyses one machine's share of a series: every `count`-th snapshot. The snapshot that decides about interfaces is read on
 * every machine, so that they agree without hearing of each other; hence every machine needs the whole folder.
 */
export async function analyzeShard(
  files: readonly string[],
  shard: Shard,
  options: AnalyzeOptions,
): Promise<ShardDocument> {
  const share = indexesOf(shard, files.length);
  const { files: analysed, decidedBy, names } = await analyzeInProcesses(files, share, options);
  const { top, suspects } = options;
  const asked = suspects === false ? undefined : suspects;
  return {
    schemaVersion: 1,
    kind: 'shard',
    shard,
    series: { snapshotCount: files.length, listing: await listingDigest(files), ...seriesOf(top, asked) },
    ...(decidedBy !== undefined && { names: { from: decidedBy, digest: sha256(JSON.stringify(names)) } }),
    snapshots: analysed.map(({ outcome, series, evidence }, at) => ({
      index: share[at],
      outcome,
      ...(series && { classes: series }),
      ...(evidence && { evidence: evidenceDocument(evidence) }),
    })),
  };
}

/** What the machines have to agree on, besides the snapshots. */
function seriesOf(
  top: number | undefined,
  asked: SuspectOptions | undefined,
): Omit<ShardDocument['series'], 'snapshotCount' | 'listing'> {
  const { warmUp, assumeSameProcess } = asked ?? {};
  return {
    ...(top !== undefined && { top }),
    ...(warmUp !== undefined && { warmUp }),
    ...(assumeSameProcess !== undefined && { assumeSameProcess }),
  };
}

/** Positions in the series: machines take turns, since snapshots of one process grow. */
function indexesOf({ index, count }: Shard, files: number): number[] {
  return Array.from({ length: files }, (_, at) => at).filter((at) => at % count === index - 1);
}

/** Tells folders apart; where a folder is mounted does not matter. */
async function listingDigest(files: readonly string[]): Promise<string> {
  const entries: [string, number][] = [];
  for (const file of files) {
    const size = await stat(file).then(
      (stats) => stats.size,
      () => -1,
    );
    entries.push([basename(file), size]);
  }
  return sha256(JSON.stringify(entries));
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
